-- For how long a project keeps the files of ended runs, and what is known of those it kept no longer. docs/decisions/0189-files-go-by-a-rule.md.

CREATE TABLE "file_rules" (
    "project_id" TEXT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "file_rules_pkey" PRIMARY KEY ("project_id")
);
ALTER TABLE "file_rules" ADD CONSTRAINT "file_rules_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "removed_files" (
    "run_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "removed_files_pkey" PRIMARY KEY ("run_id", "path")
);
ALTER TABLE "removed_files" ADD CONSTRAINT "removed_files_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
