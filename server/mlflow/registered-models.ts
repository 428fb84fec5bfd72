import { z } from 'zod';
import { createRegisteredModel as make, deleteAlias as unsetAlias, deleteRegisteredModel as drop, deleteRegisteredModelTag, describeRegisteredModel, renameRegisteredModel as rename, setAlias as pointAlias, setRegisteredModelTag } from '../../operations/models/registered-models.ts';
import { unknownRegisteredModel } from '../../operations/models/reach.ts';
import { fieldsOf, type Call, type Handler } from './call.ts';
import { meets } from './condition.ts';
import { count, needed, pairMap, pairs, text, texts } from './fields.ts';
import { parseFilter, parseOrder, sorted } from './filter.ts';
import { checkRegistryTag, requireAlias, requireRegisteredModelName } from './limits.ts';
import { offsetFrom, tokenFor } from './page-token.ts';
import { invalid } from './problem.ts';
import { aliasedVersion, latestVersions, loadRegisteredModels, registeredAnswer, searchedTag, versionAnswer, withoutPrompts, type RegisteredRow } from './registered-model-answer.ts';
import { listed } from './run-answer.ts';

/** MLflow's limit, in characters, comes from its database; ours is generous. */
const LONGEST_DESCRIPTION = 100_000;
export function checkDescription(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (given.length > LONGEST_DESCRIPTION) throw invalid(`'description' exceeds the maximum length of ${LONGEST_DESCRIPTION} characters`);
  return given;
}

export async function findRegistered(call: Call, name: string): Promise<RegisteredRow> {
  const [model] = await loadRegisteredModels(call, name);
  if (!model) throw unknownRegisteredModel(name);
  return model;
}

const createFields = z.object({ name: needed, tags: pairs.optional(), description: text.optional() });
export const createRegisteredModel: Handler = async (call) => {
  const { name, tags, description } = await fieldsOf(call, createFields);
  requireRegisteredModelName(name);
  await make(call.deps.ports, call.viewer, { name, description: checkDescription(description), tags: pairMap(tags, 'tags', checkRegistryTag) });
  return { registered_model: registeredAnswer(await findRegistered(call, name)) };
};

const nameFields = z.object({ name: needed });
export const getRegisteredModel: Handler = async (call) => ({ registered_model: registeredAnswer(await findRegistered(call, (await fieldsOf(call, nameFields)).name)) });

export const updateRegisteredModel: Handler = async (call) => {
  const { name, description } = await fieldsOf(call, z.object({ name: needed, description: text.optional() }));
  await describeRegisteredModel(call.deps.ports, call.viewer, { name, description: checkDescription(description) });
  return { registered_model: registeredAnswer(await findRegistered(call, name)) };
};

export const renameRegisteredModel: Handler = async (call) => {
  const { name, new_name: newName } = await fieldsOf(call, z.object({ name: needed, new_name: needed }));
  requireRegisteredModelName(newName, 'new_name');
  await rename(call.deps.ports, call.viewer, { name, newName });
  return { registered_model: registeredAnswer(await findRegistered(call, newName)) };
};

export const deleteRegisteredModel: Handler = async (call) => {
  await drop(call.deps.ports, call.viewer, (await fieldsOf(call, nameFields)).name);
  return {};
};

const ATTRIBUTES = ['name', 'creation_timestamp', 'last_updated_timestamp', 'timestamp'] as const;
const searchFields = z.object({ filter: text.optional(), max_results: count.optional(), order_by: texts.optional(), page_token: text.optional() });
const MOST = 1000;

export const searchRegisteredModels: Handler = async (call) => {
  const fields = await fieldsOf(call, searchFields);
  const size = fields.max_results ?? 100;
  if (size < 1) throw invalid(`Invalid value for max_results. It must be a positive integer, but got ${size}`);
  if (size > MOST) throw invalid(`Invalid value for request parameter max_results. It must be at most ${MOST}, but got value ${size}`);
  const conditions = withoutPrompts(parseFilter(fields.filter, { attributes: ['name'], numeric: [], entities: ['tag'] }));
  const orders = parseOrder(fields.order_by, ATTRIBUTES);
  const offset = offsetFrom(fields.page_token);
  const models = (await loadRegisteredModels(call)).filter((model) => conditions.every((condition) => meets(condition.entity === 'tag' ? searchedTag(model.tags, condition.key) : model.name, condition)));
  const ordered = sorted(models, [...orders, { key: 'name', descending: false }], (model, key) => (key === 'name' ? model.name : key === 'creation_timestamp' ? model.createdAt.getTime() : model.updatedAt.getTime()));
  return { ...listed('registered_models', ordered.slice(offset, offset + size).map(registeredAnswer)), ...(offset + size < ordered.length ? { next_page_token: tokenFor(offset + size) } : {}) };
};

export const getLatestVersions: Handler = async (call) => {
  const { name, stages } = await fieldsOf(call, z.object({ name: needed, stages: texts.optional() }));
  const model = await findRegistered(call, name);
  return listed('model_versions', latestVersions(model, stages).map((version) => versionAnswer(model, version)));
};

const tagFields = z.object({ name: needed, key: needed, value: text.optional() });
export const setTag: Handler = async (call) => {
  const { name, key, value } = await fieldsOf(call, tagFields);
  await setRegisteredModelTag(call.deps.ports, call.viewer, { name, key, value: checkRegistryTag(key, value ?? '') });
  return {};
};

export const deleteTag: Handler = async (call) => {
  const { name, key } = await fieldsOf(call, tagFields);
  await deleteRegisteredModelTag(call.deps.ports, call.viewer, { name, key });
  return {};
};

/** A version's number as it travels: text. */
export function versionNumber(given: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(given) || Math.abs(Number(given)) > 2 ** 31 - 1) throw invalid(`Parameter 'version' must be an integer, got '${given}'.`);
  return Number(given);
}

export const setAlias: Handler = async (call) => {
  const { name, alias, version } = await fieldsOf(call, z.object({ name: needed, alias: needed, version: needed }));
  requireRegisteredModelName(name);
  requireAlias(alias);
  await pointAlias(call.deps.ports, call.viewer, { name, alias, version: versionNumber(version) });
  return {};
};

const aliasFields = z.object({ name: needed, alias: needed });
export const deleteAlias: Handler = async (call) => {
  await unsetAlias(call.deps.ports, call.viewer, await fieldsOf(call, aliasFields));
  return {};
};

export const getVersionByAlias: Handler = async (call) => {
  const { name, alias } = await fieldsOf(call, aliasFields);
  const model = await findRegistered(call, name);
  const version = aliasedVersion(model, alias);
  if (!version) throw invalid(`Registered model alias ${alias} not found.`);
  return { model_version: versionAnswer(model, version) };
};
