import { z } from 'zod';
import type { MetricColumns } from '../../operations/ports/metric-store.ts';
import { fieldsOf, type Call, type Handler } from './call.ts';
import { count, int64, needed, text, texts } from './fields.ts';
import { doubleJson, int64Json } from './json.ts';
import { invalid } from './problem.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { listed } from './run-answer.ts';
import { runIdFields, runIdOf } from './runs.ts';

/** Points of one metric of each run that the viewer may see, in the store's order (step, timestamp, value). */
async function seriesOf({ viewer, deps, gate }: Call, runIds: readonly string[], key: string): Promise<ReadonlyMap<string, MetricColumns>> {
  for (const runId of runIds) await gate.pass(viewer, runId, 'project.read');
  const found = await deps.ports.metrics.series({ runIds, keys: [key] });
  return new Map([...found].flatMap(([runId, columns]) => columns.filter((each) => each.key === key).map((each) => [runId, each] as const)));
}

const point = ({ key, values, timestamps, steps }: MetricColumns, index: number): object =>
  ({ key, value: doubleJson(values[index] ?? Number.NaN), timestamp: int64Json(timestamps[index] ?? 0n), step: int64Json(steps[index] ?? 0n) });

/** MLflow lists a history by timestamp, step and value. NaN comes last. */
function inTimeOrder({ steps, timestamps, values }: MetricColumns): readonly number[] {
  const compare = (a: bigint | number, b: bigint | number): number => (a < b ? -1 : a > b ? 1 : Number(Number.isNaN(Number(a))) - Number(Number.isNaN(Number(b))));
  return Array.from(values.keys()).toSorted((a, b) =>
    compare(timestamps[a] ?? 0n, timestamps[b] ?? 0n) || compare(steps[a] ?? 0n, steps[b] ?? 0n) || compare(values[a] ?? 0, values[b] ?? 0));
}

const historyFields = z.object({ ...runIdFields, metric_key: needed, max_results: count.optional(), page_token: text.optional() });
export const getMetricHistory: Handler = async (call) => {
  const fields = await fieldsOf(call, historyFields);
  const runId = runIdOf(fields);
  const size = fields.max_results;
  if (size !== undefined && size <= 0) throw invalid(`Invalid value ${size} for parameter 'max_results' supplied. It must be a positive integer.`);
  const offset = offsetFrom(fields.page_token);
  const series = (await seriesOf(call, [runId], fields.metric_key)).get(runId);
  if (!series) return {};
  const order = inTimeOrder(series);
  const end = size === undefined ? order.length : offset + size;
  return { ...listed('metrics', order.slice(offset, end).map((index) => point(series, index))), ...(end < order.length ? { next_page_token: tokenFor(end) } : {}) };
};

const MOST_RUNS = 100;
const MOST_POINTS = 25_000;
export const getMetricHistoryBulk: Handler = async (call) => {
  const runIds = [...new Set(call.query.getAll('run_id'))].toSorted();
  if (runIds.length === 0) throw invalid('GetMetricHistoryBulk request must specify at least one run_id.');
  if (runIds.length > MOST_RUNS) throw invalid(`GetMetricHistoryBulk request cannot specify more than ${MOST_RUNS} run_ids. Received ${runIds.length} run_ids.`);
  const key = call.query.get('metric_key');
  if (key === null) throw invalid('GetMetricHistoryBulk request must specify a metric_key.');
  const most = Math.min(pageSizeFrom(call.query.get('max_results')), MOST_POINTS);
  const found = await seriesOf(call, runIds, key);
  const metrics = runIds.flatMap((runId) => {
    const series = found.get(runId);
    return series ? inTimeOrder(series).slice(0, most).map((index) => ({ ...point(series, index), run_id: runId })) : [];
  });
  return { metrics: metrics.slice(0, most) };
};

function pageSizeFrom(given: string | null): number {
  if (given === null) return MOST_POINTS;
  if (!/^\d{1,9}$/.test(given)) throw invalid(`Invalid value ${JSON.stringify(given)} for parameter 'max_results' supplied. It must be a positive integer.`);
  return Number(given);
}

const MOST_PER_RUN = 2500;
const intervalFields = z.object({ run_ids: texts.min(1), metric_key: needed, start_step: int64.optional(), end_step: int64.optional(), max_results: count.optional() });

/** At most `max_results` points of each run, evenly sampled, the last one always among them. */
export const getMetricHistoryBulkInterval: Handler = async (call) => {
  const fields = await fieldsOf(call, intervalFields);
  const { run_ids: runIds, metric_key: key, start_step: start, end_step: end } = fields;
  const apiDocs = 'See the API docs for more information about request parameters.';
  if (runIds.length > MOST_RUNS) throw invalid(`GetMetricHistoryBulkInterval request must specify at most ${MOST_RUNS} run_ids. Received ${runIds.length} run_ids. ${apiDocs}`);
  const size = fields.max_results ?? MOST_PER_RUN;
  if (size < 1 || size > MOST_PER_RUN) throw invalid(`max_results must be between 1 and ${MOST_PER_RUN}. ${apiDocs}`);
  requireInterval(start, end);
  const found = await seriesOf(call, runIds, key);
  const metrics = runIds.flatMap((runId) => {
    const series = found.get(runId);
    if (!series) return [];
    const inside = Array.from(series.steps.keys()).filter((index) => within(series.steps[index] ?? 0n, start, end));
    return sample(inside, size).map((index) => ({ ...point(series, index), run_id: runId }));
  });
  return listed('metrics', metrics);
};

function requireInterval(start: bigint | undefined, end: bigint | undefined): void {
  if ((start === undefined) !== (end === undefined)) throw invalid('If either start step or end step are specified, both must be specified.');
  if (start !== undefined && end !== undefined && start > end) throw invalid(`end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`);
}

const within = (step: bigint, start: bigint | undefined, end: bigint | undefined): boolean => (start === undefined || step >= start) && (end === undefined || step <= end);

/** The first of each of `size` equal buckets (SQL's NTILE), and the last of all in place of the last of them. */
export function sample(indexes: readonly number[], size: number): readonly number[] {
  const last = indexes.at(-1);
  if (last === undefined || indexes.length <= size) return indexes;
  const [least, larger] = [Math.floor(indexes.length / size), indexes.length % size];
  const firsts = Array.from({ length: size }, (_, bucket) => indexes[bucket * least + Math.min(bucket, larger)] ?? last);
  return firsts.at(-1) === last ? firsts : [...firsts.slice(0, -1), last];
}
