-- What was removed for good after it lay deleted for longer than it is kept: docs/decisions/0100-deleted-things-go-for-good.md.

CREATE TABLE "removals" (
    "subject_id" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,
    "cleaned_at" TIMESTAMPTZ(3),

    CONSTRAINT "removals_pkey" PRIMARY KEY ("subject_id")
);
CREATE INDEX "removals_name_idx" ON "removals"("name");

-- What Prisma's schema cannot say: few are in there.
CREATE INDEX "removals_uncleaned_idx" ON "removals" ("removed_at") WHERE "cleaned_at" IS NULL;
CREATE INDEX "runs_deleted_idx" ON "runs" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
