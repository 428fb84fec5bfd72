-- Threads that keep what was seen, have a number of their own, and know who reads, follows and answers them.

ALTER TABLE "threads" ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "seen" JSONB;
UPDATE "threads" t SET "number" = n.place FROM (SELECT "id", row_number() OVER (PARTITION BY "subject_id" ORDER BY "created_at", "id") AS place FROM "threads") n WHERE n."id" = t."id";
CREATE UNIQUE INDEX "threads_subject_id_number_key" ON "threads"("subject_id", "number");
ALTER TABLE "threads" ALTER COLUMN "number" DROP DEFAULT;

ALTER TABLE "comments" ADD COLUMN "deleted_by_id" TEXT;

CREATE TABLE "comment_edits" (
    "comment_id" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "comment_edits_pkey" PRIMARY KEY ("comment_id","replaced_at")
);

CREATE TABLE "comment_reactions" (
    "comment_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "reaction" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_reactions_pkey" PRIMARY KEY ("comment_id","reaction","person_id")
);

CREATE TABLE "thread_followers" (
    "thread_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_followers_pkey" PRIMARY KEY ("thread_id","person_id")
);
CREATE INDEX "thread_followers_person_id_idx" ON "thread_followers"("person_id");

CREATE TABLE "thread_reads" (
    "thread_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "comment_id" TEXT NOT NULL,
    "read_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thread_reads_pkey" PRIMARY KEY ("thread_id","person_id")
);

ALTER TABLE "comment_edits" ADD CONSTRAINT "comment_edits_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "comment_reactions" ADD CONSTRAINT "comment_reactions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "thread_reads" ADD CONSTRAINT "thread_reads_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who wrote in a thread before there were followers follows it, and has read what was there.
INSERT INTO "thread_followers" SELECT DISTINCT "thread_id", "author_id", 'SUBSCRIBED', 'WROTE', CURRENT_TIMESTAMP FROM "comments";
INSERT INTO "thread_reads"
  SELECT f."thread_id", f."person_id", last."id", last."created_at"
  FROM "thread_followers" f CROSS JOIN LATERAL (SELECT "id", "created_at" FROM "comments" c WHERE c."thread_id" = f."thread_id" ORDER BY "created_at" DESC, "id" DESC LIMIT 1) last;
