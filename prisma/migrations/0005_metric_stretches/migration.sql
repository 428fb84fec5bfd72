-- Means and counts beside the packed rows of long series. Rows that were packed before have none: readers take the points themselves.

ALTER TABLE "metric_segments" ADD COLUMN "stretches" BYTEA;

-- What Prisma's schema cannot say
ALTER TABLE "metric_segments" ALTER COLUMN "stretches" SET STORAGE EXTERNAL;
