-- Names of metrics, params and tags are looked for as they are typed, in all projects that somebody may see. docs/decisions/0178-filters-are-completed.md.
CREATE INDEX "run_keys_beginning_idx" ON "run_keys" (lower("key") text_pattern_ops);
CREATE INDEX "run_keys_trigram_idx" ON "run_keys" USING GIN ("key" gin_trgm_ops);
