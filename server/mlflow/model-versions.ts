import { z } from 'zod';
import { createModelVersion as make, deleteVersion, deleteVersionTag, describeVersion, setVersionTag, transitionStage as moveToStage } from '../../operations/models/model-versions.ts';
import { unknownVersion } from '../../operations/models/reach.ts';
import { fieldsOf, type Call, type Handler } from './call.ts';
import { meets, type Condition } from './condition.ts';
import { count, flag, needed, pairMap, pairs, text, texts } from './fields.ts';
import { parseFilter, parseOrder, sorted } from './filter.ts';
import { checkRegistryTag } from './limits.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { invalid } from './problem.ts';
import { loadRegisteredModels, searchedTag, versionAnswer, withoutPrompts, type RegisteredRow, type VersionRow } from './registered-model-answer.ts';
import { checkDescription, versionNumber } from './registered-models.ts';
import { listed } from './run-answer.ts';

async function findVersion(call: Call, name: string, number: number): Promise<{ readonly model: RegisteredRow; readonly version: VersionRow }> {
  const [model] = await loadRegisteredModels(call, name);
  const version = model?.versions.find((each) => each.version === number);
  if (!model || !version) throw unknownVersion(name, number);
  return { model, version };
}

async function answerFor(call: Call, name: string, number: number): Promise<object> {
  const { model, version } = await findVersion(call, name, number);
  return { model_version: versionAnswer(model, version) };
}

const createFields = z.object({
  name: needed, source: needed, run_id: text.optional(), tags: pairs.optional(), run_link: text.optional(), description: text.optional(), model_id: text.optional(),
});
export const createModelVersion: Handler = async (call) => {
  const fields = await fieldsOf(call, createFields);
  const number = await make(call.deps.ports, call.viewer, {
    name: fields.name,
    source: checkSource(fields.source),
    runId: fields.run_id || null,
    modelId: fields.model_id || null,
    description: checkDescription(fields.description),
    tags: pairMap(fields.tags, 'tags', checkRegistryTag),
  });
  return answerFor(call, fields.name, number);
};

/** No source may climb out of where it says it is, however it is encoded. */
function checkSource(source: string): string {
  let plain = source;
  for (let rounds = 0; rounds < 5; rounds += 1) plain = decoded(plain);
  if (plain.split(/[/\\]/).includes('..') || plain.includes('\0')) {
    throw invalid(`Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`);
  }
  if (/^(?:file:|\/|\.)/i.test(source) || !/^[a-z][a-z0-9+.-]*:/i.test(source)) {
    throw invalid(`Invalid model version source: '${source}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`);
  }
  return source;
}

function decoded(given: string): string {
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}

const versionFields = z.object({ name: needed, version: needed });
export const getModelVersion: Handler = async (call) => {
  const { name, version } = await fieldsOf(call, versionFields);
  return answerFor(call, name, versionNumber(version));
};

export const updateModelVersion: Handler = async (call) => {
  const fields = await fieldsOf(call, z.object({ name: needed, version: needed, description: text.optional() }));
  const version = versionNumber(fields.version);
  await describeVersion(call.deps.ports, call.viewer, { name: fields.name, version, description: checkDescription(fields.description) });
  return answerFor(call, fields.name, version);
};

/** MLflow's stages by their names in small letters. */
const STAGES: Readonly<Record<string, string>> = { none: 'None', staging: 'Staging', production: 'Production', archived: 'Archived' };

export const transitionStage: Handler = async (call) => {
  const fields = await fieldsOf(call, z.object({ name: needed, version: needed, stage: needed, archive_existing_versions: flag.optional() }));
  const stage = STAGES[fields.stage.toLowerCase()];
  if (!stage) throw invalid(`Invalid Model Version stage: ${fields.stage}. Value must be one of None, Staging, Production, Archived.`);
  const version = versionNumber(fields.version);
  await moveToStage(call.deps.ports, call.viewer, { name: fields.name, version, stage, archiveOthers: fields.archive_existing_versions ?? false });
  return answerFor(call, fields.name, version);
};

export const deleteModelVersion: Handler = async (call) => {
  const { name, version } = await fieldsOf(call, versionFields);
  await deleteVersion(call.deps.ports, call.viewer, { name, version: versionNumber(version) });
  return {};
};

/** Where a client fetches the files from: the source, or the folder of the logged model it names. */
export const getDownloadUri: Handler = async (call) => {
  const fields = await fieldsOf(call, versionFields);
  const { version } = await findVersion(call, fields.name, versionNumber(fields.version));
  return { artifact_uri: version.source };
};

const tagFields = z.object({ name: needed, version: needed, key: needed, value: text.optional() });
export const setTag: Handler = async (call) => {
  const { name, version, key, value } = await fieldsOf(call, tagFields);
  await setVersionTag(call.deps.ports, call.viewer, { name, version: versionNumber(version), key, value: checkRegistryTag(key, value ?? '') });
  return {};
};

export const deleteTag: Handler = async (call) => {
  const { name, version, key } = await fieldsOf(call, tagFields);
  await deleteVersionTag(call.deps.ports, call.viewer, { name, version: versionNumber(version), key });
  return {};
};

const ORDER_KEYS = ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'] as const;
const RULES = { attributes: ['name', 'version_number', 'run_id', 'source_path', 'model_id'], numeric: ['version_number'], entities: ['tag'] } as const;
const MOST = 200_000;
const searchFields = z.object({ filter: text.optional(), max_results: count.optional(), order_by: texts.optional(), page_token: text.optional() });

interface Pair { readonly model: RegisteredRow; readonly version: VersionRow }

export const searchModelVersions: Handler = async (call) => {
  const fields = await fieldsOf(call, searchFields);
  const size = fields.max_results ?? MOST;
  if (size < 1) throw invalid(`Invalid value for max_results. It must be a positive integer, but got ${size}`);
  if (size > MOST) throw invalid(`Invalid value for request parameter max_results. It must be at most ${MOST}, but got value ${size}`);
  const conditions = withoutPrompts(parseFilter(fields.filter, RULES));
  const orders = parseOrder(fields.order_by, ORDER_KEYS);
  const offset = offsetFrom(fields.page_token);
  const all = (await loadRegisteredModels(call)).flatMap((model) => model.versions.map((version): Pair => ({ model, version })));
  const found = all.filter((each) => conditions.every((condition) => meets(valueAt(each, condition), condition)));
  const byDefault = orders.length > 0 ? [] : [{ key: 'last_updated_timestamp', descending: true }];
  const ordered = sorted(found, [...orders, ...byDefault, { key: 'name', descending: false }, { key: 'version_number', descending: true }], orderValue);
  const page = ordered.slice(offset, offset + size).map(({ model, version }) => versionAnswer(model, version));
  return { ...listed('model_versions', page), ...(offset + size < ordered.length ? { next_page_token: tokenFor(offset + size) } : {}) };
};

function valueAt({ model, version }: Pair, { entity, key }: Condition): string | number | null | undefined {
  if (entity === 'tag') return searchedTag(version.tags, key);
  return { name: model.name, version_number: version.version, run_id: version.runId, source_path: version.source, model_id: version.modelId }[key];
}

function orderValue({ model, version }: Pair, key: string): string | number {
  if (key === 'name') return model.name;
  if (key === 'version_number') return version.version;
  return key === 'creation_timestamp' ? version.createdAt.getTime() : version.updatedAt.getTime();
}
