import type { Prisma } from '../../generated/prisma/client.ts';
import type { SearchIndex } from '../../operations/ports/search.ts';

/** What one document may hold; the words behind it are found no more. A tsvector ends at 1 MB, and each word is in it twice, of up to four bytes a character. */
const MOST_TITLE = 2000;
const MOST_BODY = 60_000;

export const searchIndex = (tx: Prisma.TransactionClient): SearchIndex => ({
  async put({ subjectId, subjectKind, projectId, title, body, part = 0 }) {
    await tx.$executeRaw`
      INSERT INTO search_documents (subject_id, part, subject_kind, project_id, title, body, updated_at)
      VALUES (${subjectId}, ${part}, ${subjectKind}, ${projectId}, ${title.slice(0, MOST_TITLE)}, ${body.slice(0, MOST_BODY)}, now())
      ON CONFLICT (subject_id, part, subject_kind) DO UPDATE SET project_id = excluded.project_id, title = excluded.title, body = excluded.body, updated_at = excluded.updated_at`;
  },
  async remove(subjectId) { await tx.$executeRaw`DELETE FROM search_documents WHERE subject_id = ${subjectId}`; },
});
