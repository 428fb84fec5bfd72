import type { SharedRun } from '../../contracts/share-page.ts';
import { SYSTEM_PREFIX } from '../../domain/metrics/system-sample.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { experimentKey } from '../schema/experiments/experiment.ts';
import { variantsOf } from '../schema/experiments/experiment-lists.ts';
import { runOf } from '../schema/loaders.ts';
import { finite, metricsOf, seriesOf } from '../schema/runs/metric.ts';
import { paramsOf } from '../schema/runs/run-lists.ts';
import { experimentOfLink, sharedHypothesis, type LinkedExperiment } from './linked-experiment.ts';
import { redactor, type Redactor } from './redact.ts';
import { withRoles } from './shared-experiment.ts';
import type { SubjectShown } from './subject-shown.ts';

const MOST_ENTRIES = 200;
const MOST_CURVES = 12;
const POINTS_A_CURVE = 300;

/** One execution for a reader outside: what it was, and what it measured, which proves nothing by itself. */
export async function readSharedRun(context: Context, link: ShareLink): Promise<SubjectShown | null> {
  const run = await runOf(context, link.subjectId);
  const found = run && run.deletedAt === null ? await experimentOfLink(context, link, run.experimentId) : null;
  if (!run || !found) return null;
  const variants = withRoles(found.experiment, (await variantsOf(context, run.experimentId)) ?? []);
  const hide = redactor(link.redact, variants);
  const shown = await sharedRun(context, run, { ...found, variants, hide, key: link.redact.includes('ORGANIZATION') ? null : await experimentKey(context, found.experiment) });
  return { shown: { subject: 'run', title: shown.name, hypothesis: sharedHypothesis(found.hypothesis), run: shown }, digests: [found.experiment.evidenceDigest], experiments: [found.experiment.id] };
}

interface Of extends LinkedExperiment { readonly variants: readonly Prisma.VariantModel[]; readonly hide: Redactor; readonly key: string | null }

async function sharedRun(context: Context, run: Prisma.RunModel, { experiment, hypothesis, variants, hide, key }: Of): Promise<SharedRun> {
  const variant = variants.find(({ id }) => id === run.variantId);
  return {
    name: runName(run, hide),
    experiment: { key, name: experiment.name },
    evidenceDigest: experiment.evidenceDigest,
    status: run.status,
    variant: variant ? hide.label(variant) : null,
    ...(await settingsOf(context, run, hide)),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
    excluded: run.excludedAt === null ? null : hide.sentence(run.excludedReason ?? 'no reason given'),
    code: hide.hides('CODE') || run.codeCommit === null ? null : { commit: run.codeCommit, branch: run.codeBranch, dirty: run.codeDirty },
    ...(await measuredBy(context, run, hypothesis.metric)),
  };
}

/** Nothing of them when params are left out. */
async function settingsOf(context: Context, run: Prisma.RunModel, hide: Redactor): Promise<Pick<SharedRun, 'seed' | 'params'>> {
  if (hide.hides('CONFIG')) return { seed: null, params: [] };
  const params = (await paramsOf(context, run.id, { first: MOST_ENTRIES, keys: null })) ?? [];
  return { seed: run.seed, params: params.map(({ key, value }) => ({ key, value })) };
}

async function measuredBy(context: Context, { id }: Prisma.RunModel, metric: string | null): Promise<Pick<SharedRun, 'metrics' | 'curves'>> {
  const metrics = ((await metricsOf(context, id, { first: MOST_ENTRIES, keys: null })) ?? []).filter(({ key }) => !key.startsWith(SYSTEM_PREFIX));
  const drawn = metrics.map(({ key }) => key).toSorted((a, b) => Number(b === metric) - Number(a === metric)).slice(0, MOST_CURVES);
  const series = drawn.length === 0 ? [] : ((await seriesOf(context, id, { keys: drawn.toSorted(), maxPoints: POINTS_A_CURVE, range: null })) ?? []);
  return {
    metrics: metrics.map(({ key, lastValue, minValue, maxValue, count }) => ({ key, last: finite(lastValue), min: finite(minValue), max: finite(maxValue), points: count })),
    curves: drawn.flatMap((name) => series.filter(({ key }) => key === name)).map(({ key, steps, values }) => ({ key, steps, values })),
  };
}

/** Names of runs are made from their params, by people and by their programs. */
export const runName = (run: Pick<Prisma.RunModel, 'name'>, hide: Redactor): string => (hide.hides('CONFIG') ? 'A run' : run.name);
