import { packMetrics } from '../../operations/metrics/pack-metrics.ts';
import type { MetricPacking } from '../../operations/ports/metric-packing.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 5000;

/** Looks every five seconds for metric logs that are worth packing, until `signal` aborts. */
export async function keepMetricsPacked({ packing, log }: { readonly packing: MetricPacking; readonly log: Log }, signal: AbortSignal): Promise<void> {
  let waiting = false;
  while (!signal.aborted) {
    if (!waiting) await pauseUnless(signal, PASS_MS);
    if (signal.aborted) return;
    try {
      waiting = await packMetrics(packing, signal);
    } catch (error) {
      waiting = false;
      log.warn({ error: String(error) }, 'metric logs could not be packed, will try again');
    }
  }
}
