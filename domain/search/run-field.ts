import { badFilter } from './filter-tokens.ts';
import { DATASET_ATTRIBUTES, RUN_ATTRIBUTES, type DatasetAttribute, type RunAttribute, type RunField } from './run-filter.ts';
import type { TokenReader } from './token-reader.ts';

/** MLflow's prefixes with the short forms it takes for them. */
const PREFIXES: Readonly<Record<string, RunField['kind']>> = {
  metric: 'metric', metrics: 'metric', param: 'param', params: 'param', parameter: 'param', parameters: 'param', tag: 'tag', tags: 'tag',
  attribute: 'attribute', attributes: 'attribute', attr: 'attribute', run: 'attribute', dataset: 'dataset', datasets: 'dataset',
};
/** Other names MLflow takes for an attribute. */
const ATTRIBUTE_ALIASES: Readonly<Record<string, RunAttribute>> = {
  name: 'run_name', 'run name': 'run_name', created: 'start_time', start: 'start_time', end: 'end_time', user: 'user_id', id: 'run_id', artifact_location: 'artifact_uri',
  hypothesis: 'hypothesis_status', code_commit: 'commit', random_seed: 'seed', random_state: 'seed',
};
/** What kind of field `metrics.` and its like name; null for what is no prefix. */
export const kindOfPrefix = (prefix: string): RunField['kind'] | null => PREFIXES[prefix.toLowerCase()] ?? null;

const FIELD = 'a field such as metrics.accuracy, params.lr, tags.team, attributes.status or datasets.name';

const isAttribute = (name: string): name is RunAttribute => (RUN_ATTRIBUTES as readonly string[]).includes(name);
const isDatasetAttribute = (name: string): name is DatasetAttribute => (DATASET_ATTRIBUTES as readonly string[]).includes(name);

/** Reads `metrics.accuracy`, `params."learning rate"`, tags.`mlflow.user`, or the bare name of an attribute. */
export function readField(reader: TokenReader): RunField {
  const token = reader.peek();
  if (token.kind !== 'word') return token.kind === 'name' ? attribute(reader.next().at, token.value) : reader.expected(FIELD);
  reader.next();
  const dot = token.text.indexOf('.');
  if (dot < 0) return /^datasets?$/i.test(token.text) ? { kind: 'dataset', name: 'name' } : attribute(token.at, token.text);
  if (/^hypothesis\.status$/i.test(token.text)) return { kind: 'attribute', name: 'hypothesis_status' };
  const kind = PREFIXES[token.text.slice(0, dot).toLowerCase()];
  if (!kind) throw badFilter(token.at, `expected ${FIELD}, found ${token.text.slice(0, 60)}.`);
  return fieldOf(kind, token.at, token.text.slice(dot + 1) || quotedKey(reader, token.text, token.at + token.text.length));
}

/** The quoted key that follows `metrics.` without a space. */
function quotedKey(reader: TokenReader, prefix: string, end: number): string {
  const token = reader.peek();
  if ((token.kind !== 'name' && token.kind !== 'string') || token.at !== end) throw badFilter(end, `expected a name after ${prefix}`);
  if (token.value === '') throw badFilter(end, `expected a name after ${prefix} and found an empty one.`);
  reader.next();
  return token.value;
}

function fieldOf(kind: RunField['kind'], at: number, key: string): RunField {
  if (kind === 'attribute') return attribute(at, key);
  if (kind !== 'dataset') return { kind, key };
  const name = key.toLowerCase();
  if (!isDatasetAttribute(name)) throw badFilter(at, `a dataset has ${DATASET_ATTRIBUTES.join(', ')}; ${key} is none of them.`);
  return { kind, name };
}

function attribute(at: number, text: string): RunField {
  const name = ATTRIBUTE_ALIASES[text.toLowerCase()] ?? text.toLowerCase();
  if (!isAttribute(name)) throw badFilter(at, `${text.slice(0, 60)} is no attribute of a run. Attributes are ${RUN_ATTRIBUTES.join(', ')}; everything else needs its prefix: metrics., params., tags. or datasets.`);
  return { kind: 'attribute', name };
}
