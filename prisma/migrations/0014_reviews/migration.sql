-- Reviews as a record that is only added to, with what each digest stood for, policies of projects, and cards of data and models.

CREATE TABLE "evidence_snapshots" (
    "experiment_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_snapshots_pkey" PRIMARY KEY ("experiment_id","digest")
);

CREATE TABLE "evidence_looks" (
    "experiment_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_looks_pkey" PRIMARY KEY ("experiment_id","person_id")
);

CREATE TABLE "review_policies" (
    "project_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_policies_pkey" PRIMARY KEY ("project_id")
);

CREATE TABLE "review_additions" (
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_additions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "review_additions_review_id_idx" ON "review_additions"("review_id");

CREATE TABLE "review_dismissals" (
    "review_id" TEXT NOT NULL,
    "dismissed_by_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_dismissals_pkey" PRIMARY KEY ("review_id")
);

CREATE TABLE "review_ticks" (
    "id" TEXT NOT NULL,
    "experiment_id" TEXT NOT NULL,
    "check_key" TEXT NOT NULL,
    "evidence_digest" TEXT NOT NULL,
    "good" BOOLEAN NOT NULL,
    "note" TEXT,
    "person_id" TEXT NOT NULL,
    "ticked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_ticks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "review_ticks_experiment_id_ticked_at_idx" ON "review_ticks"("experiment_id", "ticked_at");

CREATE TABLE "data_cards" (
    "project_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "licence" TEXT,
    "personal_data" BOOLEAN NOT NULL,
    "consent" TEXT,
    "risk" TEXT NOT NULL,
    "note" TEXT,
    "changed_by_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_cards_pkey" PRIMARY KEY ("project_id","kind","name")
);

ALTER TABLE "reviews" ADD COLUMN "team_id" TEXT, ADD COLUMN "ethics" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "evidence_snapshots" ADD CONSTRAINT "evidence_snapshots_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "evidence_looks" ADD CONSTRAINT "evidence_looks_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_policies" ADD CONSTRAINT "review_policies_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_additions" ADD CONSTRAINT "review_additions_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_dismissals" ADD CONSTRAINT "review_dismissals_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "reviews"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "review_ticks" ADD CONSTRAINT "review_ticks_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "data_cards" ADD CONSTRAINT "data_cards_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was decided stays: a request may become its answer, and nothing else changes. A record goes only with its experiment, which is gone by the time its cascade comes here.
CREATE FUNCTION review_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'reviews' THEN
    IF OLD.state = 'REQUESTED' THEN RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END IF;
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM experiments WHERE id = OLD.experiment_id) THEN RETURN OLD; END IF;
  ELSIF TG_TABLE_NAME = 'review_ticks' THEN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM experiments WHERE id = OLD.experiment_id) THEN RETURN OLD; END IF;
  ELSIF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM reviews WHERE id = OLD.review_id) THEN RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the record of a review is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER reviews_stay BEFORE UPDATE OR DELETE ON "reviews" FOR EACH ROW EXECUTE FUNCTION review_record_stays();
CREATE TRIGGER review_additions_stay BEFORE UPDATE OR DELETE ON "review_additions" FOR EACH ROW EXECUTE FUNCTION review_record_stays();
CREATE TRIGGER review_dismissals_stay BEFORE UPDATE OR DELETE ON "review_dismissals" FOR EACH ROW EXECUTE FUNCTION review_record_stays();
CREATE TRIGGER review_ticks_stay BEFORE UPDATE OR DELETE ON "review_ticks" FOR EACH ROW EXECUTE FUNCTION review_record_stays();

-- Experiments are analysed once more, so that what their evidence stands for is kept; upkeep announces them.
UPDATE "experiments" SET "inputs_version" = "inputs_version" + 1 WHERE "evidence_digest" <> '';
