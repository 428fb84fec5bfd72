import { Prisma } from '../../../generated/prisma/client.ts';
import type { NoteDocument } from '../../../domain/richtext/note-document.ts';
import { batched, batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
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
export const documentOf = batchedRows<string, NoteDocument>(async (noteIds, { reader, ports }) => {
  const rows = await reader.$queryRaw<{ readonly id: string; readonly number: bigint; readonly data: Uint8Array }[]>`
    SELECT id, state_update AS number, state AS data FROM notes WHERE id = ANY(${[...noteIds]}) AND state IS NOT NULL
    UNION ALL SELECT note_id, number, data FROM note_updates WHERE note_id = ANY(${[...noteIds]}) ORDER BY 1, 2`;
  return new Map(noteIds.map((id) => [id, ports.noteDocuments.document(rows.filter((row) => row.id === id).map(({ data }) => data))]));
});

interface VersionWords { readonly markdown: string; readonly before: string | null }

/** A version's words, and those of the version before it: null for the first. */
export const versionWordsOf = batched<string, VersionWords>(async (versionIds, context) => {
  const rows = await context.reader.$queryRaw<{ readonly id: string; readonly markdown: string; readonly before: string | null }[]>`
    SELECT v.id, v.markdown, p.markdown AS before FROM note_versions v LEFT JOIN LATERAL (
      SELECT markdown FROM note_versions p WHERE p.note_id = v.note_id AND (p.created_at, p.id) < (v.created_at, v.id) ORDER BY p.created_at DESC, p.id DESC LIMIT 1
    ) p ON true WHERE v.id = ANY(${[...versionIds]})`;
  const named = await evidenceNamer(context, rows.flatMap(({ markdown, before }) => [markdown, before ?? '']));
  return new Map(rows.map(({ id, markdown, before }) => [id, { markdown: named(markdown), before: before === null ? null : named(before) }]));
});

/** A block of evidence as a version keeps it. */
const KEPT_EVIDENCE = /^(> Evidence: \w+ of )(exp\\?_\w+)$/gm;

/** Versions keep the ids of evidence; a reader is told the names of what they may see. One look for all texts. */
async function evidenceNamer(context: Context, texts: readonly string[]): Promise<(text: string) => string> {
  const ids = new Set(texts.flatMap((text) => [...text.matchAll(KEPT_EVIDENCE)].map(([, , id = '']) => id.replace('\\', ''))));
  if (ids.size === 0) return (text) => text;
  const found = await context.reader.experiment.findMany({ where: { id: { in: [...ids] }, project: visibleProjects(viewerOf(context)) }, select: { id: true, name: true, number: true, project: { select: { key: true } } } });
  const names = new Map(found.map(({ id, name, number, project }) => [id, `${project.key}-${number} ${name}`]));
  return (text) => text.replaceAll(KEPT_EVIDENCE, (_, line: string, id: string) => `${line}${names.get(id.replace('\\', '')) ?? 'something that is not there any more, or that you may not see'}`);
}
