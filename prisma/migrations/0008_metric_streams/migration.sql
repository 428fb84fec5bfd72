-- How far each client's numbered stream of metric batches is durable.

CREATE TABLE "metric_streams" (
    "run_id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "acknowledged" BIGINT NOT NULL,

    CONSTRAINT "metric_streams_pkey" PRIMARY KEY ("run_id","stream")
);

-- What Prisma's schema cannot say: every commit of a stream writes its row again, in place.
ALTER TABLE "metric_streams" SET (fillfactor = 50);
