import { may } from '../../../domain/access/policy.ts';
import { TAG } from '../../../domain/runs/run-tags.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { removedFrom } from '../removed-from.ts';
import { projectOf, runOf, variantOf } from '../loaders.ts';
import { ParamRef } from '../param.ts';
import { DiscussedRef, ExperimentRef, NodeRef, RunRef, VariantRef } from '../types.ts';
import { ArtifactRef, artifactsIn } from './artifact.ts';
import { MetricAxisEnum, MetricSeriesRef, MetricSummaryRef, metricsOf, metricsStartOf, seriesAsk, seriesOf } from './metric.ts';
import { childrenOf, datasetsOf, environmentOf, experimentOfRun, loggedModelsOf, paramsOf, tagsOf, wanted } from './run-lists.ts';
import { CodeVersionRef, DatasetVersionRef, EnvironmentRef, ExclusionRef, exclusionOf, LoggedModelRef, RunAbilitiesRef, RunStatusEnum, TagRef } from './run-parts.ts';

/** A list of small entries: a hundred of them cost as much as a few things. */
const entriesCost = ({ first, keys }: { readonly first?: number | null | undefined; readonly keys?: readonly string[] | null | undefined }) => ({ field: 1, multiplier: Math.ceil(Math.min(first ?? 200, keys?.length ?? Infinity) / 50) });

async function abilities(run: Prisma.RunModel, context: Context) {
  const experiment = await experimentOfRun(context, run.experimentId);
  const project = experiment && (await projectOf(context, experiment.projectId));
  const viewer = viewerOf(context);
  return { edit: project !== undefined && may(viewer, 'run.exclude', project), comment: project !== undefined && may(viewer, 'thread.comment', project), share: project !== undefined && may(viewer, 'share.create', project) };
}

async function noteOf(run: Prisma.RunModel, context: Context): Promise<string | null> {
  const [note] = (await tagsOf(context, run.id, { first: 1, keys: [TAG.note] })) ?? [];
  return note?.value || null;
}

RunRef.implement({
  interfaces: [NodeRef, DiscussedRef],
  description: 'One execution. Its id is the one the MLflow protocol shows.',
  fields: (t) => ({
    name: t.exposeString('name'),
    status: t.expose('status', { type: RunStatusEnum }),
    seed: t.exposeString('seed', { nullable: true }),
    params: t.field({ type: [ParamRef], args: { first: t.arg.int({ defaultValue: 200 }), keys: t.arg.stringList() }, complexity: entriesCost, resolve: async (run, args, context) => [...(await paramsOf(context, run.id, wanted(args))) ?? []] }),
    metrics: t.field({ type: [MetricSummaryRef], description: 'By name, those that the machine measured of itself (system/) last.', args: { first: t.arg.int({ defaultValue: 200 }), keys: t.arg.stringList() }, complexity: entriesCost, resolve: async (run, args, context) => [...(await metricsOf(context, run.id, wanted(args))) ?? []] }),
    tags: t.field({ type: [TagRef], args: { keys: t.arg.stringList() }, complexity: entriesCost, resolve: async (run, { keys }, context) => [...(await tagsOf(context, run.id, wanted({ first: 1_000, keys }))) ?? []] }),
    variant: t.field({ type: VariantRef, nullable: true, resolve: async ({ variantId }, _, context) => (variantId === null ? null : (await variantOf(context, variantId)) ?? null) }),
    experiment: t.field({ type: ExperimentRef, resolve: async ({ experimentId }, _, context) => (await experimentOfRun(context, experimentId)) as Prisma.ExperimentModel }),
    codeVersion: t.field({ type: CodeVersionRef, nullable: true, resolve: (run) => (run.codeCommit || run.codeRepository || run.codeBranch || run.codeDiff ? run : null) }),
    datasets: t.field({ type: [DatasetVersionRef], resolve: async ({ id }, _, context) => [...(await datasetsOf(context, id)) ?? []] }),
    environment: t.field({ type: EnvironmentRef, nullable: true, resolve: async ({ environmentId }, _, context) => (environmentId === null ? null : (await environmentOf(context, environmentId)) ?? null) }),
    artifacts: t.field({ type: [ArtifactRef], description: 'What lies directly in a folder; in the root when no path is given.', args: { path: t.arg.string() }, resolve: (run, { path }, context) => artifactsIn(run, path, context) }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true }),
    removedFrom: t.field({ type: 'DateTime', nullable: true, description: 'When a deleted run is removed for good, at the earliest. Null while it is not deleted, and where deleted runs are kept for ever.', resolve: (deleted, _, context) => removedFrom(deleted, context) }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    durationMs: t.float({ nullable: true, description: 'Null until it ended.', resolve: ({ startedAt, endedAt }) => (startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : null) }),
    userName: t.exposeString('userName', { description: 'What the client said its user is; not an identity.' }),
    parentRunId: t.exposeString('parentRunId', { nullable: true }),
    children: t.field({ type: [RunRef], description: 'Runs started inside this one, oldest first.', resolve: async (run, _, context) => (await Promise.all(((await childrenOf(context, run.id)) ?? []).map(({ id }) => runOf(context, id)))).filter((child) => child !== undefined) }),
    note: t.string({ nullable: true, description: 'Markdown.', resolve: (run, _, context) => noteOf(run, context) }),
    excluded: t.field({ type: ExclusionRef, nullable: true, description: 'Kept, shown, left out of the statistics.', resolve: exclusionOf }),
    series: t.field({
      type: [MetricSeriesRef],
      description: 'Points of some metrics (of all, at most 200, when none are named) from `from` to `to` on the axis, ends included; thinned to at most maxPoints a series (5 to 10000) with extremes kept, so that a smaller range shows finer detail. Refuses with metric/bad-range a range that ends before it begins. Larger asks: GET /api/v1/metrics answers Arrow.',
      args: { keys: t.arg.stringList(), maxPoints: t.arg.int({ defaultValue: 1_000 }), axis: t.arg({ type: MetricAxisEnum, defaultValue: 'step' }), from: t.arg.float(), to: t.arg.float() },
      complexity: ({ keys, maxPoints }) => ({ field: 5 + Math.ceil(((keys?.length ?? 20) * (maxPoints ?? 1_000)) / 2_000), multiplier: 1 }),
      resolve: async (run, args, context) => [...(await seriesOf(context, run.id, seriesAsk(args))) ?? []],
    }),
    metricsStart: t.float({ nullable: true, description: 'Epoch milliseconds of the first point of the run, of whichever metric: where its relative time begins. Null before there is one.', resolve: async ({ id }, _, context) => { const start = await metricsStartOf(context, id); return start === undefined ? null : Number(start); } }),
    loggedModels: t.field({ type: [LoggedModelRef], resolve: async ({ id }, _, context) => [...(await loggedModelsOf(context, id)) ?? []] }),
    viewerCan: t.field({ type: RunAbilitiesRef, resolve: (run, _, context) => abilities(run, context) }),
  }),
});

builder.queryField('run', (t) => t.field({ type: RunRef, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: async (_, { id }, context) => (await runOf(context, id)) ?? null }));
