-- Links made so far are told apart by the last letters of their addresses. docs/decisions/0136-share-links-that-end.md.
ALTER TABLE "share_links" ADD COLUMN "ending" TEXT NOT NULL DEFAULT '';
