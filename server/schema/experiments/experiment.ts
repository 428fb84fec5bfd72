import { attributionWarning } from '../../../domain/experiments/changed-variables.ts';
import { parseExperimentKey } from '../../../domain/projects/key.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { removedFrom } from '../removed-from.ts';
import { experimentOf, hypothesisOf, personOf, projectOf, verdictOf } from '../loaders.ts';
import { DiscussedRef, ExperimentRef, HypothesisRef, NodeRef, PersonRef, ProjectRef, ReviewRef, VerdictRef } from '../types.ts';
import { abilitiesFor, approvalFor, staleReasonFor, type ExperimentAbilities } from './experiment-approval.ts';
import { changedFrom, ChangedVariableRef } from './changed-variable.ts';
import { childrenOf, evidencePartsOf, NO_RUNS, parentsOf, reviewsOf, runCountsOf, runsBeforeHypothesisOf, type EvidenceParts, type RunCounts, NO_PARTS } from './experiment-lists.ts';
import { experimentMetricKeys } from './metric-keys.ts';

export const ExperimentDesignEnum = builder.enumType('ExperimentDesign', { values: ['SINGLE_CHANGE', 'ABLATION', 'FACTORIAL', 'SWEEP', 'BASELINE'] as const });
export const ApprovalStateEnum = builder.enumType('ApprovalState', { values: ['NONE', 'REQUESTED', 'CHANGES_REQUESTED', 'APPROVED', 'STALE'] as const });

const AbilitiesRef = builder.objectRef<ExperimentAbilities>('ExperimentAbilities').implement({
  fields: (t) => ({
    edit: t.exposeBoolean('edit'),
    comment: t.exposeBoolean('comment'),
    requestReview: t.exposeBoolean('requestReview'),
    approve: t.exposeBoolean('approve'),
    requestChanges: t.exposeBoolean('requestChanges', { description: 'Whether they may ask for changes of it in a review.' }),
    commentInReview: t.exposeBoolean('commentInReview', { description: 'Whether they may comment on it in a review; one may on one’s own work too.' }),
    share: t.exposeBoolean('share'),
    approveRefusal: t.exposeString('approveRefusal', { nullable: true, description: 'Why approve is not offered, when it is not; null when it is.' }),
  }),
});

interface Evidence { readonly digest: string; readonly counts: RunCounts; readonly parts: EvidenceParts; readonly metrics: readonly string[] }
const EvidenceRef = builder.objectRef<Evidence>('Evidence').implement({
  fields: (t) => ({
    digest: t.exposeString('digest'),
    countedRuns: t.int({ resolve: (evidence) => evidence.counts.counted }),
    excludedRuns: t.int({ resolve: (evidence) => evidence.counts.excluded }),
    failedRuns: t.int({ resolve: (evidence) => evidence.counts.failed }),
    code: t.stringList({ resolve: (evidence) => [...evidence.parts.code] }),
    data: t.stringList({ resolve: (evidence) => [...evidence.parts.data] }),
    environment: t.stringList({ description: 'Digests of the environments that counted runs recorded; empty when none did.', resolve: (evidence) => [...evidence.parts.environment] }),
    metrics: t.stringList({ resolve: (evidence) => [...evidence.metrics] }),
  }),
});

async function evidenceOf(context: Context, experiment: Prisma.ExperimentModel): Promise<Evidence> {
  const [counts, parts, hypothesis] = await Promise.all([
    runCountsOf(context, experiment.id),
    evidencePartsOf(context, experiment.id),
    experiment.hypothesisId === null ? null : hypothesisOf(context, experiment.hypothesisId),
  ]);
  const metrics = hypothesis ? [hypothesis.metric, ...hypothesis.guardrails].filter((metric) => metric !== null) : [];
  return { digest: experiment.evidenceDigest, counts: counts ?? NO_RUNS, parts: parts ?? NO_PARTS, metrics };
}

/** "VIS-42", as everyone calls it. */
export async function experimentKey(context: Context, experiment: Prisma.ExperimentModel): Promise<string> {
  const project = await projectOf(context, experiment.projectId);
  return `${project?.key ?? '?'}-${experiment.number}`;
}

ExperimentRef.implement({
  interfaces: [NodeRef, DiscussedRef],
  fields: (t) => ({
    key: t.string({ resolve: (experiment, _, context) => experimentKey(context, experiment) }),
    name: t.exposeString('name'),
    description: t.exposeString('description', { nullable: true }),
    owner: t.field({ type: PersonRef, nullable: true, resolve: async ({ ownerId }, _, context) => (ownerId === null ? null : ((await personOf(context, ownerId)) ?? null)) }),
    project: t.field({ type: ProjectRef, resolve: async (experiment, _, context) => (await projectOf(context, experiment.projectId)) as Prisma.ProjectModel }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'Deleted with its runs, here or by MLflow: not in lists or search, still to be read and restored.' }),
    removedFrom: t.field({ type: 'DateTime', nullable: true, description: 'When a deleted experiment is removed for good, at the earliest. Null while it is not deleted, and where deleted things are kept for ever.', resolve: (deleted, _, context) => removedFrom(deleted, context) }),
    hypothesis: t.field({ type: HypothesisRef, nullable: true, resolve: async ({ hypothesisId }, _, context) => (hypothesisId === null ? null : ((await hypothesisOf(context, hypothesisId)) ?? null)) }),
    runsBeforeHypothesis: t.int({
      description: 'Counted runs that ended before the hypothesis was created, or before its metric, direction or minimum effect was last changed (changes of before this field was there are not known); 0 without a hypothesis.',
      resolve: async (experiment, _, context) => (await runsBeforeHypothesisOf(context, experiment.id)) ?? 0,
    }),
    exploratory: t.boolean({ description: 'True until someone writes the hypothesis.', resolve: (experiment) => experiment.hypothesisId === null }),
    design: t.field({ type: ExperimentDesignEnum, resolve: (experiment) => experiment.design }),
    parents: t.field({ type: [ExperimentRef], resolve: async (experiment, _, context) => [...((await parentsOf(context, experiment.id)) ?? [])] }),
    children: t.field({ type: [ExperimentRef], resolve: async (experiment, _, context) => [...((await childrenOf(context, experiment.id)) ?? [])] }),
    runCount: t.int({ resolve: async (experiment, _, context) => (await runCountsOf(context, experiment.id))?.all ?? 0 }),
    activeRunCount: t.int({ resolve: async (experiment, _, context) => (await runCountsOf(context, experiment.id))?.active ?? 0 }),
    ailingRunCount: t.int({ description: 'Of the runs that train, those that are stalled, diverged or lost.', resolve: async (experiment, _, context) => (await runCountsOf(context, experiment.id))?.ailing ?? 0 }),
    verdict: t.field({ type: VerdictRef, nullable: true, resolve: async ({ verdictId }, _, context) => (verdictId === null ? null : ((await verdictOf(context, verdictId)) ?? null)) }),
    verdictPending: t.boolean({ description: 'True while inputs changed that the verdict has not yet seen.', resolve: (experiment) => experiment.analysedVersion < experiment.inputsVersion }),
    changedVariables: t.field({ type: [ChangedVariableRef], resolve: (experiment) => changedFrom(experiment.changedVariables) }),
    attributionWarning: t.string({
      nullable: true,
      description: 'One sentence when attribution fails: more than one changed variable without a factorial or ablation design.',
      resolve: (experiment) => attributionWarning(changedFrom(experiment.changedVariables), experiment.design),
    }),
    metricKeys: t.stringList({ description: 'Names of metrics that its newest hundred runs logged, those of most runs first; at most 10000.', args: { first: t.arg.int({ defaultValue: 200 }) }, resolve: (experiment, { first }, context) => experimentMetricKeys(context, experiment.id, first ?? 200) }),
    reviews: t.field({ type: [ReviewRef], resolve: async (experiment, _, context) => [...((await reviewsOf(context, experiment.id)) ?? [])] }),
    evidenceDigest: t.exposeString('evidenceDigest'),
    evidence: t.field({ type: EvidenceRef, description: 'The parts behind the digest, as sentences: runs counted, code, data, metrics.', resolve: (experiment, _, context) => evidenceOf(context, experiment) }),
    approval: t.field({ type: ApprovalStateEnum, resolve: async (experiment, _, context) => (await approvalFor(context, experiment)).state }),
    staleReason: t.string({ nullable: true, description: 'Why an approval is stale; null otherwise.', resolve: (experiment, _, context) => staleReasonFor(context, experiment) }),
    mlflowExperimentId: t.string({ resolve: (experiment) => String(experiment.mlflowId) }),
    viewerCan: t.field({ type: AbilitiesRef, resolve: (experiment, _, context) => abilitiesFor(context, experiment) }),
  }),
});

const idOfKey = batchedRows<string, string>(async (keys, { reader }) => {
  const asked = keys.flatMap((key) => parseExperimentKey(key) ?? []);
  const found = await reader.experiment.findMany({ where: { OR: asked.map(({ key, number }) => ({ number, project: { key } })) }, select: { id: true, number: true, project: { select: { key: true } } } });
  return new Map(found.map(({ id, number, project }) => [`${project.key}-${number}`, id]));
});

/** By "VIS-42", whatever the case of its letters; null for what is not there or not to be seen. */
export async function experimentByKey(context: Context, text: string): Promise<Prisma.ExperimentModel | null> {
  const parsed = parseExperimentKey(text.trim().toUpperCase());
  const id = parsed && (await idOfKey(context, `${parsed.key}-${parsed.number}`));
  return (id && (await experimentOf(context, id))) || null;
}

builder.queryField('experiment', (t) =>
  t.field({ type: ExperimentRef, nullable: true, args: { key: t.arg.string({ required: true }) }, resolve: (_, { key }, context) => experimentByKey(context, key) }),
);
