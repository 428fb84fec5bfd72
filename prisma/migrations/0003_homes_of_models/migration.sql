-- Registered models belong to a project, their home: docs/decisions/0036-homes-of-registered-models.md.

ALTER TABLE "registered_models" ADD COLUMN "project_id" TEXT;

-- Beside a logged model, any text passed as the run. What never was a run or a model is nothing one could come from.
UPDATE "model_versions" v SET "run_id" = NULL WHERE v."run_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "runs" r WHERE r."id" = v."run_id");
UPDATE "model_versions" v SET "model_id" = NULL WHERE v."model_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "logged_models" l WHERE l."id" = v."model_id");

-- The home is where the earliest version comes from.
UPDATE "registered_models" m SET "project_id" = first."project_id"
FROM (
  SELECT DISTINCT ON (v."registered_model_id") v."registered_model_id", p."id" AS "project_id"
  FROM "model_versions" v
  JOIN "registered_models" o ON o."id" = v."registered_model_id"
  LEFT JOIN "runs" r ON r."id" = v."run_id"
  LEFT JOIN "logged_models" l ON l."id" = v."model_id"
  JOIN "experiments" e ON e."id" = coalesce(r."experiment_id", l."experiment_id")
  JOIN "projects" p ON p."id" = e."project_id" AND p."organization_id" = o."organization_id"
  ORDER BY v."registered_model_id", v."version"
) first
WHERE first."registered_model_id" = m."id";

-- Without a home a model is its maker's.
UPDATE "registered_models" m SET "created_by_id" = coalesce(
  (SELECT a."actor_id" FROM "audit_events" a WHERE a."subject_id" = m."id" AND a."action" = 'registered-model.created' ORDER BY a."at" LIMIT 1),
  (SELECT v."created_by_id" FROM "model_versions" v WHERE v."registered_model_id" = m."id" ORDER BY v."version" LIMIT 1))
WHERE m."created_by_id" IS NULL;

-- CreateIndex
CREATE INDEX "registered_models_project_id_idx" ON "registered_models"("project_id");

-- AddForeignKey
ALTER TABLE "logged_models" ADD CONSTRAINT "logged_models_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registered_models" ADD CONSTRAINT "registered_models_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "logged_models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
