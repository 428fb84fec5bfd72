import type { Courier, OutboxQueue } from '../../operations/ports/courier.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless, wakeable } from '../runtime/wakeable.ts';

const BATCH = 200;
/** NOTIFY wakes the relay; this is for what it misses. */
const POLL_MS = 1000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5000;

export interface Relay { readonly outbox: OutboxQueue; readonly courier: Courier; readonly log: Log }

/**
 * Publishes what transactions left in the outbox, oldest first, until `signal` aborts. At least once: a relay that dies between publishing and
 * deleting publishes again under the same message id. Any number of relays may run.
 */
export async function relayOutbox(relay: Relay, signal: AbortSignal): Promise<void> {
  const bell = wakeable(signal);
  const stopListening = await relay.outbox.onWritten(bell.wake);
  let failures = 0;
  while (!signal.aborted) {
    const published = await relayOnce(relay, failures);
    failures = published === null ? failures + 1 : 0;
    if (published === null) await pauseUnless(signal, retryDelayMs(failures));
    else if (published < BATCH) await bell.wait(POLL_MS);
  }
  await stopListening();
}

const retryDelayMs = (failures: number): number => Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);

/** The number of messages published, or null when it failed. */
async function relayOnce({ outbox, courier, log }: Relay, failures: number): Promise<number | null> {
  try {
    return await outbox.relay(BATCH, async (messages) => {
      await Promise.all(messages.map((message) => courier.publish(message)));
    });
  } catch (error) {
    log.warn({ error: String(error), failures: failures + 1 }, 'the outbox could not be relayed, will try again');
    return null;
  }
}
