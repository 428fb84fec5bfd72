import { badInput } from '../refusal.ts';
import { optionalText, requiredText } from '../richtext/plain-text.ts';

export type Direction = 'INCREASE' | 'DECREASE';
export const HYPOTHESIS_STATUSES = ['PROPOSED', 'TESTING', 'SUPPORTED', 'REFUTED', 'INCONCLUSIVE', 'ABANDONED'] as const;
export type HypothesisStatus = (typeof HYPOTHESIS_STATUSES)[number];

/** "We believe that CHANGE will move METRIC in DIRECTION by at least MIN EFFECT, because REASON", and what must not get worse. */
export interface HypothesisFields {
  readonly statement: string;
  readonly change: string | null;
  readonly because: string | null;
  readonly metric: string | null;
  readonly direction: Direction | null;
  /** In the metric's own unit, never negative: the direction says which way. */
  readonly minEffect: number | null;
  readonly guardrails: readonly string[];
}

/** What someone sent: undefined means "as it was", null means "none". */
export type HypothesisDraft = { readonly [Field in keyof HypothesisFields]?: HypothesisFields[Field] | null | undefined };

const MOST_GUARDRAILS = 20;

function metricNames(given: readonly string[]): readonly string[] {
  const names = given.map((name) => optionalText(name, { code: 'hypothesis/guardrail', name: 'A guardrail', maxLength: 250 })).filter((name) => name !== null);
  if (names.length > MOST_GUARDRAILS) throw badInput('hypothesis/guardrails-too-many', `At most ${MOST_GUARDRAILS} guardrail metrics can be watched.`);
  return [...new Set(names)];
}

function effect(given: number | null): number | null {
  if (given === null) return null;
  if (!Number.isFinite(given) || given < 0) throw badInput('hypothesis/min-effect', 'The minimum effect is a size, so it is zero or more; the direction says which way it goes.');
  return given;
}

const EMPTY: HypothesisFields = { statement: '', change: null, because: null, metric: null, direction: null, minEffect: null, guardrails: [] };

const or = <Value>(given: Value | undefined, before: Value): Value => (given === undefined ? before : given);

/**
 * Rules HY1–HY4: a statement is needed; the minimum effect is a size; the metric is not its own guardrail; blanks around texts do not count.
 * Everything else may be missing: grading says what that costs.
 */
export function hypothesisFrom(draft: HypothesisDraft, before: HypothesisFields = EMPTY): HypothesisFields {
  const metric = optionalText(or(draft.metric, before.metric), { code: 'hypothesis/metric', name: 'The metric', maxLength: 250 });
  const guardrails = metricNames(or(draft.guardrails, before.guardrails) ?? []);
  if (metric !== null && guardrails.includes(metric)) throw badInput('hypothesis/guardrail-is-metric', `${metric} is what the hypothesis moves, so it cannot also be a guardrail that must not get worse.`);
  return {
    statement: requiredText(or(draft.statement, before.statement), { code: 'hypothesis/statement', name: 'The statement', maxLength: 2000 }),
    change: optionalText(or(draft.change, before.change), { code: 'hypothesis/change', name: 'The change', maxLength: 1000 }),
    because: optionalText(or(draft.because, before.because), { code: 'hypothesis/because', name: 'The reason', maxLength: 5000 }),
    metric,
    direction: or(draft.direction, before.direction),
    minEffect: effect(or(draft.minEffect, before.minEffect)),
    guardrails,
  };
}

/** Whether what its experiments test is said differently: their verdict and evidence are then worked out again, and approvals go stale. */
export function changesEvidence(before: HypothesisFields, after: HypothesisFields): boolean {
  const said = (fields: HypothesisFields): string => JSON.stringify([fields.statement, fields.change, fields.because, fields.metric, fields.direction, fields.minEffect, fields.guardrails]);
  return said(before) !== said(after);
}

/** Whether what it predicts was changed: a prediction counts as stated when it was last changed, its wording does not. */
export const changesPrediction = (before: HypothesisFields, after: HypothesisFields): boolean =>
  before.metric !== after.metric || before.direction !== after.direction || before.minEffect !== after.minEffect;

/** What search finds a hypothesis by. */
export function hypothesisWords(fields: HypothesisFields): string {
  return [fields.change, fields.because, fields.metric, ...fields.guardrails].filter((part) => part !== null).join('\n');
}
