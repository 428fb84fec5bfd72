import type { NatsConnection } from '@nats-io/transport-node';
import { liveConsole, liveConsoleSubject, type LiveConsole } from '../../contracts/messages/live-console.ts';
import type { LiveConsoleSource } from '../../operations/ports/change-feed.ts';
import type { ConsoleNews, LiveConsoleFeed } from '../../operations/ports/console-store.ts';
import { LiveRooms, type LiveOptions } from './live-rooms.ts';

/** More text travels as a hint to read the store: a NATS message holds 1 MB, and JSON may double what is escaped. */
const LARGEST_MESSAGE_IN_CHARACTERS = 128 * 1024;
/** What a line's own facts take in a message, in characters. */
const A_LINE = 100;

/** Live lines over core NATS: fast, and allowed to lose messages, as every reader resumes from the store. */
export function natsLiveConsole(connection: NatsConnection, options: LiveOptions = {}): LiveConsoleFeed & LiveConsoleSource {
  const rooms = new LiveRooms<LiveConsole>(connection, { subjectOf: liveConsoleSubject, schema: liveConsole, lookAgain: (runId) => ({ runId, before: -1, lines: null }) }, options);
  return {
    publish(runId, news) { rooms.publish(runId, messageOf(runId, news)); },
    subscribe: (runId, signal) => rooms.subscribe(runId, signal),
  };
}

function messageOf(runId: string, { before, lines }: ConsoleNews): LiveConsole {
  const characters = lines.reduce((sum, { text, source }) => sum + text.length + source.length + A_LINE, 0);
  return { runId, before, lines: characters > LARGEST_MESSAGE_IN_CHARACTERS ? null : [...lines] };
}
