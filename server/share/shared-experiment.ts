import type { SharedApproval, SharedCurve, SharedExperiment, SharedVariant, SharedVerdict } from '../../contracts/share-page.ts';
import { attributionWarning } from '../../domain/experiments/changed-variables.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { readCurves } from '../../operations/metrics/read-curves.ts';
import type { Redaction } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { changedFrom } from '../schema/experiments/changed-variable.ts';
import { approvalFor, staleReasonFor } from '../schema/experiments/experiment-approval.ts';
import { experimentKey } from '../schema/experiments/experiment.ts';
import { NO_RUNS, runCountsOf, runsBeforeHypothesisOf, variantsOf } from '../schema/experiments/experiment-lists.ts';
import { personOf, verdictOf } from '../schema/loaders.ts';
import { finite } from '../schema/runs/metric.ts';
import { counts, estimateOf, runsOfVariant } from '../schema/variants/variant-lists.ts';
import { guardrailsFrom } from '../schema/verdicts/comparison.ts';
import { redactor, type Redactor } from './redact.ts';

/** Most curves in one picture, and how many points each has at most. */
const MOST_CURVES = 60;
const POINTS_A_CURVE = 300;

type Variant = Prisma.VariantModel;

/** An experiment as a stakeholder sees it. */
export async function sharedExperiment(context: Context, experiment: Prisma.ExperimentModel, shown: { readonly metric: string | null; readonly redact: readonly Redaction[] }): Promise<SharedExperiment> {
  const variants = withRoles(experiment, (await variantsOf(context, experiment.id)) ?? []);
  const hide = redactor(shown.redact, variants);
  const verdict = experiment.verdictId === null ? undefined : await verdictOf(context, experiment.verdictId);
  const metric = shown.metric ?? verdict?.metric ?? null;
  const changed = changedFrom(experiment.changedVariables);
  const visible = hide.changes(changed);
  const runs = (await runCountsOf(context, experiment.id)) ?? NO_RUNS;
  return {
    key: await keyOf(context, experiment, shown.redact),
    name: experiment.name,
    owner: hide.person(experiment.ownerId === null ? null : (await personOf(context, experiment.ownerId))?.name),
    createdAt: experiment.createdAt.toISOString(),
    verdict: verdict ? sharedVerdict(verdict, variants, hide) : null,
    verdictPending: experiment.analysedVersion < experiment.inputsVersion,
    approval: await sharedApproval(context, experiment, hide),
    variants: await Promise.all(variants.map((variant) => sharedVariant(context, variant, { metric, hide }))),
    changedVariables: visible,
    attributionWarning: visible.length === changed.length ? attributionWarning(changed, experiment.design) : null,
    evidence: { digest: experiment.evidenceDigest, countedRuns: runs.counted, excludedRuns: runs.excluded, failedRuns: runs.failed },
    runsBeforeHypothesis: await runsBefore(context, experiment),
    curves: metric ? await sharedCurves(context, variants, metric) : [],
  };
}

/** A key begins with the project's. */
const keyOf = async (context: Context, experiment: Prisma.ExperimentModel, redact: readonly Redaction[]): Promise<string | null> => (redact.includes('ORGANIZATION') ? null : experimentKey(context, experiment));

const runsBefore = async (context: Context, { id }: Prisma.ExperimentModel): Promise<number> => (await runsBeforeHypothesisOf(context, id)) ?? 0;

/** As the chosen baseline says, also while the variants' own column has not followed yet. */
export function withRoles(experiment: Prisma.ExperimentModel, variants: readonly Variant[]): readonly Variant[] {
  const chosen = experiment.baselineFingerprint;
  return variants.map((variant) => (chosen === null ? variant : { ...variant, role: variant.fingerprint === chosen ? 'BASELINE' as const : 'TREATMENT' as const }));
}

function sharedVerdict(verdict: Prisma.VerdictModel, variants: readonly Variant[], hide: Redactor): SharedVerdict {
  const { outcome, metric, effect, ciLow, ciHigh, pValue, correctedP, baselineRuns, treatmentRuns, runsNeeded, method } = verdict;
  const treatment = variants.find((variant) => variant.id === verdict.treatmentId);
  return {
    outcome, metric, effect, ciLow, ciHigh, pValue, correctedP, baselineRuns, treatmentRuns, runsNeeded, method,
    explanation: hide.sentence(verdict.explanation),
    treatment: treatment ? hide.label(treatment) : null,
    treatmentsTried: variants.filter(({ role }) => role === 'TREATMENT').length,
    guardrails: guardrailsFrom(verdict.guardrails),
    computedAt: verdict.computedAt.toISOString(),
  };
}

async function sharedApproval(context: Context, experiment: Prisma.ExperimentModel, hide: Redactor): Promise<SharedApproval> {
  const { state, by } = await approvalFor(context, experiment);
  const decided = by?.decidedAt ?? null;
  const reviewer = by && decided ? (await personOf(context, by.reviewerId))?.name : null;
  const reason = await staleReasonFor(context, experiment);
  return {
    state,
    by: hide.person(reviewer),
    at: decided?.toISOString() ?? null,
    staleReason: hide.people && reason !== null ? 'The evidence changed after it was approved.' : reason,
  };
}

async function sharedVariant(context: Context, variant: Variant, { metric, hide }: { readonly metric: string | null; readonly hide: Redactor }): Promise<SharedVariant> {
  return {
    label: hide.label(variant),
    role: variant.role,
    runs: ((await runsOfVariant(context, variant.id)) ?? []).filter(counts).length,
    estimate: metric ? await estimateOf(context, variant, metric) : null,
    changed: hide.changes(changedFrom(variant.changed)),
  };
}

async function sharedCurves(context: Context, variants: readonly Variant[], metric: string): Promise<SharedCurve[]> {
  const counted = variants.slice(0, MOST_CURVES).map(async (variant, place) => [String(place), ((await runsOfVariant(context, variant.id)) ?? []).filter(counts).map(({ id }) => id)] as const);
  const curves = await readCurves(context.ports.metrics, new Map(await Promise.all(counted)), [metric], { axis: 'step', range: null, maxPoints: POINTS_A_CURVE });
  return [...curves].flatMap(([place, own]) => [...own.values()].map((curve) => ({ place, ...curve }))).map(({ place, xs, n, mean, ciLow, ciHigh }) => ({ variant: Number(place), steps: xs, n, mean: mean.map(finite), ciLow: ciLow.map(finite), ciHigh: ciHigh.map(finite) }));
}
