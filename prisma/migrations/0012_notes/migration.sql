-- Notes edited together, what leads back from mentions, and files in notes: docs/decisions/0104-notes-are-appended.md.

CREATE TABLE "notes" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "state" BYTEA,
    "state_update" BIGINT NOT NULL DEFAULT 0,
    "last_update" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "derived_update" BIGINT NOT NULL DEFAULT 0,
    "excerpt" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notes_subject_id_created_at_idx" ON "notes"("subject_id", "created_at");
CREATE INDEX "notes_project_id_updated_at_idx" ON "notes"("project_id", "updated_at");

CREATE TABLE "note_updates" (
    "note_id" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "author_id" TEXT NOT NULL,
    "data" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_updates_pkey" PRIMARY KEY ("note_id", "number")
);
ALTER TABLE "note_updates" ADD CONSTRAINT "note_updates_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "notes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "note_versions" (
    "id" TEXT NOT NULL,
    "note_id" TEXT NOT NULL,
    "name" TEXT,
    "author_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "up_to" BIGINT NOT NULL,
    "state" BYTEA NOT NULL,
    "markdown" TEXT NOT NULL,

    CONSTRAINT "note_versions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "note_versions_note_id_created_at_idx" ON "note_versions"("note_id", "created_at");
ALTER TABLE "note_versions" ADD CONSTRAINT "note_versions_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "notes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "note_files" (
    "id" TEXT NOT NULL,
    "note_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "note_files_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "note_files_note_id_idx" ON "note_files"("note_id");
CREATE INDEX "note_files_sha256_idx" ON "note_files"("sha256");
ALTER TABLE "note_files" ADD CONSTRAINT "note_files_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "notes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "note_files" ADD CONSTRAINT "note_files_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "blobs"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "mentions" (
    "source_id" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mentions_pkey" PRIMARY KEY ("source_id", "target_kind", "target_id")
);
CREATE INDEX "mentions_target_kind_target_id_created_at_idx" ON "mentions"("target_kind", "target_id", "created_at");
CREATE INDEX "mentions_project_id_idx" ON "mentions"("project_id");
