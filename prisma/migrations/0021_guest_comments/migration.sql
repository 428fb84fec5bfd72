-- Readers of a share page may comment where its link says so. The link is the author of what they write, and of the thread it begins.
ALTER TABLE "share_links" ADD COLUMN "guests_may_comment" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "comments" ADD COLUMN "guest_name" TEXT;
CREATE INDEX "threads_created_by_id_created_at_idx" ON "threads"("created_by_id", "created_at");
-- Whose results a frozen page holds: they are judged again at each look. Empty for a page that is kept up to date.
ALTER TABLE "share_links" ADD COLUMN "frozen_experiments" TEXT[] DEFAULT ARRAY[]::TEXT[];
UPDATE "share_links" l SET "frozen_experiments" = ARRAY(SELECT e."id" FROM "experiments" e WHERE e."hypothesis_id" = l."subject_id" AND e."project_id" = l."project_id" AND e."deleted_at" IS NULL)
  WHERE l."frozen" IS NOT NULL AND l."subject_kind" = 'hypothesis';
