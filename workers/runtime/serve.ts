import type { Delivery, WorkQueue } from '../../operations/ports/courier.ts';
import type { Handler, Outcome } from './handle.ts';
import type { Log } from './log.ts';

export interface Service {
  readonly queue: WorkQueue;
  readonly handler: Handler;
  /** Messages worked on at once in this process. */
  readonly concurrency: number;
  /** Failed attempts after which a message is put aside for a person. */
  readonly attempts: number;
  readonly log: Log;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 60_000;

/** Doubles from attempt to attempt. */
export const retryDelayMs = (attempt: number): number => Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);

/** Serves a handler's messages until `signal` aborts, then lets what was begun end. */
export async function serveMessages(service: Service, signal: AbortSignal): Promise<void> {
  const begun = new Set<Promise<void>>();
  for await (const delivery of service.queue.deliveries(service.handler.subject, signal)) {
    const work = settle(service, delivery).finally(() => begun.delete(work));
    begun.add(work);
    if (begun.size >= service.concurrency) await Promise.race(begun);
  }
  await Promise.all(begun);
}

/** Never throws: what cannot even be answered is handed over again by the courier. */
async function settle({ queue, handler, attempts, log }: Service, delivery: Delivery): Promise<void> {
  const heartbeat = setInterval(() => delivery.stillWorking(), queue.heartbeatMs);
  try {
    const outcome = await attempt(handler, delivery);
    if ('done' in outcome) await delivery.done();
    else if ('parkBecause' in outcome) await park(delivery, outcome.parkBecause, log);
    else if (delivery.attempt >= attempts) await park(delivery, `failed ${delivery.attempt} times, last: ${outcome.because}`, log);
    else {
      log.warn({ subject: delivery.subject, attempt: delivery.attempt, because: outcome.because, retryInMs: outcome.retryInMs }, 'message failed, will be tried again');
      await delivery.retry(outcome.retryInMs);
    }
  } catch (error) {
    log.error({ subject: delivery.subject, error: String(error) }, 'message could not be answered');
  } finally {
    clearInterval(heartbeat);
  }
}

async function attempt(handler: Handler, delivery: Delivery): Promise<Outcome> {
  try {
    return await handler.run(delivery.data);
  } catch (error) {
    return { retryInMs: retryDelayMs(delivery.attempt), because: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function park(delivery: Delivery, reason: string, log: Log): Promise<void> {
  log.error({ subject: delivery.subject, attempt: delivery.attempt, reason }, 'message parked');
  await delivery.park(reason);
}
