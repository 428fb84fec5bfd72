import type { NumberedUpdate } from './notes.ts';

/** Updates that one commit appended; null says that there may be more than one was told, to be read from the store. */
export interface NoteNews { readonly updates: readonly NumberedUpdate[] | null }

/** What one server process knows of who is in a note: by the client's number, a clock and what it says of itself as JSON, or null when it left. */
export interface NotePresence {
  readonly process: string;
  /** Who comes new asks the others to say whom they have. */
  readonly asks: boolean;
  readonly clients: readonly { readonly client: number; readonly clock: number; readonly state: string | null }[];
}

/** What is said live of notes, between processes. It may be lost: who follows is told when to look into the store. */
export interface LiveNotes {
  publish(noteId: string, updates: readonly NumberedUpdate[]): void;
  publishPresence(noteId: string, presence: NotePresence): void;
  /** Begins with `updates: null`, once nothing can be missed any more. Ends when `signal` aborts. */
  subscribe(noteId: string, signal: AbortSignal): AsyncIterable<NoteNews>;
  subscribePresence(noteId: string, signal: AbortSignal): AsyncIterable<NotePresence>;
}
