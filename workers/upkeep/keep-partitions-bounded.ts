import { boundPartitions } from '../../operations/metrics/bound-partitions.ts';
import type { MetricPartitions } from '../../operations/ports/metric-partitions.ts';
import type { Log } from '../runtime/log.ts';
import { pauseUnless } from '../runtime/wakeable.ts';

const PASS_MS = 10_000;

/** Looks every ten seconds at the size of the partitions of metric points, until `signal` aborts. */
export async function keepPartitionsBounded({ partitions, log }: { readonly partitions: MetricPartitions; readonly log: Log }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pauseUnless(signal, PASS_MS);
    if (signal.aborted) return;
    try {
      await boundPartitions(partitions, signal);
    } catch (error) {
      log.warn({ error: String(error) }, 'the partitions of metric points could not be looked at, will try again');
    }
  }
}
