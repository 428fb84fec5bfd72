-- What each run asks to be computed, as digests: found by an index before a run that would repeat it starts. See docs/decisions/0157-recipes-and-their-digests.md.

CREATE TYPE "duplicate_policy" AS ENUM ('WARN', 'STOP');

CREATE TABLE "run_recipes" (
    "run_id" TEXT NOT NULL,
    "digest" TEXT,
    "code_meaning" TEXT,
    "seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_recipes_pkey" PRIMARY KEY ("run_id")
);
ALTER TABLE "run_recipes" ADD CONSTRAINT "run_recipes_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "run_recipe_keys" (
    "run_id" TEXT NOT NULL,
    "key" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_recipe_keys_pkey" PRIMARY KEY ("run_id", "key")
);
CREATE INDEX "run_recipe_keys_key_at_idx" ON "run_recipe_keys"("key", "at" DESC);
ALTER TABLE "run_recipe_keys" ADD CONSTRAINT "run_recipe_keys_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run_recipes"("run_id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "duplicate_policies" (
    "project_id" TEXT NOT NULL,
    "policy" "duplicate_policy" NOT NULL,

    CONSTRAINT "duplicate_policies_pkey" PRIMARY KEY ("project_id")
);
ALTER TABLE "duplicate_policies" ADD CONSTRAINT "duplicate_policies_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "duplicate_reasons" (
    "id" TEXT NOT NULL,
    "run_id" TEXT,
    "experiment_id" TEXT,
    "replication" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "duplicate_reasons_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "duplicate_reasons_run_id_idx" ON "duplicate_reasons"("run_id");
CREATE INDEX "duplicate_reasons_experiment_id_idx" ON "duplicate_reasons"("experiment_id");
ALTER TABLE "duplicate_reasons" ADD CONSTRAINT "duplicate_reasons_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "duplicate_reasons" ADD CONSTRAINT "duplicate_reasons_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Hypotheses are looked for by what they say while one types.
CREATE INDEX "hypotheses_statement_trigram_idx" ON "hypotheses" USING gin ("statement" gin_trgm_ops);

-- The runs there are already get theirs from the analysis, which upkeep asks for where an experiment is behind.
UPDATE "experiments" SET "inputs_version" = "inputs_version" + 1;
