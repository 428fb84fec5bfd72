-- The names that experiments had, so that a training script which still says one goes on logging to the same experiment.

CREATE TABLE "experiment_former_names" (
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "experiment_id" TEXT NOT NULL,

    CONSTRAINT "experiment_former_names_pkey" PRIMARY KEY ("project_id","name")
);

CREATE INDEX "experiment_former_names_experiment_id_idx" ON "experiment_former_names"("experiment_id");

ALTER TABLE "experiment_former_names" ADD CONSTRAINT "experiment_former_names_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
