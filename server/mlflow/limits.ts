import { pythonText } from '../../domain/runs/params.ts';
import { invalid, type MlflowProblem } from './problem.ts';
import { cut, jsonText, lengthOf, normalPath } from './python-text.ts';

// MLflow's limits and the sentences it refuses with. Source: mlflow/utils/validation.py of 3.17.

const MOST = { metrics: 1000, params: 100, tags: 100, all: 1000 } as const;
const KEY_LENGTH = 250;
const PARAM_LENGTH = 6000;
export const TAG_LENGTH = 8000;
const EXPERIMENT_TAG_LENGTH = 20_000;
const REGISTRY_TAG_LENGTH = 100_000;
const EXPERIMENT_NAME_LENGTH = 500;

export const invalidValue = (path: string, value: unknown, why = ''): MlflowProblem => invalid(`Invalid value ${jsonText(value)} for parameter '${path}' supplied${why === '' ? '.' : `: ${why}`}`);
export const missingValue = (path: string): MlflowProblem => invalid(`Missing value for required parameter '${path}'. See the API docs for more information about request parameters.`);
const tooLong = (name: string, limit: number): MlflowProblem => invalid(`'${name}' exceeds the maximum length of ${limit} characters`);

const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_\-. :]*$/;
/** Python's \w is letters, digits and underscores of every script; its $ allows one final line break. */
const NAME = /^[/\p{L}\p{N}_.\- :]*\n?$/u;
const NAMES_HOLD = 'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

/** The rule for names of metrics, params and tags. */
function requireName(name: string, path: string): void {
  if (PLAIN_NAME.test(name)) return;
  if (!NAME.test(name)) throw invalidValue(path, name, NAMES_HOLD);
  const normal = normalPath(name);
  if (normal !== name || normal === '.' || normal.startsWith('..') || normal.startsWith('/')) {
    throw invalidValue(path, name, `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${pythonText(normal)}`);
  }
}

function requireLength(name: string, limit: number, text: string): void {
  if (lengthOf(text, limit) > limit) throw tooLong(name, limit);
}

/** MLflow cuts long values by default (MLFLOW_TRUNCATE_LONG_VALUES). */
const truncated = (text: string, limit: number): string => (lengthOf(text, limit) > limit ? cut(text, limit) : text);

const at = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);

export function requireMetricName(key: string, path = ''): void {
  requireName(key, at(path, 'name'));
  requireLength('Metric name', KEY_LENGTH, key);
}

/** Answers the value as it is kept. */
export function checkParam(key: string, value: string, path = ''): string {
  requireName(key, at(path, 'key'));
  requireLength('Param key', KEY_LENGTH, key);
  return truncated(value, PARAM_LENGTH);
}

/** Answers the value as it is kept. */
export function checkTag(key: string, value: string, path = ''): string {
  requireName(key, at(path, 'key'));
  requireLength(at(path, 'key'), KEY_LENGTH, key);
  return truncated(value, TAG_LENGTH);
}

export function checkExperimentTag(key: string, value: string): string {
  requireName(key, 'key');
  requireLength('key', KEY_LENGTH, key);
  requireLength('value', EXPERIMENT_TAG_LENGTH, value);
  return value;
}

export function checkRegistryTag(key: string, value: string): string {
  requireName(key, 'key');
  requireLength('key', KEY_LENGTH, key);
  requireLength('value', REGISTRY_TAG_LENGTH, value);
  return value;
}

export function requireExperimentName(name: string): void {
  requireLength('name', EXPERIMENT_NAME_LENGTH, name);
  if (name.trim() === '') throw invalid(`Invalid experiment name: '${name}'`);
}

/** How many may come at once; checked after each of them, as MLflow does. */
export function requireBatchSize(counts: { readonly metrics: number; readonly params: number; readonly tags: number }): void {
  requireCount('metrics', counts.metrics, MOST.metrics);
  requireCount('params', counts.params, MOST.params);
  requireCount('tags', counts.tags, MOST.tags);
  requireCount('metrics, params, and tags', counts.metrics + counts.params + counts.tags, MOST.all);
}

function requireCount(what: string, count: number, limit: number): void {
  if (count > limit) throw invalid(`A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`);
}

/** Each key once in a batch. */
export function requireUniqueParams(keys: readonly string[]): void {
  const seen = new Set<string>();
  const twice = keys.filter((key) => seen.size === seen.add(key).size);
  if (twice.length > 0) throw invalid(`Duplicate parameter keys have been submitted: [${twice.map(pythonText).join(', ')}]. Please ensure the request contains only one param value per param key.`);
}

const RUN_ID = /^[a-zA-Z0-9][\w-]{0,255}$/;
export function requireRunId(runId: string): void {
  if (!RUN_ID.test(runId)) throw invalidValue('run_id', runId);
}

export function requireRegisteredModelName(name: string, parameter = 'name'): void {
  if (name.trim() === '') throw invalid(`Missing value for required parameter '${parameter}'.`);
  if (/[/:]/.test(name)) throw invalid(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  const normal = normalPath(name);
  if (normal !== name || normal === '.' || normal.startsWith('..')) throw invalidValue('name', name, `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${pythonText(normal)}`);
}

export function requireLoggedModelName(name: string): void {
  if (/[/:.%"']/.test(name)) {
    throw invalid(`Invalid model name (${pythonText(name)}) provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`);
  }
}

export function requireAlias(alias: string): void {
  if (!/^[\p{L}\p{N}_-]*$/u.test(alias)) throw invalid(`Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`);
  requireLength('Registered model alias name', 255, alias);
  if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^[vV]\d+$/.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
}
