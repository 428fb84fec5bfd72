import { MOST_RUNS_WHOLE, MOST_SERIES } from '../../contracts/rest/metrics.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { extentOf } from '../../domain/metrics/range.ts';
import { badInput, notFound } from '../../domain/refusal.ts';
import type { MetricRange } from '../../operations/ports/metric-store.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { visibleProjects } from '../visibility.ts';
import { arrowStream } from './arrow-series.ts';

export interface MetricsAsk {
  readonly runIds: readonly string[];
  readonly keys: readonly string[] | undefined;
  readonly maxPoints: number | undefined;
  readonly range: MetricRange;
}

/** Series as the bytes of an Arrow IPC stream. What may not be asked is refused before the first byte; runs the viewer may not see do not exist. */
export async function readMetrics({ reader, ports }: Pick<DoorDeps, 'reader' | 'ports'>, viewer: Viewer, { runIds, keys, maxPoints, range }: MetricsAsk): Promise<AsyncIterable<Uint8Array>> {
  if (!keys && runIds.length > MOST_RUNS_WHOLE) throw badInput('series/too-many', `All metrics of ${runIds.length} runs were asked for; name keys, or at most ${MOST_RUNS_WHOLE} runs.`);
  if (keys && keys.length * runIds.length > MOST_SERIES) throw badInput('series/too-many', `${keys.length * runIds.length} series were asked for; ${MOST_SERIES} may be at a time.`);
  extentOf(range, 0n);
  const seen = new Set((await reader.run.findMany({ where: { id: { in: [...runIds] }, experiment: { project: visibleProjects(viewer) } }, select: { id: true } })).map(({ id }) => id));
  const missing = runIds.find((id) => !seen.has(id));
  if (missing !== undefined) throw notFound('run/unknown', `There is no run ${missing}, or you may not see it.`);
  const names = keys ?? [...new Set([...(await ports.metrics.summaries(runIds)).values()].flat().map(({ key }) => key))];
  return arrowStream(ports.metrics.stream({ runIds, keys: names, maxPoints, range }), { runs: [...seen], keys: names });
}
