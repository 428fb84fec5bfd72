-- Which variables an experiment touched, one row each, so that "what have we tried for lr?" reads names and not the settings of every variant.
-- A variable was touched when a variant changed it against the baseline, or, where no baseline is chosen, when the variants differ in it.

CREATE TABLE "experiment_variables" (
    "experiment_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "values" TEXT NOT NULL,

    CONSTRAINT "experiment_variables_pkey" PRIMARY KEY ("experiment_id", "kind", "name")
);

CREATE INDEX "experiment_variables_name_idx" ON "experiment_variables"("name");

ALTER TABLE "experiment_variables" ADD CONSTRAINT "experiment_variables_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Names and values as the domain reads them; `values` is for words alone, so it is cut.
CREATE FUNCTION "write_experiment_variables"(touched TEXT[]) RETURNS VOID LANGUAGE sql AS $$
    DELETE FROM "experiment_variables" WHERE "experiment_id" = ANY(touched);
    WITH own AS (
        SELECT "experiment_id", count(*) AS n, bool_or("role" = 'BASELINE') AS has_baseline FROM "variants" WHERE "experiment_id" = ANY(touched) GROUP BY 1
    ), items AS (
        SELECT v."experiment_id", c ->> 'kind' AS kind, c ->> 'name' AS name, sides.value
        FROM "variants" v, jsonb_array_elements(CASE jsonb_typeof(v."changed") WHEN 'array' THEN v."changed" ELSE '[]' END) c, LATERAL (VALUES (c ->> 'from'), (c ->> 'to')) AS sides (value)
        WHERE v."experiment_id" = ANY(touched)
        UNION ALL
        SELECT "experiment_id", 'CONFIG', key, unnest(found) FROM (
            SELECT v."experiment_id", p ->> 'key' AS key, array_agg(DISTINCT p ->> 'value') AS found
            FROM "variants" v JOIN own ON own."experiment_id" = v."experiment_id" AND NOT own.has_baseline AND own.n > 1,
                jsonb_array_elements(CASE jsonb_typeof(v."params") WHEN 'array' THEN v."params" ELSE '[]' END) p
            GROUP BY v."experiment_id", p ->> 'key', own.n HAVING count(*) < own.n OR count(DISTINCT p ->> 'value') > 1
        ) AS apart
    )
    INSERT INTO "experiment_variables" ("experiment_id", "kind", "name", "values")
    SELECT "experiment_id", kind, name, left(coalesce(string_agg(DISTINCT lower(left(value, 80)), ' '), ''), 2000) FROM items
    WHERE kind IS NOT NULL AND name IS NOT NULL AND length(name) <= 600 GROUP BY 1, 2, 3
    ON CONFLICT ("experiment_id", "kind", "name") DO UPDATE SET "values" = excluded."values";
$$;

CREATE FUNCTION "keep_experiment_variables"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "write_experiment_variables"(ARRAY(SELECT DISTINCT "experiment_id" FROM seen));
    RETURN NULL;
END $$;

CREATE TRIGGER "variants_inserted_variables" AFTER INSERT ON "variants" REFERENCING NEW TABLE AS seen FOR EACH STATEMENT EXECUTE FUNCTION "keep_experiment_variables"();
CREATE TRIGGER "variants_updated_variables" AFTER UPDATE ON "variants" REFERENCING NEW TABLE AS seen FOR EACH STATEMENT EXECUTE FUNCTION "keep_experiment_variables"();
CREATE TRIGGER "variants_deleted_variables" AFTER DELETE ON "variants" REFERENCING OLD TABLE AS seen FOR EACH STATEMENT EXECUTE FUNCTION "keep_experiment_variables"();

SELECT "write_experiment_variables"(ARRAY(SELECT DISTINCT "experiment_id" FROM "variants"));
