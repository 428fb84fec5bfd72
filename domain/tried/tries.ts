import { canonicalValue } from '../duplicates/canonical-config.ts';
import { isChanged, type ChangedVariable } from '../experiments/changed-variables.ts';
import { CHANGE_KINDS, type ChangeKind } from '../experiments/fingerprint.ts';
import { holdsWords, type Reading, type Variable } from './touches.ts';
import { byValue } from './value.ts';

/** By what an experiment was found. */
export const FOUND_BY = ['VARIABLE', 'VALUE', 'EXPERIMENT', 'HYPOTHESIS', 'NOTE', 'THREAD'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

/** A variant of an experiment, as far as it says what was tried. */
export interface TriedVariant {
  readonly variantId: string;
  readonly experimentId: string;
  readonly isBaseline: boolean;
  /** Whether the experiment has a baseline that it is held against. */
  readonly hasBaseline: boolean;
  /** Of what it changed against the baseline, at least all that can matter here. */
  readonly changed: readonly ChangedVariable[];
  /** How many variables it changed in all. */
  readonly changedCount: number;
  /** Where there is no baseline: the asked params that it has. */
  readonly params: readonly { readonly key: string; readonly value: string }[];
}

/** One thing that was tried: a variant with the value it gave the variable. */
export interface Try {
  readonly variantId: string;
  readonly experimentId: string;
  readonly variable: Variable;
  /** Canonical; null where the variant does not have it. */
  readonly value: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** How many other variables this variant changed: with any, no effect can be put down to this one. */
  readonly alsoChanged: number;
  readonly foundBy: 'VARIABLE' | 'VALUE';
}

const keyOf = ({ kind, name }: Variable): string => `${kind} ${name}`;

/**
 * What of these variants touched what was asked about. Of a treatment, what it changed against its baseline; without a baseline, every variant with the value it has,
 * where the experiment's variants differ in it. The baseline's own value is the `from` of the others, and no try of its own.
 */
export function triesOf(about: string, reading: Reading, variants: readonly TriedVariant[]): Try[] {
  const asked = new Set(reading.variables.map(keyOf));
  const [against, alone] = [variants.filter(({ hasBaseline, isBaseline }) => hasBaseline && !isBaseline), variants.filter(({ hasBaseline }) => !hasBaseline)];
  const foundBy = ({ kind, name, from, to }: ChangedVariable): Try['foundBy'] | null => (asked.has(keyOf({ kind, name })) ? 'VARIABLE' : reading.kind === 'TOPIC' && hasValue(about, kind, [from, to]) ? 'VALUE' : null);
  return [
    ...against.flatMap((variant) => variant.changed.filter(isChanged).flatMap((change): Try[] => {
      const by = foundBy(change);
      return by ? [tryOf(variant, change, by)] : [];
    })),
    ...[...Map.groupBy(alone, ({ experimentId }) => experimentId).values()].flatMap((own) => reading.variables.filter(({ kind }) => kind === 'CONFIG').flatMap(({ kind, name }) => {
      const values = own.map(({ params }) => params.find(({ key }) => key === name)?.value ?? null);
      return new Set(values.map((value) => valueOf(name, value))).size < 2 ? [] : own.map((variant, at) => tryOf(variant, { kind, name, from: null, to: values[at] ?? null }, 'VARIABLE'));
    })),
  ];
}

/** One value for all its spellings; null is "not set". */
const valueOf = (name: string, text: string | null): string | null => (text === null ? null : canonicalValue(text, name));

const tryOf = ({ variantId, experimentId, changedCount }: TriedVariant, { kind, name, from, to }: ChangedVariable, foundBy: Try['foundBy']): Try =>
  ({ variantId, experimentId, variable: { kind, name }, value: valueOf(name, to), from, to, alsoChanged: Math.max(0, changedCount - 1), foundBy });

/** Digests and commits hold no words. */
const hasValue = (about: string, kind: ChangeKind, values: readonly (string | null)[]): boolean => kind === 'CONFIG' && values.some((value) => value !== null && holdsWords(about, value));

/** By variable in the order they were read, values in order within it; what is equal keeps its order. */
export function inValueOrder<Each extends Pick<Try, 'variable' | 'value'>>(tries: readonly Each[], variables: readonly Variable[]): Each[] {
  const places = new Map(variables.map((variable, at) => [keyOf(variable), at]));
  const placeOf = (each: Each): number => places.get(keyOf(each.variable)) ?? variables.length;
  const kindOf = (each: Each): number => CHANGE_KINDS.indexOf(each.variable.kind);
  return tries.toSorted((a, b) => placeOf(a) - placeOf(b) || kindOf(a) - kindOf(b) || (a.variable.name < b.variable.name ? -1 : Number(a.variable.name > b.variable.name)) || byValue(a.value, b.value));
}
