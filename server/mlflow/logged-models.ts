import { z } from 'zod';
import { artifactPath } from '../../domain/artifacts/artifact-path.ts';
import { addLoggedModelParams, createLoggedModel as makeModel, deleteLoggedModel as setDeleted, deleteLoggedModelTag, finalizeLoggedModel as setStatus, setLoggedModelTags } from '../../operations/models/logged-models.ts';
import type { LoggedModelStatus } from '../../operations/ports/models.ts';
import { listFolder, listingAnswer, requireReadable } from './artifact-owner.ts';
import { fieldsOf, type Handler } from './call.ts';
import { experimentNumber } from './experiments.ts';
import { needed, pairMap, pairs, text } from './fields.ts';
import { checkParam, checkTag, invalidValue, requireLoggedModelName } from './limits.ts';
import { loadLoggedModels, modelLocation } from './logged-model-answer.ts';
import { invalid, MlflowProblem } from './problem.ts';
import { sendArtifact } from './send-artifact.ts';
import { unknownLoggedModel } from '../../operations/models/reach.ts';
import type { Call } from './call.ts';

const createFields = z.object({ experiment_id: needed, name: text.optional(), model_type: text.optional(), source_run_id: text.optional(), params: pairs.optional(), tags: pairs.optional() });
export const createLoggedModel: Handler = async (call) => {
  const fields = await fieldsOf(call, createFields);
  requireLoggedModelName(fields.name ?? '');
  const id = await makeModel(call.deps.ports, call.viewer, {
    mlflowExperimentId: experimentNumber(fields.experiment_id),
    name: fields.name || null,
    modelType: checkTag('model_type', fields.model_type ?? ''),
    sourceRunId: fields.source_run_id || null,
    params: pairMap(fields.params, 'params', checkParam),
    tags: pairMap(fields.tags, 'tags', checkTag),
  });
  return { model: await findModel(call, id, false) };
};

async function findModel(call: Call, id: string, deletedToo: boolean): Promise<object> {
  const [model] = await loadLoggedModels(call, { id, ...(deletedToo ? {} : { deletedAt: null }) });
  if (!model) throw unknownLoggedModel(id);
  return model.answer;
}

const idOf = (call: Call): string => {
  const id = call.path['model_id'] ?? '';
  if (!/^m-[0-9a-f]{32}$/.test(id)) throw unknownLoggedModel(id);
  return id;
};

export const getLoggedModel: Handler = async (call) => ({ model: await findModel(call, idOf(call), call.query.get('allow_deleted')?.toLowerCase() === 'true') });

const STATUSES: Readonly<Record<string, LoggedModelStatus>> = {
  1: 'LOGGED_MODEL_PENDING', 2: 'LOGGED_MODEL_READY', 3: 'LOGGED_MODEL_UPLOAD_FAILED',
  LOGGED_MODEL_PENDING: 'LOGGED_MODEL_PENDING', LOGGED_MODEL_READY: 'LOGGED_MODEL_READY', LOGGED_MODEL_UPLOAD_FAILED: 'LOGGED_MODEL_UPLOAD_FAILED',
};
export const finalizeLoggedModel: Handler = async (call) => {
  const { status: given } = await fieldsOf(call, z.object({ status: z.union([z.string().min(1), z.number()]) }));
  const status = STATUSES[given];
  if (!status) throw invalidValue('status', given, 'A status is LOGGED_MODEL_PENDING, LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED.');
  const id = idOf(call);
  await setStatus(call.deps.ports, call.viewer, { id, status });
  return { model: await findModel(call, id, true) };
};

export const deleteLoggedModel: Handler = async (call) => {
  await setDeleted(call.deps.ports, call.viewer, idOf(call));
  return {};
};

export const logLoggedModelParams: Handler = async (call) => {
  const { params } = await fieldsOf(call, z.object({ params: pairs.optional() }));
  await addLoggedModelParams(call.deps.ports, call.viewer, { id: idOf(call), params: pairMap(params, 'params', checkParam) });
  return {};
};

export const setTags: Handler = async (call) => {
  const { tags } = await fieldsOf(call, z.object({ tags: pairs.optional() }));
  await setLoggedModelTags(call.deps.ports, call.viewer, { id: idOf(call), tags: pairMap(tags, 'tags', checkTag) });
  return {};
};

export const deleteTag: Handler = async (call) => {
  await deleteLoggedModelTag(call.deps.ports, call.viewer, { id: idOf(call), key: call.path['tag_key'] ?? '' });
  return {};
};

/** A folder of the model's files. */
export const listFiles: Handler = async (call) => {
  const { artifact_directory_path: folder } = await fieldsOf(call, z.object({ artifact_directory_path: text.optional() }));
  const owner = { kind: 'model', id: idOf(call) } as const;
  await requireReadable(call, owner);
  const path = artifactPath(folder ?? '');
  const [model] = await loadLoggedModels(call, { id: owner.id });
  return listingAnswer(model ? modelLocation(model.row) : '', await listFolder(call, { owner, path }));
};

/** One of the model's files. */
export const getFile: Handler = async (call) => {
  const file = call.query.get('artifact_file_path');
  if (!file) throw new MlflowProblem('BAD_REQUEST', 'Request must include the "artifact_file_path" query parameter.');
  const owner = { kind: 'model', id: idOf(call) } as const;
  await requireReadable(call, owner);
  const path = artifactPath(file);
  if (path === '') throw invalid('Invalid path');
  return sendArtifact(call, { owner, path });
};
