import type { CommonValue } from './common-values.ts';
import type { FilterPlace, Wanted } from './filter-place.ts';
import { numberIn } from './number-in.ts';
import { DATASET_ATTRIBUTES, isNumeric, isTime, mayBeNumber, RUN_ATTRIBUTES, valuesOf, type RunAttribute, type RunField } from './run-filter.ts';

/** A way to go on. `insert` takes the place of what was typed, with the space behind it where one follows. */
export interface Completion {
  readonly insert: string;
  /** What it is, in a word or two. */
  readonly detail: string;
}

/** What a list of completions holds at most. */
export const MOST_COMPLETIONS = 10;

/** In the order in which they are offered before anything is typed. */
const ATTRIBUTES: Readonly<Record<RunAttribute, string>> = {
  verdict: 'what came out', status: 'of the run', owner: 'of the experiment', experiment: 'its key', start_time: 'when it began', commit: 'of the code', seed: 'of the run', project: 'its short name',
  hypothesis_status: 'of the hypothesis', run_name: 'of the run', user_id: 'who ran it', end_time: 'when it ended', created_at: 'when it was recorded', excluded: 'left out of the evidence', archived: 'put away', variant: 'its id', run_id: 'its id', artifact_uri: 'where its files are',
};
const SENTENCES: readonly Completion[] = [
  { insert: 'dataset ', detail: 'used by the run' }, { insert: 'changed ', detail: 'against the baseline' }, { insert: 'ancestor of ', detail: 'an experiment' }, { insert: 'descendant of ', detail: 'an experiment' }, { insert: 'NOT ', detail: 'the opposite' },
];
const PREFIXES: readonly Completion[] = [{ insert: 'metrics.', detail: 'a metric\'s latest value' }, { insert: 'params.', detail: 'a param' }, { insert: 'tags.', detail: 'a tag' }];
const TEXT_COMPARISONS: readonly Completion[] = [{ insert: '= ', detail: 'is' }, { insert: '!= ', detail: 'is not' }, { insert: 'IN (', detail: 'one of a list' }, { insert: 'LIKE ', detail: 'a pattern' }, { insert: 'ILIKE ', detail: 'a pattern, in either case' }];
const NUMBER_COMPARISONS: readonly Completion[] = [{ insert: '> ', detail: 'more than' }, { insert: '>= ', detail: 'at least' }, { insert: '< ', detail: 'less than' }, { insert: '<= ', detail: 'at most' }, { insert: 'BETWEEN ', detail: 'a range' }];
const NULLS: readonly Completion[] = [{ insert: 'IS NULL ', detail: 'has none' }, { insert: 'IS NOT NULL ', detail: 'has one' }];
const TIMES: readonly Completion[] = [{ insert: 'now - 1d ', detail: 'a day ago' }, { insert: 'now - 7d ', detail: 'a week ago' }, { insert: 'now - 30d ', detail: '30 days ago' }];
const NEGATABLE = /^(?:IN|LIKE|ILIKE|BETWEEN)/;
const FLAGS: ReadonlySet<RunAttribute> = new Set(['excluded', 'archived']);

/** What the language itself has for a place. Names and values that runs have are asked for elsewhere. */
export function completionsOfLanguage({ wanted, typed }: FilterPlace): readonly Completion[] {
  const begins = typed.toLowerCase();
  return offered(wanted).filter(({ insert }) => insert.toLowerCase().startsWith(begins)).slice(0, MOST_COMPLETIONS);
}

function offered(wanted: Wanted): readonly Completion[] {
  switch (wanted.kind) {
    case 'condition': return conditions(wanted.of);
    case 'comparison': return comparisons(wanted.field, wanted.negated);
    case 'value': return choices(wanted);
    case 'variable': return ['param', 'code', 'data', 'environment'].map((insert) => ({ insert: `${insert} `, detail: 'what was changed' }));
    case 'word': return wanted.words.map((word) => ({ insert: `${word} `, detail: '' }));
    case 'variable-name': case 'experiment': return [];
  }
}

const named = (names: readonly RunAttribute[]): readonly Completion[] => names.map((name) => ({ insert: `${name} `, detail: ATTRIBUTES[name] }));
const inOrder = Object.keys(ATTRIBUTES).filter((name): name is RunAttribute => (RUN_ATTRIBUTES as readonly string[]).includes(name));

function conditions(of: RunField['kind'] | null): readonly Completion[] {
  switch (of) {
    case null: return [...PREFIXES, ...named(inOrder), ...SENTENCES];
    case 'attribute': return named(inOrder);
    case 'dataset': return DATASET_ATTRIBUTES.map((name) => ({ insert: `datasets.${name} `, detail: 'of the data' }));
    case 'metric': case 'param': case 'tag': return [];
  }
}

function comparisons(field: RunField, negated: boolean): readonly Completion[] {
  const fit = isNumeric(field) ? [...NUMBER_COMPARISONS, ...TEXT_COMPARISONS.slice(0, 3)] : valuesOf(field) ? TEXT_COMPARISONS.slice(0, 3) : [...TEXT_COMPARISONS, ...(mayBeNumber(field) ? NUMBER_COMPARISONS : [])];
  return negated ? fit.filter(({ insert }) => NEGATABLE.test(insert)) : [...fit, ...NULLS].slice(0, MOST_COMPLETIONS);
}

function choices({ field, within }: Extract<Wanted, { readonly kind: 'value' }>): readonly Completion[] {
  const values = field.kind === 'attribute' && FLAGS.has(field.name) ? ['true', 'false'] : (valuesOf(field) ?? []).map((value) => value.toLowerCase());
  return isTime(field) && within !== 'list' ? TIMES : values.map((value) => ({ insert: `${value}${within === 'list' ? '' : ' '}`, detail: '' }));
}

/** The names that are asked for: of which kinds, and what they are called in the list. */
export function namesWanted({ wanted, typed }: FilterPlace): readonly ('metric' | 'param' | 'tag')[] {
  if (wanted.kind === 'variable-name') return wanted.variable === 'CONFIG' ? ['param'] : [];
  if (wanted.kind !== 'condition' || wanted.of === 'attribute' || wanted.of === 'dataset') return [];
  return wanted.of === null ? (typed === '' ? [] : ['metric', 'param', 'tag']) : [wanted.of];
}

/** The field whose values are asked for; null where those of the language are all, or none can be offered. */
export function valuesWanted({ wanted }: FilterPlace): RunField | null {
  if (wanted.kind === 'experiment') return { kind: 'attribute', name: 'experiment' };
  return wanted.kind !== 'value' || isNumeric(wanted.field) || choices(wanted).length > 0 ? null : wanted.field;
}

const PREFIX_OF = { metric: 'metrics', param: 'params', tag: 'tags' } as const;
const PLAIN = /^[\p{L}\p{N}_./:@-]+$/u;
/** A name that begins so, or is one of these words, is no word of the language. */
const PLAIN_WORD = /^(?!(?:and|or|not)$)[\p{L}_][\p{L}\p{N}_./:@-]*$/iu;

/** How a name is written at the place. */
export function nameCompletion({ wanted }: FilterPlace, kind: 'metric' | 'param' | 'tag', name: string): Completion {
  const quoted = `\`${name.replaceAll('`', '``')}\``;
  if (wanted.kind === 'variable-name') return { insert: `${PLAIN_WORD.test(name) ? name : quoted} `, detail: kind };
  return { insert: `${PREFIX_OF[kind]}.${PLAIN.test(name) ? name : quoted} `, detail: kind };
}

/** How a value is written at the place; null for a text where numbers are compared. */
export function valueCompletion({ wanted }: FilterPlace, { value, runs }: CommonValue): Completion | null {
  const detail = `${runs.toLocaleString('en-US')} ${runs === 1 ? 'run' : 'runs'}`;
  if (wanted.kind !== 'value') return { insert: `${value} `, detail };
  const isNumber = mayBeNumber(wanted.field) && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) && numberIn(value) !== undefined;
  const asNumber = wanted.within === 'range' || (wanted.comparator !== null && wanted.comparator !== '=' && wanted.comparator !== '!=');
  if (asNumber && !isNumber) return null;
  return { insert: `${isNumber ? value : `'${value.replaceAll('\'', '\'\'')}'`}${wanted.within === 'list' ? '' : ' '}`, detail };
}
