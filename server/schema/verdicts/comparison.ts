import { builder } from '../builder.ts';
import { variantOf } from '../loaders.ts';
import { VariantRef } from '../types.ts';

const OUTCOMES = ['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE'] as const;
export const VerdictOutcomeEnum = builder.enumType('VerdictOutcome', { values: OUTCOMES });

/** A guardrail metric of a treatment against the baseline. */
export interface GuardrailResult { readonly metric: string; readonly status: string; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; readonly baselineMean: number | null }

/** One treatment against the baseline, as the analysis keeps it in the verdict's row. */
export interface Comparison {
  readonly variantId: string | null;
  readonly outcome: (typeof OUTCOMES)[number];
  readonly metric: string;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly pValue: number | null;
  readonly correctedP: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
  readonly runsNeeded: number | null;
  readonly method: string;
  readonly guardrails: readonly GuardrailResult[];
}

const record = (json: unknown): Record<string, unknown> => (typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {});
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function guardrailsFrom(json: unknown): GuardrailResult[] {
  if (!Array.isArray(json)) return [];
  return json.map(record).map((each) => ({ metric: text(each['metric']), status: text(each['status']) || 'unknown', effect: number(each['effect']), ciLow: number(each['ciLow']), ciHigh: number(each['ciHigh']), baselineMean: number(each['baselineMean']) }));
}

export function comparisonsFrom(json: unknown): Comparison[] {
  if (!Array.isArray(json)) return [];
  return json.map(record).map((each) => ({
    variantId: typeof each['variantId'] === 'string' ? each['variantId'] : null,
    outcome: OUTCOMES.find((outcome) => outcome === each['outcome']) ?? 'INCONCLUSIVE',
    metric: text(each['metric']),
    effect: number(each['effect']),
    ciLow: number(each['ciLow']),
    ciHigh: number(each['ciHigh']),
    pValue: number(each['pValue']),
    correctedP: number(each['correctedP']),
    baselineRuns: number(each['baselineRuns']) ?? 0,
    treatmentRuns: number(each['treatmentRuns']) ?? 0,
    runsNeeded: number(each['runsNeeded']),
    method: text(each['method']),
    guardrails: guardrailsFrom(each['guardrails']),
  }));
}

export const GuardrailResultRef = builder.objectRef<GuardrailResult>('GuardrailResult').implement({
  description: 'status: held, broken or unknown',
  fields: (t) => ({
    metric: t.exposeString('metric'),
    status: t.exposeString('status'),
    effect: t.exposeFloat('effect', { nullable: true }),
    ciLow: t.exposeFloat('ciLow', { nullable: true }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    baselineMean: t.exposeFloat('baselineMean', { nullable: true, description: 'Mean of the baseline\'s runs, in the metric\'s own direction.' }),
  }),
});

export const ComparisonRef = builder.objectRef<Comparison>('Comparison').implement({
  fields: (t) => ({
    outcome: t.field({ type: VerdictOutcomeEnum, resolve: (comparison) => comparison.outcome }),
    metric: t.exposeString('metric'),
    effect: t.exposeFloat('effect', { nullable: true }),
    ciLow: t.exposeFloat('ciLow', { nullable: true }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    pValue: t.exposeFloat('pValue', { nullable: true }),
    correctedP: t.exposeFloat('correctedP', { nullable: true }),
    baselineRuns: t.exposeInt('baselineRuns'),
    treatmentRuns: t.exposeInt('treatmentRuns'),
    runsNeeded: t.exposeInt('runsNeeded', { nullable: true }),
    method: t.exposeString('method'),
    variant: t.field({ type: VariantRef, nullable: true, resolve: async ({ variantId }, _, context) => (variantId === null ? null : ((await variantOf(context, variantId)) ?? null)) }),
    guardrails: t.field({ type: [GuardrailResultRef], resolve: (comparison) => [...comparison.guardrails] }),
  }),
});
