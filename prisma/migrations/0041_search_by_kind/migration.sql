-- Runs apart from all else that is searched, each with statistics of its own: Postgres then knows that a word is in every run and in few notes, or the other way round. docs/decisions/0190-runs-are-searched-apart.md.

ALTER TABLE "search_documents" RENAME TO "search_documents_before";
ALTER INDEX "search_documents_pkey" RENAME TO "search_documents_before_pkey";
DROP INDEX "search_documents_project_id_idx", "search_documents_words_idx", "search_documents_trigram_idx";

CREATE TABLE "search_documents" (LIKE "search_documents_before" INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING STORAGE) PARTITION BY LIST ("subject_kind");
CREATE TABLE "search_documents_runs" PARTITION OF "search_documents" FOR VALUES IN ('run');
CREATE TABLE "search_documents_texts" PARTITION OF "search_documents" DEFAULT;
INSERT INTO "search_documents" ("subject_id", "part", "subject_kind", "project_id", "title", "body", "updated_at")
  SELECT "subject_id", "part", "subject_kind", "project_id", "title", "body", "updated_at" FROM "search_documents_before";
DROP TABLE "search_documents_before";

ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_pkey" PRIMARY KEY ("subject_id", "part", "subject_kind");
CREATE INDEX "search_documents_project_id_idx" ON "search_documents"("project_id");
CREATE INDEX "search_documents_words_idx" ON "search_documents" USING GIN ("words");
CREATE INDEX "search_documents_trigram_idx" ON "search_documents" USING GIN ((left("title", 2000) || ' ' || left("body", 8000)) gin_trgm_ops);
-- The newest that match, where nearly all do: read in this order, a few thousand are enough.
CREATE INDEX "search_documents_updated_at_subject_id_part_idx" ON "search_documents"("updated_at" DESC, "subject_id", "part");
-- What is called what was typed: by its title, and without the key that an experiment's begins with.
CREATE INDEX "search_documents_texts_title_idx" ON "search_documents_texts" (lower(left("title", 200)) text_pattern_ops);
CREATE INDEX "search_documents_texts_name_idx" ON "search_documents_texts" (lower(substr(left("title", 200), strpos("title", ' ') + 1)) text_pattern_ops);

CREATE TRIGGER "search_documents_worded" AFTER INSERT ON "search_documents" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_search_words();
CREATE TRIGGER "search_documents_reworded" AFTER UPDATE ON "search_documents" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_search_words();
