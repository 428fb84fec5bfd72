-- What the runs table needs: which runs changed since a moment, and the names of all columns there could be. docs/decisions/0046-run-search-in-memory.md.

-- The transaction that last changed what run search reads of a run. It outlives the run, so that a reader learns of its end.
CREATE TABLE "run_changes" (
    "run_id" TEXT NOT NULL,
    "changed" xid8 NOT NULL,

    CONSTRAINT "run_changes_pkey" PRIMARY KEY ("run_id")
);
CREATE INDEX "run_changes_changed_idx" ON "run_changes"("changed");

-- The same for its metrics, in the row that every batch of points updates anyway.
ALTER TABLE "metric_heads" ADD COLUMN "changed" xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX "metric_heads_changed_idx" ON "metric_heads"("changed");

CREATE TYPE "run_key_kind" AS ENUM ('METRIC', 'PARAM', 'TAG');

-- Every name that a metric, param or tag of a project's runs ever had.
CREATE TABLE "run_keys" (
    "project_id" TEXT NOT NULL,
    "kind" "run_key_kind" NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "run_keys_pkey" PRIMARY KEY ("project_id","kind","key")
);
ALTER TABLE "run_keys" ADD CONSTRAINT "run_keys_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A column of the table is read from one stretch of an index, without a look at 75,000 scattered rows. A B-tree entry has room for a third of a page: long values stay in their rows.
DROP INDEX "run_params_key_value_idx";
DROP INDEX "run_params_key_idx";
DROP INDEX "run_tags_key_idx";
CREATE INDEX "run_params_column_idx" ON "run_params" ("key", "value", "run_id") WHERE octet_length("value") <= 500;
CREATE INDEX "run_params_long_idx" ON "run_params" ("key") WHERE octet_length("value") > 500;
CREATE INDEX "run_tags_column_idx" ON "run_tags" ("key", "value", "run_id") WHERE octet_length("value") <= 500;
CREATE INDEX "run_tags_long_idx" ON "run_tags" ("key") WHERE octet_length("value") > 500;

-- A view of a project's runs that members gave a name: what its address says.
CREATE TABLE "saved_views" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_views_project_id_name_key" ON "saved_views"("project_id", "name");
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Sorted, so that two writers of the same rows wait for each other instead of for ever.
CREATE FUNCTION note_changed_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO run_changes AS c (run_id, changed) SELECT DISTINCT run_id, pg_current_xact_id() FROM touched ORDER BY 1
  ON CONFLICT (run_id) DO UPDATE SET changed = excluded.changed WHERE c.changed <> excluded.changed;
  RETURN NULL;
END $$;

CREATE FUNCTION note_changed_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO run_changes AS c (run_id, changed) SELECT id, pg_current_xact_id() FROM touched ORDER BY 1
  ON CONFLICT (run_id) DO UPDATE SET changed = excluded.changed WHERE c.changed <> excluded.changed;
  RETURN NULL;
END $$;

-- Most names are there already: those are only looked up.
CREATE FUNCTION note_run_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO run_keys (project_id, kind, key)
  SELECT DISTINCT e.project_id, TG_ARGV[0]::run_key_kind, t.key
  FROM touched t JOIN runs r ON r.id = t.run_id JOIN experiments e ON e.id = r.experiment_id
  WHERE NOT EXISTS (SELECT 1 FROM run_keys k WHERE k.project_id = e.project_id AND k.kind = TG_ARGV[0]::run_key_kind AND k.key = t.key)
  ORDER BY 1, 3 ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION note_changed_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := pg_current_xact_id(); RETURN NEW; END $$;

-- The names of an experiment's runs come along into the project it is moved to, as those of a run do.
CREATE FUNCTION take_run_keys_along(run_ids text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO run_keys (project_id, kind, key)
  SELECT DISTINCT e.project_id, x.kind::run_key_kind, x.key FROM runs r JOIN experiments e ON e.id = r.experiment_id
  JOIN LATERAL (
    SELECT 'PARAM' AS kind, key FROM run_params WHERE run_id = r.id UNION ALL SELECT 'TAG', key FROM run_tags WHERE run_id = r.id UNION ALL SELECT 'METRIC', key FROM metric_series WHERE run_id = r.id
  ) x ON true WHERE r.id = ANY(run_ids) ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
$$;

CREATE FUNCTION note_moved_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM take_run_keys_along(ARRAY[NEW.id]); RETURN NULL; END $$;

CREATE FUNCTION note_moved_experiment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO run_changes AS c (run_id, changed) SELECT id, pg_current_xact_id() FROM runs WHERE experiment_id = NEW.id ORDER BY 1
  ON CONFLICT (run_id) DO UPDATE SET changed = excluded.changed;
  PERFORM take_run_keys_along(ARRAY(SELECT id FROM runs WHERE experiment_id = NEW.id));
  RETURN NULL;
END $$;

CREATE TRIGGER "runs_inserted" AFTER INSERT ON "runs" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_run();
CREATE TRIGGER "runs_updated" AFTER UPDATE ON "runs" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_run();
CREATE TRIGGER "runs_deleted" AFTER DELETE ON "runs" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_run();
CREATE TRIGGER "runs_moved" AFTER UPDATE OF "experiment_id" ON "runs" FOR EACH ROW WHEN (OLD."experiment_id" <> NEW."experiment_id") EXECUTE FUNCTION note_moved_run();
CREATE TRIGGER "experiments_moved" AFTER UPDATE ON "experiments" FOR EACH ROW WHEN (OLD."project_id" <> NEW."project_id" OR OLD."number" <> NEW."number") EXECUTE FUNCTION note_moved_experiment();

CREATE TRIGGER "run_params_inserted" AFTER INSERT ON "run_params" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_params_updated" AFTER UPDATE ON "run_params" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_params_deleted" AFTER DELETE ON "run_params" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_tags_inserted" AFTER INSERT ON "run_tags" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_tags_updated" AFTER UPDATE ON "run_tags" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_tags_deleted" AFTER DELETE ON "run_tags" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_inputs_inserted" AFTER INSERT ON "run_inputs" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_inputs_updated" AFTER UPDATE ON "run_inputs" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();
CREATE TRIGGER "run_inputs_deleted" AFTER DELETE ON "run_inputs" REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_changed_runs();

CREATE TRIGGER "run_params_named" AFTER INSERT ON "run_params" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_run_keys('PARAM');
CREATE TRIGGER "run_tags_named" AFTER INSERT ON "run_tags" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_run_keys('TAG');
CREATE TRIGGER "metric_series_named" AFTER INSERT ON "metric_series" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_run_keys('METRIC');
CREATE TRIGGER "metric_heads_changed" BEFORE INSERT OR UPDATE ON "metric_heads" FOR EACH ROW EXECUTE FUNCTION note_changed_head();

-- What was there before.
INSERT INTO "run_changes" ("run_id", "changed") SELECT "id", pg_current_xact_id() FROM "runs";
INSERT INTO "run_keys" ("project_id", "kind", "key")
SELECT DISTINCT e."project_id", x.kind::run_key_kind, x.key
FROM (SELECT 'PARAM' AS kind, run_id, key FROM run_params UNION ALL SELECT 'TAG', run_id, key FROM run_tags UNION ALL SELECT 'METRIC', run_id, key FROM metric_series) x
JOIN runs r ON r.id = x.run_id JOIN experiments e ON e.id = r.experiment_id;
