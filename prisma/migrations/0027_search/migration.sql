-- What run search knows of experiments, and the words there are. docs/decisions/0160-filters-know-experiments.md, 0161-words-that-were-mistyped.md.

-- The transaction that last changed what run search reads of an experiment: owner, verdict, hypothesis, parents, what its variants changed.
CREATE TABLE "experiment_changes" (
    "experiment_id" TEXT NOT NULL,
    "changed" xid8 NOT NULL,

    CONSTRAINT "experiment_changes_pkey" PRIMARY KEY ("experiment_id")
);
CREATE INDEX "experiment_changes_changed_idx" ON "experiment_changes"("changed");

-- Sorted, so that two writers of the same rows wait for each other instead of for ever.
CREATE FUNCTION note_changed_experiments(experiment_ids text[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO experiment_changes AS c (experiment_id, changed) SELECT DISTINCT id, pg_current_xact_id() FROM unnest(experiment_ids) id ORDER BY 1
  ON CONFLICT (experiment_id) DO UPDATE SET changed = excluded.changed WHERE c.changed <> excluded.changed;
$$;

CREATE FUNCTION note_changed_experiment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_changed_experiments(ARRAY[CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END]);
  RETURN NULL;
END $$;
CREATE TRIGGER "experiments_noted" AFTER INSERT OR DELETE ON "experiments" FOR EACH ROW EXECUTE FUNCTION note_changed_experiment();
-- Most updates are counters that the analysis reads: those cost a comparison.
CREATE TRIGGER "experiments_renoted" AFTER UPDATE ON "experiments" FOR EACH ROW
  WHEN (ROW(OLD."owner_id", OLD."verdict_id", OLD."hypothesis_id", OLD."project_id", OLD."number") IS DISTINCT FROM ROW(NEW."owner_id", NEW."verdict_id", NEW."hypothesis_id", NEW."project_id", NEW."number"))
  EXECUTE FUNCTION note_changed_experiment();

CREATE FUNCTION note_changed_parent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_changed_experiments(ARRAY[CASE WHEN TG_OP = 'DELETE' THEN OLD.experiment_id ELSE NEW.experiment_id END]);
  RETURN NULL;
END $$;
CREATE TRIGGER "experiment_parents_noted" AFTER INSERT OR DELETE ON "experiment_parents" FOR EACH ROW EXECUTE FUNCTION note_changed_parent();
CREATE TRIGGER "variants_changed" AFTER UPDATE ON "variants" FOR EACH ROW WHEN (OLD."changed" IS DISTINCT FROM NEW."changed") EXECUTE FUNCTION note_changed_parent();

CREATE FUNCTION note_experiments_of() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'hypotheses' THEN PERFORM note_changed_experiments(ARRAY(SELECT id FROM experiments WHERE hypothesis_id = NEW.id));
    WHEN 'people' THEN PERFORM note_changed_experiments(ARRAY(SELECT id FROM experiments WHERE owner_id = NEW.id));
    WHEN 'projects' THEN PERFORM note_changed_experiments(ARRAY(SELECT id FROM experiments WHERE project_id = NEW.id));
  END CASE;
  RETURN NULL;
END $$;
CREATE TRIGGER "hypotheses_renoted" AFTER UPDATE ON "hypotheses" FOR EACH ROW WHEN (OLD."status" <> NEW."status") EXECUTE FUNCTION note_experiments_of();
CREATE TRIGGER "people_renoted" AFTER UPDATE ON "people" FOR EACH ROW WHEN (OLD."name" <> NEW."name") EXECUTE FUNCTION note_experiments_of();
CREATE TRIGGER "projects_renoted" AFTER UPDATE ON "projects" FOR EACH ROW WHEN (OLD."slug" <> NEW."slug" OR OLD."key" <> NEW."key") EXECUTE FUNCTION note_experiments_of();

-- Every word that a project's documents ever had, of letters only: what a mistyped word may have meant.
CREATE TABLE "search_words" (
    "project_id" TEXT NOT NULL,
    "word" TEXT NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("project_id","word")
);
ALTER TABLE "search_words" ADD CONSTRAINT "search_words_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "search_words_trigram_idx" ON "search_words" USING GIN ("word" gin_trgm_ops);

-- Most words are there already: those are only looked up.
CREATE FUNCTION note_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_words (project_id, word)
  SELECT DISTINCT t.project_id, w.word FROM touched t JOIN projects p ON p.id = t.project_id CROSS JOIN LATERAL unnest(tsvector_to_array(t.words)) AS w(word)
  WHERE length(w.word) BETWEEN 4 AND 40 AND w.word ~ '^[[:alpha:]]+$' AND NOT EXISTS (SELECT 1 FROM search_words k WHERE k.project_id = t.project_id AND k.word = w.word)
  ORDER BY 1, 2 ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "search_documents_worded" AFTER INSERT ON "search_documents" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_search_words();
CREATE TRIGGER "search_documents_reworded" AFTER UPDATE ON "search_documents" REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_search_words();

-- What was there before. A document does not hold on to its project, so that one may be gone.
INSERT INTO "search_words" ("project_id", "word")
SELECT DISTINCT d."project_id", w.word FROM "search_documents" d JOIN "projects" p ON p."id" = d."project_id" CROSS JOIN LATERAL unnest(tsvector_to_array(d."words")) AS w(word)
WHERE length(w.word) BETWEEN 4 AND 40 AND w.word ~ '^[[:alpha:]]+$';
