import type { MetricPartitions } from '../ports/metric-partitions.ts';

/** One pass of upkeep over the partitions of metric points. */
export async function boundPartitions(partitions: MetricPartitions, signal: AbortSignal): Promise<void> {
  await partitions.advance();
  await partitions.reclaim(signal);
}
