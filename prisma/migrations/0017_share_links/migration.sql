-- What a share link may limit and promise: how often it opens, for whom it was made, whether it is marked with that, and whether it shows the state of one moment.
ALTER TABLE "share_links" ADD COLUMN "max_views" INTEGER;
ALTER TABLE "share_links" ADD COLUMN "recipients" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "share_links" ADD COLUMN "watermark" BOOLEAN NOT NULL DEFAULT false;
-- The page as it was, redacted already; null for one that is kept up to date.
ALTER TABLE "share_links" ADD COLUMN "frozen" JSONB;
ALTER TABLE "share_links" ADD COLUMN "frozen_digest" TEXT;

-- Each look at a share page. Says when, and nothing about who: the link itself says for whom it was made.
CREATE TABLE "share_views" (
    "share_link_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "share_views_pkey" PRIMARY KEY ("share_link_id", "number")
);
ALTER TABLE "share_views" ADD CONSTRAINT "share_views_share_link_id_fkey" FOREIGN KEY ("share_link_id") REFERENCES "share_links"("id") ON DELETE CASCADE ON UPDATE CASCADE;
