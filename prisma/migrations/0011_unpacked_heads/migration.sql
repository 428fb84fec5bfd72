-- The few logs that have something to pack are asked for every few seconds, among the heads of all runs there ever were.
CREATE INDEX "metric_heads_unpacked_idx" ON "metric_heads" ("last_logged_at") WHERE "sequence" > "packed_sequence";
