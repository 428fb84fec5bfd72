import { gatherPostings, type Addresses } from '../../operations/notifications/gather-postings.ts';
import { sendDeliveries, type SendPorts } from '../../operations/notifications/send-deliveries.ts';
import { spreadHappenings } from '../../operations/notifications/spread-happenings.ts';
import { tidyNotifications } from '../../operations/notifications/tidy-notifications.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { Log } from '../runtime/log.ts';
import { wakeable } from '../runtime/wakeable.ts';

/** NOTIFY wakes the spreading; this is for what it misses, and for what becomes due. */
const POLL_MS = 2000;
const TIDY_EVERY_MS = 3_600_000;

export interface Notify {
  readonly ports: SendPorts & Pick<Ports, 'store' | 'clock' | 'ids'>;
  readonly addresses: Addresses;
  /** Calls `wake` when something happened. May miss some. The answer stops it. */
  readonly onHappening: (wake: () => void) => Promise<() => Promise<void>>;
  readonly log: Log;
}

/** Tells people and channels what happened, until `signal` aborts. Any number of these may run: rows are taken, never shared. */
export async function notify({ ports, addresses, onHappening, log }: Notify, signal: AbortSignal): Promise<void> {
  const bell = wakeable(signal);
  const stopListening = await onHappening(bell.wake);
  let tidiedAtMs = 0;
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await spreadHappenings(ports)) > 0) { /* until none is left */ }
      while (!signal.aborted && (await gatherPostings(ports, addresses))) { /* one recipient after the other */ }
      while (!signal.aborted && (await sendDeliveries(ports)) > 0) { /* a handful at a time */ }
      if (ports.clock.now().getTime() - tidiedAtMs > TIDY_EVERY_MS) {
        await tidyNotifications(ports);
        tidiedAtMs = ports.clock.now().getTime();
      }
    } catch (error) {
      log.warn({ error: String(error) }, 'notifications could not be worked on, will try again');
    }
    await bell.wait(POLL_MS);
  }
  await stopListening();
}
