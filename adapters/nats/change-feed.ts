import { DeliverPolicy, jetstream, type ConsumerMessages } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { change, type Change } from '../../contracts/messages/change.ts';
import type { ChangeFeed } from '../../operations/ports/change-feed.ts';
import { mailbox, type Mailbox } from './mailbox.ts';
import { EVENTS, ensureStreams } from './streams.ts';
import { steadyMessages } from './steady-messages.ts';

/** Changes a reader may lag behind before it loses the oldest. Readers read state afresh, so the newest are the ones that matter. */
const BACKLOG = 1000;
/** No answer is so long under way that a change before this could be missing in it. */
const LATELY_MS = 30_000;
/** More than a sweep of hundreds of runs tells in that time, so that it does not push out what people say. */
const MOST_LATELY = 5_000;

/**
 * One ordered consumer a process, fanned out in memory. Resolves once its place in the stream is fixed: every change relayed after that arrives,
 * also across a restart of nats-server. When the server comes back with an empty folder, it goes on with the first message of the new stream.
 */
export async function openChangeFeed(nats: NatsConnection): Promise<ChangeFeed & { close(): Promise<void> }> {
  const stopping = new AbortController();
  const readers = new Set<{ readonly wanted: (change: Change) => boolean; readonly box: Mailbox<Change> }>();
  const heard: { readonly change: Change; readonly at: number }[] = [];
  let lastSequence = (await (await ensureStreams(nats)).streams.info(EVENTS)).state.last_seq;

  async function open(): Promise<ConsumerMessages> {
    const manager = await ensureStreams(nats);
    const { state } = await manager.streams.info(EVENTS);
    if (state.last_seq < lastSequence) lastSequence = 0;
    const consumer = await jetstream(nats).consumers.get(EVENTS, { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: lastSequence + 1 });
    return consumer.consume({ abort_on_missing_resource: true });
  }

  const running = (async () => {
    for await (const message of steadyMessages(nats, { open, release: () => {} }, stopping.signal)) {
      lastSequence = message.seq;
      const parsed = parse(message.data);
      if (!parsed) continue;
      const now = performance.now();
      heard.push({ change: parsed, at: now });
      while (heard.length > MOST_LATELY || now - (heard[0]?.at ?? now) > LATELY_MS) heard.shift();
      for (const { wanted, box } of readers) if (wanted(parsed)) box.put(parsed);
    }
  })();

  return {
    subscribe(wanted, signal) {
      const box = mailbox<Change>(BACKLOG);
      const reader = { wanted, box };
      const end = (): void => { readers.delete(reader); box.close(); };
      if (signal.aborted || stopping.signal.aborted) { end(); return box; }
      readers.add(reader);
      signal.addEventListener('abort', end, { once: true });
      return box;
    },
    lately: (wanted) => heard.flatMap(({ change: each, at }) => (performance.now() - at < LATELY_MS && wanted(each) ? [each] : [])),
    async close() {
      stopping.abort();
      for (const { box } of readers) box.close();
      readers.clear();
      await running;
    },
  };
}

/** A change of a later version, or not a change at all, is passed over: it says nothing to this process. */
function parse(data: Uint8Array): Change | null {
  try {
    return change.schema.safeParse(JSON.parse(new TextDecoder().decode(data))).data ?? null;
  } catch {
    return null;
  }
}
