import type { SubjectKind } from './threads.ts';

/** A document about one subject. Its content are the updates that were appended to it. */
export interface Note {
  readonly id: string;
  readonly projectId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly title: string;
  readonly createdById: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  /** The number of the last update; 0 while there is none. */
  readonly lastUpdate: number;
  /** The updates up to here are merged into one. */
  readonly stateUpdate: number;
  /** What is kept of its content. */
  readonly bytes: number;
  /** Search text, excerpt and mentions are those of the content up to here. */
  readonly derivedUpdate: number;
  readonly excerpt: string;
}

export interface NumberedUpdate { readonly number: number; readonly data: Uint8Array }

/** As it is kept: with who wrote it; null for many that were merged. */
export interface KeptUpdate extends NumberedUpdate { readonly authorId: string | null }

export interface NoteVersion {
  readonly id: string;
  readonly noteId: string;
  /** Null for one that was kept by itself. */
  readonly name: string | null;
  readonly authorId: string;
  readonly createdAt: Date;
  /** The last update that is in it. */
  readonly upTo: number;
  readonly state: Uint8Array;
  readonly markdown: string;
}

export interface NoteFile {
  readonly id: string;
  readonly noteId: string;
  readonly name: string;
  readonly type: string;
  readonly sha256: string;
  readonly size: number;
  readonly createdById: string;
  readonly createdAt: Date;
}

export interface NoteRecords {
  /** Deleted ones are not there. */
  get(id: string): Promise<Note | null>;
  /** As `get`, its row locked until the transaction ends: those who append take turns. */
  lock(id: string): Promise<Note | null>;
  count(subjectId: string): Promise<number>;
  insert(note: Note): Promise<void>;
  update(id: string, changes: Partial<Pick<Note, 'title' | 'updatedAt' | 'deletedAt' | 'derivedUpdate' | 'excerpt'>>): Promise<void>;
  /** Behind the last update, under the lock; answers the numbers they got. */
  append(note: Note, updates: readonly { readonly authorId: string; readonly data: Uint8Array }[], at: Date): Promise<readonly NumberedUpdate[]>;
  /** What came after an update, oldest first; those that were merged come as one, with the number of the last in it. One look: nothing is missed while others merge. */
  since(id: string, number: number): Promise<readonly KeptUpdate[]>;
  /** All updates up to the last one become this one. Only under the lock, and only of what was read under it. */
  fold(note: Note, state: Uint8Array): Promise<void>;
  /** Notes that were not written in since then and whose last words nothing was derived from. */
  behind(before: Date, limit: number): Promise<readonly string[]>;
  lastAuthor(id: string): Promise<string | null>;
  addVersion(version: NoteVersion): Promise<void>;
  version(id: string): Promise<NoteVersion | null>;
  lastVersion(noteId: string): Promise<Omit<NoteVersion, 'state' | 'markdown'> | null>;
  /** Lets the oldest of those go that were kept by themselves, but for so many. */
  trimVersions(noteId: string, most: number): Promise<void>;
  addFile(file: NoteFile): Promise<void>;
  countFiles(noteId: string): Promise<number>;
}
