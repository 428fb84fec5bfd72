-- What a run was made of, as its client saw it when it began, and how its process ended. Apart from the run, whose row is read far more often than these.

CREATE TABLE "run_captures" (
    "run_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_captures_pkey" PRIMARY KEY ("run_id")
);
ALTER TABLE "run_captures" ADD CONSTRAINT "run_captures_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "run_exits" (
    "run_id" TEXT NOT NULL,
    "exit_code" INTEGER,
    "signal" TEXT,
    "traceback" TEXT,

    CONSTRAINT "run_exits_pkey" PRIMARY KEY ("run_id")
);
ALTER TABLE "run_exits" ADD CONSTRAINT "run_exits_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Two runs of one commit with different uncommitted changes are two variants.
ALTER TABLE "runs" ADD COLUMN "code_diff" TEXT;

-- What a dataset says whatever it is written as, and its size.
ALTER TABLE "datasets" ADD COLUMN "meaning" TEXT,
ADD COLUMN "rows" DOUBLE PRECISION,
ADD COLUMN "bytes" DOUBLE PRECISION;

-- A training names its hypothesis in words each time it starts.
CREATE INDEX "hypotheses_said_idx" ON "hypotheses" ("project_id", md5(lower(btrim(regexp_replace("statement", '\s+', ' ', 'g')))));

-- Runs that name a hypothesis in words go to one experiment of it.
ALTER TABLE "experiments" ADD COLUMN "made_for_runs" BOOLEAN NOT NULL DEFAULT false;
