import { z } from 'zod';
import { columnsOf, type MetricColumns, type MetricPoint } from '../../domain/metrics/series.ts';
import { asDouble, asInt64, needed, pairMap, pairs, parseFields } from './fields.ts';
import { objectIn } from './json-object.ts';
import { checkParam, checkTag, invalidValue, missingValue, requireBatchSize, requireMetricName, requireRunId, requireUniqueParams } from './limits.ts';
import { invalid } from './problem.ts';
import { floatText, jsonText, typeName } from './python-text.ts';

/** A metric as it came: a point of the run and, when it names a model, one of that model. */
export interface GivenMetric extends MetricPoint {
  readonly modelId: string | null;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

export type Given = Readonly<Record<string, unknown>>;

const wrongType = (name: string, value: unknown) =>
  invalid(`Invalid value ${jsonText(value)} for parameter '${name}' supplied:  Hint: Value was of type '${typeName(value)}'. See the API docs for more information about request parameters.`);

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads one metric without zod: a batch has a thousand. `path` is "" for a single one, as in MLflow's messages. */
export function metricFrom(given: Given, path: string): GivenMetric {
  const at = (field: string): string => (path === '' ? field : `${path}.${field}`);
  for (const field of ['key', 'value', 'timestamp']) if (isBlank(given[field])) throw missingValue(at(field));
  const { key } = given;
  if (typeof key !== 'string') throw wrongType(at('key'), key);
  const [value, timestamp, step] = [asDouble(given['value']), asInt64(given['timestamp']), isBlank(given['step']) ? 0n : asInt64(given['step'])];
  if (value === undefined) throw wrongType(at('value'), given['value']);
  if (timestamp === undefined) throw wrongType(at('timestamp'), given['timestamp']);
  if (step === undefined) throw wrongType(at('step'), given['step']);
  requireMetricName(key, path);
  if (timestamp < 0n) throw invalidValue(at('timestamp'), timestamp, `metric '${key}' (value=${floatText(value)}). Timestamp must be a nonnegative long (64-bit integer) `);
  return { key, value, timestamp, step, modelId: textOrNull(given['model_id']), datasetName: textOrNull(given['dataset_name']), datasetDigest: textOrNull(given['dataset_digest']) };
}

function metricsFrom(given: unknown): readonly GivenMetric[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw wrongType('metrics', given);
  return given.map((each: unknown, index) => {
    if (typeof each !== 'object' || each === null) throw wrongType(`metrics[${index}]`, each);
    return metricFrom(each as Given, `metrics[${index}]`);
  });
}

/** Metrics as the store takes them, and those that also belong to a model. */
export interface ReadMetrics {
  readonly series: readonly MetricColumns[];
  readonly ofModels: readonly GivenMetric[];
}

/** What a log-batch says, looked at from end to end. */
export interface ReadBatch extends ReadMetrics {
  readonly runId: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

export const asColumns = (metrics: readonly GivenMetric[]): ReadMetrics => ({ series: columnsOf(metrics), ofModels: metrics.filter(({ modelId }) => modelId !== null) });

const batchFields = z.object({ run_id: needed, params: pairs.optional(), tags: pairs.optional() });

/** Reads the JSON of a log-batch; refuses in MLflow's words, and in its order. */
export function readBatch(json: string): ReadBatch {
  const body = objectIn(json);
  const fields = parseFields(batchFields, body);
  requireRunId(fields.run_id);
  const metrics = metricsFrom(body['metrics']);
  const params = pairMap(fields.params, 'params', checkParam);
  const tags = pairMap(fields.tags, 'tags', checkTag);
  requireBatchSize({ metrics: metrics.length, params: fields.params?.length ?? 0, tags: fields.tags?.length ?? 0 });
  requireUniqueParams((fields.params ?? []).map(({ key }) => key ?? ''));
  return { runId: fields.run_id, params, tags, ...asColumns(metrics) };
}
