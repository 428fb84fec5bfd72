import type { MetricPacking } from '../ports/metric-packing.ts';

const RUNS_A_PASS = 50;

/** One pass of upkeep over the metric logs: packs what is worth it, run after run. Answers whether more is waiting. */
export async function packMetrics(packing: MetricPacking, signal: AbortSignal): Promise<boolean> {
  const due = await packing.due(RUNS_A_PASS);
  for (const runId of due) {
    if (signal.aborted) return false;
    await packing.pack(runId);
  }
  return due.length === RUNS_A_PASS;
}
