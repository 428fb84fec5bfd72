import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

const RETRY_MS = 200;

export interface MessageSource {
  /** Makes streams and consumer if they are missing, and starts consuming. Called again after every interruption. */
  open(): Promise<ConsumerMessages>;
  /** Gives back a message that was fetched but will not be handled here. */
  release(message: JsMsg): void;
}

/**
 * Messages of a consumer for as long as `signal` lets it: reopened when the server restarts, when it comes back with an empty folder,
 * and when somebody deletes the consumer. The client library recovers from some of these by itself, but slowly (30 s) or not at all.
 */
export async function* steadyMessages(nats: NatsConnection, source: MessageSource, signal: AbortSignal): AsyncGenerator<JsMsg> {
  while (!signal.aborted && !nats.isClosed()) {
    const messages = await source.open().catch(() => null);
    if (messages) yield* untilInterrupted({ nats, messages, release: source.release, signal });
    if (!signal.aborted) await pause(RETRY_MS, signal);
  }
}

interface Consumption { readonly nats: NatsConnection; readonly messages: ConsumerMessages; readonly release: (message: JsMsg) => void; readonly signal: AbortSignal }

async function* untilInterrupted({ nats, messages, release, signal }: Consumption): AsyncGenerator<JsMsg> {
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  const unwatch = onReconnect(nats, stop);
  if (signal.aborted) stop();
  const iterator = messages[Symbol.asyncIterator]();
  try {
    for (let message = await nextOf(iterator); message; message = await nextOf(iterator)) {
      if (signal.aborted) release(message);
      else yield message;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unwatch();
    stop();
    for (let left = await nextOf(iterator); left; left = await nextOf(iterator)) release(left);
  }
}

/** The next message, or null at the end, whatever ended it: the caller opens again. */
async function nextOf(iterator: AsyncIterator<JsMsg>): Promise<JsMsg | null> {
  try {
    const next = await iterator.next();
    return next.done ? null : next.value;
  } catch {
    return null;
  }
}

export function onReconnect(nats: NatsConnection, call: () => void): () => void {
  const statuses = nats.status() as AsyncIterable<{ type: string }> & { stop?(): void };
  void (async () => {
    for await (const status of statuses) if (status.type === 'reconnect') call();
  })();
  return () => statuses.stop?.();
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) { resolve(); return; }
    const finish = (): void => { clearTimeout(timer); signal.removeEventListener('abort', finish); resolve(); };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
