import { badInput, conflict } from '../refusal.ts';
import { requiredText } from '../richtext/plain-text.ts';

export const noteTitle = (given: string): string => requiredText(given, { code: 'note/title', name: 'The title', maxLength: 200 });

export const versionName = (given: string): string => requiredText(given, { code: 'note/version-name', name: "The version's name", maxLength: 100 });

/** What a note can be about. */
const SUBJECTS = new Set(['project', 'hypothesis', 'experiment', 'run', 'meeting']);

export function requireNotable(kind: string): void {
  if (!SUBJECTS.has(kind)) throw badInput('note/subject', 'A note is about a project, a hypothesis, an experiment, a run or a meeting.');
}

export const MOST_NOTES = 200;

export function requireRoomForNote(notes: number): void {
  if (notes >= MOST_NOTES) throw conflict('note/too-many', `There are ${MOST_NOTES} notes here already. Delete one that nobody needs, or write in one of them.`);
}

export const MOST_FILES = 1000;
export const MOST_FILE_BYTES = 50 * 1024 * 1024;

export function requireRoomForFile(files: number): void {
  if (files >= MOST_FILES) throw conflict('note/too-many-files', `A note holds ${MOST_FILES} files. Begin another note.`);
}

/** A file's name as it is kept: the last part of a path, without what no file system takes. */
export function fileName(given: string | null | undefined): string {
  const name = (given ?? '').toWellFormed().replaceAll('\\', '/').split('/').at(-1)?.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 200) ?? '';
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}

/** After so many updates behind the merged state they are merged into it. */
export const FOLD_AFTER = 200;
