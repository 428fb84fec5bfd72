import { z } from 'zod';
import { describeRun, deleteRunTag, recordModelHistory } from '../../operations/runs/describe-run.ts';
import { logModelMetrics } from '../../operations/models/logged-models.ts';
import type { MetricPoint } from '../../operations/ports/metric-store.ts';
import type { LoggedModelMetric } from '../../operations/ports/models.ts';
import { noteIfLate } from '../ingest/note-if-late.ts';
import { bodyOf, fieldsOf, type Call, type Handler } from './call.ts';
import { asDouble, asInt64, needed, pairMap, pairs, parseFields, text } from './fields.ts';
import { checkParam, checkTag, invalidValue, missingValue, requireBatchSize, requireMetricName, requireRunId, requireUniqueParams, TAG_LENGTH } from './limits.ts';
import { invalid } from './problem.ts';
import { floatText, jsonText, typeName } from './python-text.ts';
import { runIdFields, runIdOf } from './runs.ts';

/** A metric as it came: a point of the run and, when it names a model, one of that model. */
interface GivenMetric extends MetricPoint {
  readonly modelId: string | null;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

type Given = Readonly<Record<string, unknown>>;

const wrongType = (name: string, value: unknown) =>
  invalid(`Invalid value ${jsonText(value)} for parameter '${name}' supplied:  Hint: Value was of type '${typeName(value)}'. See the API docs for more information about request parameters.`);

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads one metric without zod: a batch has a thousand. `path` is "" for a single one, as in MLflow's messages. */
function metricFrom(given: Given, path: string): GivenMetric {
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

/** The short way: the right is checked (mostly from memory), the points are made durable, and one look tells whether they came late. */
async function logMetrics({ viewer, deps, gate }: Call, runId: string, metrics: readonly GivenMetric[]): Promise<void> {
  await gate.passActive(viewer, runId, 'run.log');
  if (metrics.length === 0) return;
  // The models first: an unknown one is refused before a point is written, and repeating either changes nothing.
  await logModelMetrics(deps.ports, viewer, metrics.flatMap((metric): LoggedModelMetric[] => {
    const { modelId, key, value, step, timestamp, datasetName, datasetDigest } = metric;
    return modelId === null ? [] : [{ modelId, runId, key, value, step, timestamp, datasetName, datasetDigest }];
  }));
  await deps.ports.metrics.append(runId, metrics);
  await noteIfLate(deps, runId);
}

const batchFields = z.object({ run_id: needed, params: pairs.optional(), tags: pairs.optional() });

export const logBatch: Handler = async (call) => {
  const body = await bodyOf(call);
  const fields = parseFields(batchFields, body);
  const runId = fields.run_id;
  requireRunId(runId);
  const metrics = metricsFrom(body['metrics']);
  const params = pairMap(fields.params, 'params', checkParam);
  const tags = pairMap(fields.tags, 'tags', checkTag);
  requireBatchSize({ metrics: metrics.length, params: fields.params?.length ?? 0, tags: fields.tags?.length ?? 0 });
  requireUniqueParams((fields.params ?? []).map(({ key }) => key ?? ''));
  if (params.size > 0 || tags.size > 0) await describeRun(call.deps.ports, call.viewer, { runId, params, tags, form: 'batch' });
  await logMetrics(call, runId, metrics);
  return {};
};

export const logMetric: Handler = async (call) => {
  const body = await bodyOf(call);
  const runId = runIdOf(parseFields(z.object(runIdFields), body));
  await logMetrics(call, runId, [metricFrom(body, '')]);
  return {};
};

const pairFields = z.object({ ...runIdFields, key: needed, value: text.optional() });
export const logParam: Handler = async (call) => {
  const fields = await fieldsOf(call, pairFields);
  const params = new Map([[fields.key, checkParam(fields.key, fields.value ?? '')]]);
  await describeRun(call.deps.ports, call.viewer, { runId: runIdOf(fields), params, tags: new Map(), form: 'single' });
  return {};
};

export const setTag: Handler = async (call) => {
  const fields = await fieldsOf(call, pairFields);
  const tags = new Map([[fields.key, checkTag(fields.key, fields.value ?? '')]]);
  await describeRun(call.deps.ports, call.viewer, { runId: runIdOf(fields), params: new Map(), tags, form: 'single' });
  return {};
};

export const removeTag: Handler = async (call) => {
  const { run_id: runId, key } = await fieldsOf(call, z.object({ run_id: needed, key: needed }));
  await deleteRunTag(call.deps.ports, call.viewer, { runId, key });
  return {};
};

const MODEL_FIELDS = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'] as const;

/** The older way in which clients tell of a model they logged. */
export const logModel: Handler = async (call) => {
  const { run_id: runId, model_json: json } = await fieldsOf(call, z.object({ run_id: needed, model_json: needed }));
  const model = modelFrom(json);
  const missing = MODEL_FIELDS.filter((field) => !(field in model));
  if (missing.length > 0) throw invalid(`Model json is missing mandatory fields: {${missing.map((field) => `'${field}'`).join(', ')}}`);
  const { signature: _signature, saved_input_example_info: _example, ...kept } = model;
  await recordModelHistory(call.deps.ports, call.viewer, { runId, model: kept, maxLength: TAG_LENGTH });
  return {};
};

function modelFrom(json: string): Given {
  const problem = invalid(`Malformed model info. \n ${json} \n is not a valid JSON.`);
  try {
    const model: unknown = JSON.parse(json);
    if (typeof model === 'object' && model !== null && !Array.isArray(model)) return model as Given;
  } catch {
    throw problem;
  }
  throw problem;
}
