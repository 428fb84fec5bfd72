import type { Prisma } from '../../generated/prisma/client.ts';
import type { Note, NoteRecords, NoteVersion } from '../../operations/ports/notes.ts';
import type { SubjectKind } from '../../operations/ports/threads.ts';
import type { Tx } from './tx.ts';

/** All but the state, which may be large. */
const HEAD = {
  id: true, projectId: true, subjectId: true, subjectKind: true, title: true, createdById: true, createdAt: true, updatedAt: true, deletedAt: true,
  lastUpdate: true, stateUpdate: true, bytes: true, derivedUpdate: true, excerpt: true,
} as const satisfies Prisma.NoteSelect;

const noteFrom = (row: Prisma.NoteGetPayload<{ select: typeof HEAD }> | null): Note | null => row && {
  ...row, subjectKind: row.subjectKind as SubjectKind, lastUpdate: Number(row.lastUpdate), stateUpdate: Number(row.stateUpdate), bytes: Number(row.bytes), derivedUpdate: Number(row.derivedUpdate),
};

const VERSION_HEAD = { id: true, noteId: true, name: true, authorId: true, createdAt: true, upTo: true } as const satisfies Prisma.NoteVersionSelect;

export const noteRecords = (tx: Tx): NoteRecords => {
  const get = async (id: string): Promise<Note | null> => noteFrom(await tx.note.findFirst({ where: { id, deletedAt: null }, select: HEAD }));
  return {
    get,
    async lock(id) {
      const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM notes WHERE id = ${id} FOR UPDATE`;
      return found === undefined ? null : get(id);
    },
    count: (subjectId) => tx.note.count({ where: { subjectId, deletedAt: null } }),
    async insert(note) { await tx.note.create({ data: note }); },
    async update(id, changes) { await tx.note.update({ where: { id }, data: changes, select: { id: true } }); },
    async append(note, updates, at) {
      const numbered = updates.map(({ authorId, data }, place) => ({ number: note.lastUpdate + 1 + place, authorId, data: Uint8Array.from(data) }));
      await tx.noteUpdate.createMany({ data: numbered.map((each) => ({ ...each, noteId: note.id, at })) });
      const bytes = numbered.reduce((sum, { data }) => sum + data.length, 0);
      await tx.note.update({ where: { id: note.id }, data: { lastUpdate: { increment: numbered.length }, bytes: { increment: bytes }, updatedAt: at }, select: { id: true } });
      return numbered;
    },
    async since(id, number) {
      const rows = await tx.$queryRaw<{ readonly number: bigint; readonly data: Uint8Array; readonly authorId: string | null }[]>`
        SELECT state_update AS number, state AS data, NULL AS "authorId" FROM notes WHERE id = ${id} AND state_update > ${number} AND state IS NOT NULL
        UNION ALL SELECT u.number, u.data, u.author_id FROM note_updates u WHERE u.note_id = ${id} AND u.number > ${number}
        ORDER BY 1`;
      return rows.map((row) => ({ ...row, number: Number(row.number) }));
    },
    async fold(note, state) {
      await tx.note.update({ where: { id: note.id }, data: { state: Uint8Array.from(state), stateUpdate: note.lastUpdate, bytes: state.length }, select: { id: true } });
      await tx.noteUpdate.deleteMany({ where: { noteId: note.id, number: { lte: note.lastUpdate } } });
    },
    async behind(before, limit) {
      const rows = await tx.$queryRaw<{ readonly id: string }[]>`SELECT id FROM notes WHERE derived_update < last_update AND deleted_at IS NULL AND updated_at < ${before} ORDER BY updated_at LIMIT ${limit}`;
      return rows.map(({ id }) => id);
    },
    lastAuthor: async (id) => (await tx.noteUpdate.findFirst({ where: { noteId: id }, orderBy: { number: 'desc' }, select: { authorId: true } }))?.authorId ?? null,
    async addVersion(version) { await tx.noteVersion.create({ data: { ...version, state: Uint8Array.from(version.state) }, select: { id: true } }); },
    async version(id) {
      const row = await tx.noteVersion.findUnique({ where: { id } });
      return row && { ...row, upTo: Number(row.upTo) } satisfies NoteVersion;
    },
    async lastVersion(noteId) {
      const row = await tx.noteVersion.findFirst({ where: { noteId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: VERSION_HEAD });
      return row && { ...row, upTo: Number(row.upTo) };
    },
    async trimVersions(noteId, most) {
      await tx.$executeRaw`DELETE FROM note_versions WHERE id IN (SELECT id FROM note_versions WHERE note_id = ${noteId} AND name IS NULL ORDER BY created_at DESC, id DESC OFFSET ${most})`;
    },
    async addFile({ sha256, size, createdAt, ...file }) {
      await tx.$executeRaw`INSERT INTO blobs (sha256, size, created_at) VALUES (${sha256}, ${size}, ${createdAt}) ON CONFLICT (sha256) DO UPDATE SET size = excluded.size`;
      await tx.noteFile.create({ data: { ...file, sha256, size, createdAt } });
    },
    countFiles: (noteId) => tx.noteFile.count({ where: { noteId } }),
  };
};
