-- When each person last looked at the home page, dashboards of projects, and the orders in which "what changed since" is read.

CREATE TABLE "home_looks" (
    "person_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "home_looks_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "home_looks" ADD CONSTRAINT "home_looks_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "dashboards" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "panels" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dashboards_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "dashboards_project_id_name_key" ON "dashboards"("project_id", "name");
ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "runs_created_at_idx" ON "runs"("created_at");
CREATE INDEX "verdicts_computed_at_idx" ON "verdicts"("computed_at");
CREATE INDEX "reviews_decided_at_idx" ON "reviews"("decided_at");
CREATE INDEX "comments_created_at_idx" ON "comments"("created_at");
