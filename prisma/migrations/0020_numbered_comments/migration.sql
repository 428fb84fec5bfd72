-- Comments count up within their thread: a page of thousands begins at a number, and search keeps their words in parts.

ALTER TABLE "comments" ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0;
UPDATE "comments" c SET "number" = n.place FROM (SELECT "id", row_number() OVER (PARTITION BY "thread_id" ORDER BY "created_at", "id") AS place FROM "comments") n WHERE n."id" = c."id";
CREATE UNIQUE INDEX "comments_thread_id_number_key" ON "comments"("thread_id", "number");
ALTER TABLE "comments" ALTER COLUMN "number" DROP DEFAULT;

-- What is unread is counted from the index alone.
DROP INDEX "comments_thread_id_created_at_idx";
CREATE INDEX "comments_thread_id_created_at_id_author_id_deleted_at_idx" ON "comments"("thread_id", "created_at", "id", "author_id", "deleted_at");

ALTER TABLE "search_documents" ADD COLUMN "part" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "search_documents" DROP CONSTRAINT "search_documents_pkey", ADD CONSTRAINT "search_documents_pkey" PRIMARY KEY ("subject_id", "part");

-- Threads that are longer than a part; each part is written again, without marks of Markdown, when something in it changes.
INSERT INTO "search_documents" ("subject_id", "subject_kind", "project_id", "title", "body", "part")
  SELECT t."id", 'thread', t."project_id", '', left(string_agg(c."body", E'\n\n' ORDER BY c."number"), 60000), (c."number" - 1) / 50
  FROM "threads" t JOIN "comments" c ON c."thread_id" = t."id" AND c."deleted_at" IS NULL WHERE c."number" > 50 GROUP BY t."id", (c."number" - 1) / 50;
UPDATE "search_documents" d SET "body" = first."body"
  FROM (SELECT "thread_id", left(string_agg("body", E'\n\n' ORDER BY "number"), 60000) AS "body" FROM "comments" WHERE "number" <= 50 AND "deleted_at" IS NULL GROUP BY 1) first
  WHERE d."subject_id" = first."thread_id" AND d."part" = 0 AND EXISTS (SELECT 1 FROM "comments" c WHERE c."thread_id" = d."subject_id" AND c."number" > 50);
