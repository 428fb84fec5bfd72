-- What runs print, as compressed stretches of lines; and how runs that train are doing.

CREATE TABLE "console_heads" (
    "run_id" TEXT NOT NULL,
    "lines" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "cut_from" BIGINT,
    "cut_to" BIGINT,
    "last_logged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "console_heads_pkey" PRIMARY KEY ("run_id")
);

CREATE TABLE "console_feeds" (
    "run_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "cut_sequence" BIGINT NOT NULL DEFAULT -1,

    CONSTRAINT "console_feeds_pkey" PRIMARY KEY ("run_id","source","stream")
);

CREATE TABLE "console_chunks" (
    "run_id" TEXT NOT NULL,
    "first_line" BIGINT NOT NULL,
    "lines" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "first_sequence" BIGINT NOT NULL,
    "last_sequence" BIGINT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "console_chunks_pkey" PRIMARY KEY ("run_id","first_line")
);

CREATE TABLE "run_health" (
    "run_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'HEALTHY',
    "since" TIMESTAMPTZ(3),
    "reason" TEXT,
    "heard_at" TIMESTAMPTZ(3),
    "beat_at" TIMESTAMPTZ(3),
    "intervals" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "checked_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_health_pkey" PRIMARY KEY ("run_id")
);

CREATE INDEX "runs_status_updated_at_idx" ON "runs"("status", "updated_at");

ALTER TABLE "run_health" ADD CONSTRAINT "run_health_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say: the data is compressed already.
ALTER TABLE "console_chunks" ALTER COLUMN "data" SET STORAGE EXTERNAL;
