-- Attempts to do runs again, each with what differed. See docs/decisions/0175-a-reproduction-is-judged-by-the-server.md.

CREATE TABLE "run_reproductions" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "again_id" TEXT,
    "reproduced" BOOLEAN NOT NULL,
    "causes" JSONB NOT NULL,
    "metrics" JSONB NOT NULL,
    "machine" TEXT,
    "person_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_reproductions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "run_reproductions_run_id_created_at_idx" ON "run_reproductions"("run_id", "created_at");
CREATE INDEX "run_reproductions_again_id_idx" ON "run_reproductions"("again_id");
ALTER TABLE "run_reproductions" ADD CONSTRAINT "run_reproductions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run_reproductions" ADD CONSTRAINT "run_reproductions_again_id_fkey" FOREIGN KEY ("again_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;
