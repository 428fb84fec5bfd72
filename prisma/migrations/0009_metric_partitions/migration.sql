-- Metric segments lie in partitions bounded in size: docs/decisions/0099-metric-partitions.md. No point is copied: the table that was becomes the first partition.

ALTER TABLE "metric_segments" RENAME TO "metric_segments_1";
ALTER TABLE "metric_segments_1" ADD COLUMN "partition" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "metric_segments_1" ALTER COLUMN "partition" DROP DEFAULT;
ALTER TABLE "metric_segments_1" DROP CONSTRAINT "metric_segments_pkey",
  ADD CONSTRAINT "metric_segments_1_pkey" PRIMARY KEY ("run_id", "sequence", "part", "partition");
ALTER INDEX "metric_segments_run_id_last_step_idx" RENAME TO "metric_segments_1_run_id_last_step_idx";

CREATE TABLE "metric_segments" (LIKE "metric_segments_1" INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY LIST ("partition");
ALTER TABLE "metric_segments" ADD CONSTRAINT "metric_segments_pkey" PRIMARY KEY ("run_id", "sequence", "part", "partition");
CREATE INDEX "metric_segments_run_id_last_step_idx" ON "metric_segments"("run_id", "last_step");
ALTER TABLE "metric_segments" ATTACH PARTITION "metric_segments_1" FOR VALUES IN (1);

-- Where a run has segments, so that readers look nowhere else.
ALTER TABLE "metric_heads" ADD COLUMN "partitions" INTEGER[] DEFAULT '{1}';
ALTER TABLE "metric_heads" ALTER COLUMN "partitions" SET DEFAULT ARRAY[]::INTEGER[];

CREATE TABLE "metric_partitions" (
    "number" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "metric_partitions_pkey" PRIMARY KEY ("number")
);
INSERT INTO "metric_partitions" ("number", "opened_at") VALUES (1, CURRENT_TIMESTAMP);

-- A row here is a partition there. Made beside the others and then attached, which lets readers and writers go on.
CREATE FUNCTION make_metric_partition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE metric_segments INCLUDING ALL)', 'metric_segments_' || NEW.number);
  EXECUTE format('ALTER TABLE metric_segments ATTACH PARTITION %I FOR VALUES IN (%s)', 'metric_segments_' || NEW.number, NEW.number);
  RETURN NULL;
END $$;

-- One with points in it stays: whoever reads or writes is waited for before it is looked at.
CREATE FUNCTION drop_metric_partition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE holds boolean;
BEGIN
  LOCK TABLE ONLY metric_segments IN ACCESS EXCLUSIVE MODE;
  EXECUTE format('SELECT EXISTS (SELECT FROM %I)', 'metric_segments_' || OLD.number) INTO holds;
  IF holds THEN RAISE EXCEPTION 'The metric partition % holds points.', OLD.number USING ERRCODE = 'object_in_use'; END IF;
  EXECUTE format('DROP TABLE %I', 'metric_segments_' || OLD.number);
  RETURN NULL;
END $$;

CREATE TRIGGER "metric_partitions_made" AFTER INSERT ON "metric_partitions" FOR EACH ROW EXECUTE FUNCTION make_metric_partition();
CREATE TRIGGER "metric_partitions_dropped" AFTER DELETE ON "metric_partitions" FOR EACH ROW EXECUTE FUNCTION drop_metric_partition();

INSERT INTO "metric_partitions" ("number") VALUES (2);
