import { noteLateMetrics } from '../../operations/runs/note-late-metrics.ts';
import type { DoorDeps } from '../http/door-deps.ts';

/** One look, after metrics of a run were committed, at whether they came to a run that has ended. See docs/decisions/0031-metrics-by-the-short-way.md. */
export async function noteIfLate({ gate, ports }: Pick<DoorDeps, 'gate' | 'ports'>, runId: string): Promise<void> {
  if (await gate.hasEnded(runId)) await noteLateMetrics(ports, runId);
}
