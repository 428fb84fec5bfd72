-- The versions of a dataset are those of one name in one project: server/schema/datasets reads pages of them for many names at once.
CREATE INDEX "datasets_named_idx" ON "datasets" (("project_id" || ' ' || "name"), "created_at" DESC, "id" DESC);
