import { estimateMean } from '../../../domain/statistics/estimate.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batched, batchedRows } from '../../batched.ts';
import { experimentOf, hypothesisOf } from '../loaders.ts';
import { curvesOf } from '../runs/curve.ts';
import type { Context } from '../../context.ts';

/** Most runs that are read for one variant; a statistic from more repeats than this would tell nothing new. */
export const MOST_REPEATS = 200;

/** The variant's runs in the order they started, deleted ones left out. */
export const runsOfVariant = batchedRows<string, readonly Prisma.RunModel[]>(async (variantIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY variant_id ORDER BY created_at, id) AS place
      FROM runs WHERE variant_id = ANY(${[...variantIds]}) AND deleted_at IS NULL) AS ranked WHERE place <= ${MOST_REPEATS}`;
  const rows = await reader.run.findMany({ where: { id: { in: found.map((each) => each.id) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return new Map(variantIds.map((id) => [id, rows.filter((row) => row.variantId === id)]));
});

/** One that is excluded, as one that does another run again is from its first moment, is no further sample. */
export const runCountOfVariant = batchedRows<string, number>(async (variantIds, { reader }) => {
  const groups = await reader.run.groupBy({ by: ['variantId'], where: { variantId: { in: [...variantIds] }, deletedAt: null, excludedAt: null }, _count: { _all: true } });
  return new Map(groups.map((group) => [group.variantId ?? '', group._count._all]));
});

export interface Estimate { readonly metric: string; readonly n: number; readonly mean: number; readonly sd: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; readonly values: readonly number[] }

/** Only finished runs that are neither deleted nor excluded count in statistics. */
export const counts = (run: Prisma.RunModel): boolean => run.status === 'FINISHED' && run.deletedAt === null && run.excludedAt === null;

/** The metric of a variant's counted runs as one curve. */
export const curveOfVariant = curvesOf(async (context, variantId) => ((await runsOfVariant(context, variantId)) ?? []).filter(counts).map(({ id }) => id));

const lastValueOf = batchedRows<string, number>(async (requests, { ports }) => {
  const wanted = requests.map((request) => ({ request, ...(JSON.parse(request) as { runId: string; metric: string }) }));
  const summaries = await ports.metrics.summaries([...new Set(wanted.map(({ runId }) => runId))], [...new Set(wanted.map(({ metric }) => metric))]);
  return new Map(wanted.flatMap(({ request, runId, metric }) => {
    const value = summaries.get(runId)?.find(({ key }) => key === metric)?.lastValue;
    return value === undefined ? [] : [[request, value] as const];
  }));
});

const estimates = batched<string, Estimate>(async (requests, context) => {
  const wanted = requests.map((request) => ({ request, ...(JSON.parse(request) as { variantId: string; metric: string }) }));
  const answers = await Promise.all(wanted.map(async ({ request, variantId, metric }) => {
    const runs = ((await runsOfVariant(context, variantId)) ?? []).filter(counts);
    const last = await Promise.all(runs.map(({ id }) => lastValueOf(context, JSON.stringify({ runId: id, metric }))));
    const values = last.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
    const estimate = estimateMean(values);
    return estimate ? [[request, { metric, n: estimate.n, mean: estimate.mean, sd: estimate.sd, ciLow: estimate.interval?.low ?? null, ciHigh: estimate.interval?.high ?? null, values }] as const] : [];
  }));
  return new Map<string, Estimate>(answers.flat());
});

/** Over the counted runs, of the metric or else the hypothesis'; null when no counted run logged a number for it. */
export async function estimateOf(context: Context, variant: Prisma.VariantModel, metric: string | null | undefined): Promise<Estimate | null> {
  const named = metric ?? (await hypothesisMetric(context, variant.experimentId));
  return named ? ((await estimates(context, JSON.stringify({ variantId: variant.id, metric: named }))) ?? null) : null;
}

async function hypothesisMetric(context: Context, experimentId: string): Promise<string | null> {
  const experiment = await experimentOf(context, experimentId);
  const hypothesis = experiment?.hypothesisId ? await hypothesisOf(context, experiment.hypothesisId) : null;
  return hypothesis?.metric ?? null;
}
