-- Runs with neither params (a seed is none) nor code nor data of their own are no duplicates of each other: saysNothing in domain/duplicates/recipe.ts. What was written of them before is taken back.

WITH silent AS (
    UPDATE "run_recipes" k SET "digest" = NULL FROM "runs" r
    WHERE r."id" = k."run_id" AND k."digest" IS NOT NULL AND (r."parent_run_id" IS NOT NULL OR (k."code_meaning" IS NULL AND r."code_commit" IS NULL AND r."code_diff" IS NULL))
        AND NOT EXISTS (SELECT 1 FROM "run_params" p WHERE p."run_id" = r."id" AND p."key" NOT IN ('seed', 'random_seed', 'random_state'))
        AND NOT EXISTS (SELECT 1 FROM "run_inputs" i WHERE i."run_id" = r."id")
        AND NOT EXISTS (SELECT 1 FROM "run_captures" c WHERE c."run_id" = r."id" AND jsonb_typeof(c."content" -> 'defaults') = 'object' AND c."content" -> 'defaults' <> '{}')
    RETURNING k."run_id"
)
DELETE FROM "run_recipe_keys" x USING silent WHERE x."run_id" = silent."run_id";
