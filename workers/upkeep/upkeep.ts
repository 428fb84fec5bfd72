import { announceBehind, type Waiting } from '../../operations/analysis/announce-behind.ts';
import type { OutboxQueue } from '../../operations/ports/courier.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 2000;
/** Rows that wait longer than this mean that no relay works, or that nats-server is away. */
const OUTBOX_LATE_MS = 60_000;

export interface Upkeep { readonly ports: Pick<Ports, 'store'>; readonly outbox: OutboxQueue; readonly log: Log }

/** Looks every two seconds for what is undone and announces it again, until `signal` aborts. */
export async function keepUp(upkeep: Upkeep, signal: AbortSignal): Promise<void> {
  let waiting: ReadonlyMap<string, Waiting> = new Map();
  let warnedOfOutbox = false;
  while (!signal.aborted) {
    await pauseUnless(signal, PASS_MS);
    if (signal.aborted) return;
    try {
      waiting = await announceBehind(upkeep.ports, waiting);
      const { rows, oldestMs } = await upkeep.outbox.backlog();
      const late = oldestMs > OUTBOX_LATE_MS;
      if (late && !warnedOfOutbox) upkeep.log.warn({ rows, oldestMs }, 'the outbox is not being emptied: is nats-server up, and a worker with the role outbox?');
      warnedOfOutbox = late;
    } catch (error) {
      upkeep.log.warn({ error: String(error) }, 'upkeep could not look, will try again');
    }
  }
}
