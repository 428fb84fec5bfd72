-- Under which further contexts a run noted a dataset that it had noted already: the same data for training and for testing is a leak, and MLflow keeps the first context alone.

ALTER TABLE "run_inputs" ADD COLUMN "further_contexts" TEXT[] DEFAULT ARRAY[]::TEXT[];
