import type { NatsConnection } from '@nats-io/transport-node';
import { liveNote, liveNotePresence, liveNotePresenceSubject, liveNoteSubject, type LiveNote, type LiveNotePresence } from '../../contracts/messages/live-notes.ts';
import type { LiveNotes } from '../../operations/ports/live-notes.ts';
import { LiveRooms, type LiveOptions } from './live-rooms.ts';

/** A message of nats-server is at most 1 MB; what is larger is read from the store. */
const MOST_TOLD_BYTES = 500_000;

/** Notes over core NATS: fast, and allowed to lose messages, as whoever follows reads on from the store by number. */
export function natsLiveNotes(connection: NatsConnection, options: LiveOptions = {}): LiveNotes {
  const updates = new LiveRooms<LiveNote>(connection, { subjectOf: liveNoteSubject, schema: liveNote, lookAgain: () => ({ updates: null }) }, options);
  const presence = new LiveRooms<LiveNotePresence>(connection, { subjectOf: liveNotePresenceSubject, schema: liveNotePresence, lookAgain: () => ({ process: '', asks: false, clients: [] }) }, options);
  return {
    publish(noteId, appended) {
      const bytes = appended.reduce((sum, { data }) => sum + data.length, 0);
      updates.publish(noteId, { updates: bytes > MOST_TOLD_BYTES ? null : appended.map(({ number, data }) => ({ number, data: Buffer.from(data).toString('base64') })) });
    },
    publishPresence(noteId, said) { presence.publish(noteId, { ...said, clients: [...said.clients] }); },
    async *subscribe(noteId, signal) {
      for await (const { updates: told } of updates.subscribe(noteId, signal)) yield { updates: told?.map(({ number, data }) => ({ number, data: new Uint8Array(Buffer.from(data, 'base64')) })) ?? null };
    },
    subscribePresence: (noteId, signal) => presence.subscribe(noteId, signal),
  };
}
