import { z } from 'zod';

/** Core NATS subjects of a note: what was appended to it, and who is in it. */
export const liveNoteSubject = (noteId: string): string => `live.note.${noteId}`;
export const liveNotePresenceSubject = (noteId: string): string => `live.note-presence.${noteId}`;

/** Updates of one commit, in base64; null says that there is something new in the store. Whoever sees a gap in the numbers reads on from the store. */
export const liveNote = z.object({ updates: z.array(z.object({ number: z.int().positive(), data: z.base64() })).max(1000).nullable() });
export type LiveNote = z.output<typeof liveNote>;

/** As many clients of one note are told of in one message. */
export const MOST_TOLD_CLIENTS = 200;

export const liveNotePresence = z.object({
  process: z.string().max(64),
  asks: z.boolean(),
  clients: z.array(z.object({ client: z.int().nonnegative(), clock: z.int().nonnegative(), state: z.string().max(4096).nullable() })).max(MOST_TOLD_CLIENTS),
});
export type LiveNotePresence = z.output<typeof liveNotePresence>;
