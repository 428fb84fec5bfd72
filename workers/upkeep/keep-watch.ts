import type { Ports } from '../../operations/ports/ports.ts';
import { RUNS_A_LOOK, watchRuns } from '../../operations/runs/watch-runs.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 10_000;
/** Between looks while there are more runs than one look takes. */
const SHORT_PASS_MS = 1_000;

/** Looks every ten seconds at how the runs that train are doing, until `signal` aborts. */
export async function keepWatch({ ports, log }: { readonly ports: Pick<Ports, 'store' | 'clock'>; readonly log: Log }, signal: AbortSignal): Promise<void> {
  let seen = 0;
  while (!signal.aborted) {
    await pauseUnless(signal, seen === RUNS_A_LOOK ? SHORT_PASS_MS : PASS_MS);
    if (signal.aborted) return;
    try {
      seen = await watchRuns(ports);
    } catch (error) {
      seen = 0;
      log.warn({ error: String(error) }, 'the runs could not be looked at, will try again');
    }
  }
}
