import type { SharedComparison, SharedExperiment } from '../../contracts/share-page.ts';
import { SYSTEM_PREFIX } from '../../domain/metrics/system-sample.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { comparedItems, comparedMetrics } from '../schema/compare/compared-items.ts';
import { variantsOf } from '../schema/experiments/experiment-lists.ts';
import { runOf, verdictOf } from '../schema/loaders.ts';
import { finite } from '../schema/runs/metric.ts';
import { experimentOfLink, sharedHypothesis } from './linked-experiment.ts';
import { redactor, type Redactor } from './redact.ts';
import { sharedExperiment, withRoles } from './shared-experiment.ts';
import type { SubjectShown } from './subject-shown.ts';

const MOST_ROWS = 400;
const MOST_METRICS = 200;
const KINDS = { code: 'CODE', data: 'DATA', config: 'CONFIG', environment: 'ENVIRONMENT' } as const;

/** What differs between runs of one experiment, and what their variants measured with intervals. Fewer than two of them left is no comparison. */
export async function readSharedComparison(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const found = await experimentOfLink(context, link, link.subjectId);
  if (!found) return null;
  const { experiment, hypothesis } = found;
  const named = await Promise.all(link.comparedRuns.map((id) => runOf(context, id)));
  const runs = named.filter((run): run is Prisma.RunModel => run !== undefined && run.deletedAt === null && run.experimentId === experiment.id);
  if (runs.length < 2) return null;
  const variants = withRoles(experiment, (await variantsOf(context, experiment.id)) ?? []);
  const hide = redactor(link.redact, variants);
  const whole = await sharedExperiment(context, experiment, { metric: hypothesis.metric, redact: link.redact });
  const compared = variants.flatMap(({ id }, place) => (runs.some(({ variantId }) => variantId === id) ? [place] : []));
  const treatmentId = experiment.verdictId === null ? null : ((await verdictOf(context, experiment.verdictId))?.treatmentId ?? null);
  const comparison: SharedComparison = {
    runs: runs.map((run, place) => comparedRun(run, place, { variants, hide })),
    rows: await rowsOf(context, runs, hide),
    metrics: (await comparedMetrics(context, runs)).filter(({ name }) => !name.startsWith(SYSTEM_PREFIX)).slice(0, MOST_METRICS).map(({ name, values, differs }) => ({ name, values: values.map(finite), differs })),
    experiment: onlyVariants(whole, compared, compared.some((place) => variants[place]?.id === treatmentId)),
  };
  return { shown: { subject: 'comparison', title: experiment.name, hypothesis: sharedHypothesis(hypothesis), comparison }, digests: [experiment.evidenceDigest], experiments: [experiment.id] };
}

function comparedRun(run: Prisma.RunModel, place: number, { variants, hide }: { readonly variants: readonly Prisma.VariantModel[]; readonly hide: Redactor }): SharedComparison['runs'][number] {
  const variant = variants.find(({ id }) => id === run.variantId);
  return {
    name: hide.hides('CONFIG') ? `Run ${place + 1}` : run.name, variant: variant ? hide.label(variant) : null, role: variant?.role ?? null,
    seed: hide.hides('CONFIG') ? null : run.seed, status: run.status, excluded: run.excludedAt !== null,
  };
}

async function rowsOf(context: Context, runs: readonly Prisma.RunModel[], hide: Redactor): Promise<SharedComparison['rows']> {
  const shown = (['config', 'code', 'data', 'environment'] as const).filter((kind) => !hide.hides(KINDS[kind]));
  const rows = await Promise.all(shown.map(async (kind) => (await comparedItems[kind](context, runs)).map((row) => ({ kind, ...row }))));
  // What differs is what a comparison is read for, so it is what stays where there is no room.
  return rows.flat().toSorted((a, b) => Number(b.differs) - Number(a.differs)).slice(0, MOST_ROWS);
}

/** The experiment as far as the compared runs speak of it: of other variants nothing is said, and no verdict about them. */
function onlyVariants(whole: SharedExperiment, places: readonly number[], hasTreatment: boolean): SharedExperiment {
  const hasBaseline = places.some((place) => whole.variants[place]?.role === 'BASELINE');
  return {
    ...whole,
    verdict: hasBaseline && hasTreatment ? whole.verdict : null,
    variants: places.flatMap((place) => whole.variants[place] ?? []),
    curves: whole.curves.flatMap((curve) => { const place = places.indexOf(curve.variant); return place < 0 ? [] : [{ ...curve, variant: place }]; }),
    changedVariables: [],
    attributionWarning: null,
  };
}
