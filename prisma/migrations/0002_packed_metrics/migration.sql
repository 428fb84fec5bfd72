-- Segments that upkeep packs: many appends in one row, and several rows that end at the same append.

ALTER TABLE "metric_segments"
  ADD COLUMN "part" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "first_sequence" BIGINT,
  ADD COLUMN "packed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "overview" BYTEA;
UPDATE "metric_segments" SET "first_sequence" = "sequence";
ALTER TABLE "metric_segments" ALTER COLUMN "first_sequence" SET NOT NULL;

ALTER TABLE "metric_segments" DROP CONSTRAINT "metric_segments_pkey", ADD CONSTRAINT "metric_segments_pkey" PRIMARY KEY ("run_id", "sequence", "part");

ALTER TABLE "metric_heads" ADD COLUMN "packed_sequence" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "packing" UUID NOT NULL DEFAULT gen_random_uuid();

-- What Prisma's schema cannot say
ALTER TABLE "metric_segments" ALTER COLUMN "overview" SET STORAGE EXTERNAL;
