import { canonicalValue } from '../duplicates/canonical-config.ts';
import type { ExperimentDesign } from './design.ts';
import { CHANGE_KINDS, isSameValue, type ChangeKind, type Makeup } from './fingerprint.ts';

/** One item in which a treatment differs from the baseline; null where a side does not have it. */
export interface ChangedVariable {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Code first, then data, config and environment; by name within a kind. A param that is only written differently is not among them. */
export function changedVariables(baseline: Makeup, treatment: Makeup): ChangedVariable[] {
  return CHANGE_KINDS.flatMap((kind) => {
    const names = [...new Set([...baseline[kind].keys(), ...treatment[kind].keys()])].toSorted();
    return names
      .map((name) => ({ kind, name, from: baseline[kind].get(name) ?? null, to: treatment[kind].get(name) ?? null }))
      .filter(isChanged);
  });
}

/** Whether the two sides say something else. */
export const isChanged = ({ kind, name, from, to }: ChangedVariable): boolean => from !== to && !(kind === 'CONFIG' && from !== null && to !== null && isSameValue(name, from, to));

const MOST_VALUES_NAMED = 5;

/** The union over treatments: each variable once, with the values it takes in the treatments. */
export function unionOfChanges(perTreatment: readonly (readonly ChangedVariable[])[]): ChangedVariable[] {
  const byVariable = new Map<string, { readonly first: ChangedVariable; readonly values: Map<string | null, string | null> }>();
  for (const change of perTreatment.flat()) {
    const key = `${CHANGE_KINDS.indexOf(change.kind)} ${change.name}`;
    const known = byVariable.get(key);
    // As it was written first; looked up by what it says, as a sweep has thousands.
    const meant = change.kind === 'CONFIG' && change.to !== null ? canonicalValue(change.to, change.name) : change.to;
    if (!known) byVariable.set(key, { first: change, values: new Map([[meant, change.to]]) });
    else if (!known.values.has(meant)) known.values.set(meant, change.to);
  }
  return [...byVariable].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { first, values }]) => ({ ...first, to: joined([...values.values()]) }));
}

function joined(values: readonly (string | null)[]): string | null {
  const [only = null] = values;
  if (values.length === 1) return only;
  const named = values.slice(0, MOST_VALUES_NAMED).map((value) => value ?? 'absent').join(', ');
  return values.length > MOST_VALUES_NAMED ? `${named} and ${values.length - MOST_VALUES_NAMED} more` : named;
}

/** Designs that change several variables on purpose and take their effects apart. */
const TAKES_EFFECTS_APART: ReadonlySet<ExperimentDesign> = new Set(['FACTORIAL', 'ABLATION']);
const MOST_NAMED = 4;

/** One sentence when more than one variable changed without a design that takes their effects apart; null otherwise. */
export function attributionWarning(changed: readonly Pick<ChangedVariable, 'name'>[], design: ExperimentDesign): string | null {
  if (changed.length < 2 || TAKES_EFFECTS_APART.has(design)) return null;
  const named = changed.slice(0, MOST_NAMED).map(({ name }) => name).join(', ');
  const rest = changed.length > MOST_NAMED ? ` and ${changed.length - MOST_NAMED} more` : '';
  return `${changed.length} variables changed (${named}${rest}), so no effect can be put down to one of them. Change one at a time, or use an ablation or factorial design.`;
}
