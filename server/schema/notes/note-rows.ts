import { Prisma } from '../../../generated/prisma/client.ts';
import type { NoteDocument } from '../../../domain/richtext/note-document.ts';
import { batched } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { childConnection } from '../children.ts';
import { onlyInSight } from '../loaders.ts';

/** All but the content, which may be large and is read only where it is asked for. */
export type NoteRow = Omit<Prisma.NoteModel, 'state'>;
export type VersionRow = Omit<Prisma.NoteVersionModel, 'state' | 'markdown'>;

const inSight = async (ids: readonly string[], context: Context): Promise<readonly NoteRow[]> =>
  onlyInSight(context, await context.reader.note.findMany({ where: { id: { in: [...ids] }, deletedAt: null }, omit: { state: true } }));

export const noteOf = batched<string, NoteRow>(async (ids, context) => new Map((await inSight(ids, context)).map((row) => [row.id, row])));

/** The notes about a thing, newest first; the caller has made sure that the viewer sees the thing. */
export const notesOf = childConnection<NoteRow>({ table: Prisma.sql`notes`, parent: Prisma.sql`subject_id`, condition: Prisma.sql`deleted_at IS NULL`, load: inSight });

/** The versions of a note, newest first. */
export const versionsOf = childConnection<VersionRow>({
  table: Prisma.sql`note_versions`,
  parent: Prisma.sql`note_id`,
  load: (ids, { reader }) => reader.noteVersion.findMany({ where: { id: { in: [...ids] } }, omit: { state: true, markdown: true } }),
});

/** What notes say now: every update up to this moment, in one look. */
export const documentOf = batched<string, NoteDocument>(async (noteIds, { reader, ports }) => {
  const rows = await reader.$queryRaw<{ readonly id: string; readonly number: bigint; readonly data: Uint8Array }[]>`
    SELECT id, state_update AS number, state AS data FROM notes WHERE id = ANY(${[...noteIds]}) AND state IS NOT NULL
    UNION ALL SELECT note_id, number, data FROM note_updates WHERE note_id = ANY(${[...noteIds]}) ORDER BY 1, 2`;
  return new Map(noteIds.map((id) => [id, ports.noteDocuments.document(rows.filter((row) => row.id === id).map(({ data }) => data))]));
});

/** A version's words, and those of the version before it: null for the first. */
export const versionWordsOf = batched<string, { readonly markdown: string; readonly before: string | null }>(async (versionIds, { reader }) => {
  const rows = await reader.$queryRaw<{ readonly id: string; readonly markdown: string; readonly before: string | null }[]>`
    SELECT v.id, v.markdown, p.markdown AS before FROM note_versions v LEFT JOIN LATERAL (
      SELECT markdown FROM note_versions p WHERE p.note_id = v.note_id AND (p.created_at, p.id) < (v.created_at, v.id) ORDER BY p.created_at DESC, p.id DESC LIMIT 1
    ) p ON true WHERE v.id = ANY(${[...versionIds]})`;
  return new Map(rows.map((row) => [row.id, row]));
});
