import { z } from 'zod';
import { describeRun, deleteRunTag, recordModelHistory } from '../../operations/runs/describe-run.ts';
import { logModelMetrics } from '../../operations/models/logged-models.ts';
import type { LoggedModelMetric } from '../../operations/ports/models.ts';
import { requireKeepable } from '../http/keepable.ts';
import { noteIfLate } from '../ingest/note-if-late.ts';
import { bodyOf, fieldsOf, readBytes, type Call, type Handler } from './call.ts';
import { needed, parseFields, text } from './fields.ts';
import { checkParam, checkTag, TAG_LENGTH } from './limits.ts';
import { invalid } from './problem.ts';
import { asColumns, metricFrom, type Given, type ReadMetrics } from './read-batch.ts';
import { runIdFields, runIdOf } from './runs.ts';

/** The short way: the right is checked (mostly from memory), the points are made durable, and one look tells whether they came late. */
async function logMetrics({ viewer, deps, gate }: Call, runId: string, { series, ofModels }: ReadMetrics): Promise<void> {
  await gate.passActive(viewer, runId, 'run.log');
  if (series.length === 0) return;
  // The models first: an unknown one is refused before a point is written, and repeating either changes nothing.
  await logModelMetrics(deps.ports, viewer, ofModels.flatMap((metric): LoggedModelMetric[] => {
    const { modelId, key, value, step, timestamp, datasetName, datasetDigest } = metric;
    return modelId === null ? [] : [{ modelId, runId, key, value, step, timestamp, datasetName, datasetDigest }];
  }));
  await deps.ports.metrics.appendColumns(runId, series);
  await noteIfLate(deps, runId);
}

export const logBatch: Handler = async (call) => {
  requireKeepable([...call.query]);
  const { runId, params, tags, ...metrics } = await call.batches.read(await readBytes(call.request));
  if (params.size > 0 || tags.size > 0) await describeRun(call.deps.ports, call.viewer, { runId, params, tags, form: 'batch' });
  await logMetrics(call, runId, metrics);
  return {};
};

export const logMetric: Handler = async (call) => {
  const body = await bodyOf(call);
  const runId = runIdOf(parseFields(z.object(runIdFields), body));
  await logMetrics(call, runId, asColumns([metricFrom(body, '')]));
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
