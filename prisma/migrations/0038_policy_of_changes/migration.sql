-- What comes of a run that changes several variables at once, beside what comes of one that was done before.
ALTER TABLE "duplicate_policies" ALTER COLUMN "policy" SET DEFAULT 'WARN';
ALTER TABLE "duplicate_policies" ADD COLUMN "changes" "duplicate_policy" NOT NULL DEFAULT 'WARN';
