import { byTelling, MATCH_KINDS, DUPLICATE_POLICIES, type Match } from '../../../domain/duplicates/match.ts';
import { IMPORTED_TAG } from '../../../domain/runs/imported-run.ts';
import { Prisma, type DuplicateReason } from '../../../generated/prisma/client.ts';
import { duplicatesOfRun } from '../../../operations/duplicates/duplicates-of-run.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ChangedVariableRef } from '../experiments/changed-variable.ts';
import { experimentOf, personOf, projectOf, runOf } from '../loaders.ts';
import { ExperimentRef, PersonRef, ProjectRef, RunRef } from '../types.ts';
import { VerdictOutcomeEnum } from '../verdicts/comparison.ts';

export const DuplicatePolicyEnum = builder.enumType('DuplicatePolicy', { values: DUPLICATE_POLICIES, description: 'What comes of a run that was done before: it is said, or a client stops before anything runs until somebody gives a reason.' });
const DuplicateKindEnum = builder.enumType('DuplicateKind', { values: MATCH_KINDS, description: 'The same recipe and seed; the same recipe with another seed in another experiment; a recipe below the distance at which an earlier result answers a later question.' });

const DuplicateMatchRef = builder.objectRef<Match>('DuplicateMatch').implement({
  description: 'An earlier run that did what another does. See docs/decisions/0158-near-is-a-sum-of-weights.md.',
  fields: (t) => ({
    kind: t.field({ type: DuplicateKindEnum, resolve: ({ kind }) => kind }),
    run: t.field({ type: RunRef, nullable: true, resolve: async ({ run }, _, context) => (await runOf(context, run.id)) ?? null }),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ run }, _, context) => (await experimentOf(context, run.experimentId)) ?? null }),
    verdict: t.field({ type: VerdictOutcomeEnum, nullable: true, resolve: ({ run }) => run.verdict }),
    sentence: t.exposeString('sentence', { description: 'What it is the same as, but for what, and what came of it.' }),
    distance: t.exposeFloat('distance', { description: 'The sum of what each difference weighs: 0 for the same recipe, near below 0.1.' }),
    changed: t.field({ type: [ChangedVariableRef], description: 'From the earlier to this one, the heaviest first.', resolve: ({ differences }) => differences.map(({ kind, name, from, to }) => ({ kind, name, from, to })) }),
  }),
});

const DuplicateReasonRef = builder.objectRef<DuplicateReason>('DuplicateReason').implement({
  description: 'Why somebody went on although it was done before.',
  fields: (t) => ({
    id: t.exposeID('id'),
    replication: t.exposeBoolean('replication', { description: 'Done again on purpose, to see whether it holds.' }),
    reason: t.exposeString('reason'),
    by: t.field({ type: PersonRef, nullable: true, resolve: async ({ personId }, _, context) => (personId === null ? null : (await personOf(context, personId)) ?? null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const MOST_REASONS = 200;
const MOST_TREATMENTS = 3;
const reasonsBy = (field: 'runId' | 'experimentId') => batchedRows<string, readonly DuplicateReason[]>(async (ids, { reader }) => {
  const rows = await reader.duplicateReason.findMany({ where: { [field]: { in: [...ids] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_REASONS * ids.length });
  return Map.groupBy(rows, (row) => row[field] ?? '');
});
const reasonsOfRun = reasonsBy('runId');
const reasonsOfExperiment = reasonsBy('experimentId');

builder.objectFields(RunRef, (t) => ({
  duplicates: t.field({
    type: [DuplicateMatchRef],
    description: 'Earlier runs, in all projects the viewer may see, that did what this one does: the same, the same with another seed in another experiment, and near ones; at most ten.',
    complexity: { field: 20, multiplier: 10 },
    resolve: async (run, _, context) => {
      const experiment = await experimentOf(context, run.experimentId);
      const project = experiment && (await projectOf(context, experiment.projectId));
      if (!project) return [];
      return [...await duplicatesOfRun(context.ports, viewerOf(context), { id: run.id, at: run.startedAt ?? run.createdAt, experiment: `${project.key}-${experiment.number}` })];
    },
  }),
  duplicateReasons: t.field({ type: [DuplicateReasonRef], description: 'Oldest first.', resolve: async ({ id }, _, context) => [...(await reasonsOfRun(context, id)) ?? []].slice(0, MOST_REASONS) }),
}));

builder.objectFields(ExperimentRef, (t) => ({
  duplicates: t.field({
    type: [DuplicateMatchRef],
    description: `Earlier runs of other experiments, in all projects the viewer may see, that did what its treatments do: of the first run of each of at most ${MOST_TREATMENTS}.`,
    complexity: { field: 60, multiplier: 10 },
    resolve: async (experiment, _, context) => {
      const project = await projectOf(context, experiment.projectId);
      if (!project) return [];
      const found: Match[] = [];
      for (const run of await firstRunsOf(context, experiment.id)) found.push(...await duplicatesOfRun(context.ports, viewerOf(context), { ...run, experiment: `${project.key}-${experiment.number}` }));
      const others = found.filter(({ run }) => run.experimentId !== experiment.id).toSorted(byTelling);
      return [...new Map(others.toReversed().map((match) => [match.run.experimentId, match])).values()].toSorted(byTelling);
    },
  }),
  duplicateReasons: t.field({ type: [DuplicateReasonRef], description: 'Oldest first.', resolve: async ({ id }, _, context) => [...(await reasonsOfExperiment(context, id)) ?? []].slice(0, MOST_REASONS) }),
}));

/** The first run of each treatment. A baseline is run again on purpose. */
function firstRunsOf({ reader }: Context, experimentId: string): Promise<readonly { readonly id: string; readonly at: Date }[]> {
  return reader.$queryRaw<{ id: string; at: Date }[]>`
    SELECT f.id, f.at FROM (SELECT id FROM variants WHERE experiment_id = ${experimentId} AND role = 'TREATMENT' ORDER BY created_at, id LIMIT ${MOST_TREATMENTS}) AS v
    CROSS JOIN LATERAL (SELECT r.id, coalesce(r.started_at, r.created_at) AS at FROM runs r WHERE r.variant_id = v.id AND r.deleted_at IS NULL ORDER BY at, r.id LIMIT 1) AS f`;
}

interface Rate { readonly runs: number; readonly silent: number; readonly waiting: number; readonly sameSeed: number; readonly earlierExperiment: number; readonly explained: number }

const DuplicateRateRef = builder.objectRef<Rate>('DuplicateRate').implement({
  description: 'How much of what a project computed it had computed before. Counted are finished runs that are neither deleted nor excluded; earlier is by the time of the start. A run counts once; one that says nothing of what it did does not count.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'All that are counted.' }),
    silent: t.exposeInt('silent', { description: 'Others that say nothing to be compared by: neither params (a seed is none) nor code nor data of their own.' }),
    waiting: t.exposeInt('waiting', { description: 'Those of them that the analysis has not looked at yet, so that nothing is known of them; 0 moments after a run ended.' }),
    sameSeed: t.exposeInt('sameSeed', { description: 'Those with the recipe and the seed of an earlier one of the project.' }),
    earlierExperiment: t.exposeInt('earlierExperiment', { description: 'Others whose recipe an earlier experiment of the project had run first; a baseline that is run again is among them.' }),
    explained: t.exposeInt('explained', { description: 'Those of both for which a reason is recorded, of the run or its experiment.' }),
    rate: t.float({ nullable: true, description: '(sameSeed + earlierExperiment) / runs; null without runs.', resolve: ({ runs, sameSeed, earlierExperiment }) => (runs === 0 ? null : (sameSeed + earlierExperiment) / runs) }),
  }),
});

builder.objectFields(ProjectRef, (t) => ({
  duplicatePolicy: t.field({ type: DuplicatePolicyEnum, resolve: async ({ id }, _, { reader }) => (await reader.duplicatePolicy.findUnique({ where: { projectId: id } }))?.policy ?? 'WARN' }),
  duplicateRate: t.field({
    type: DuplicateRateRef,
    args: { imported: t.arg.intList({ description: "Only runs that were imported, into the experiments of these numbers (those that MLflow's protocol shows): what they did before, whatever else the project computed." }) },
    complexity: { field: 20, multiplier: 1 },
    resolve: async ({ id }, { imported }, { reader }) => {
      const onlyImported = imported ? Prisma.sql`AND e.mlflow_id = ANY(${imported}) AND EXISTS (SELECT 1 FROM run_tags t WHERE t.run_id = r.id AND t.key = ${IMPORTED_TAG})` : Prisma.empty;
      // Without a digest is what says nothing, and what was changed without a record.
      const [counted] = await reader.$queryRaw<Rate[]>`
        SELECT count(*) FILTER (WHERE NOT silent)::int AS runs, count(*) FILTER (WHERE silent)::int AS silent, count(*) FILTER (WHERE NOT known)::int AS waiting, count(*) FILTER (WHERE again)::int AS "sameSeed", count(*) FILTER (WHERE elsewhere AND NOT again)::int AS "earlierExperiment",
          count(*) FILTER (WHERE (again OR elsewhere) AND (EXISTS (SELECT 1 FROM duplicate_reasons d WHERE d.run_id = c.id) OR EXISTS (SELECT 1 FROM duplicate_reasons d WHERE d.experiment_id = c.experiment_id)))::int AS explained
        FROM (SELECT r.id, r.experiment_id, k.run_id IS NOT NULL AS known, k.run_id IS NOT NULL AND k.digest IS NULL AND NOT r.code_dirty AS silent, k.digest IS NOT NULL AND row_number() OVER (PARTITION BY k.digest, r.seed ORDER BY coalesce(r.started_at, r.created_at), r.id) > 1 AS again,
            k.digest IS NOT NULL AND first_value(r.experiment_id) OVER (PARTITION BY k.digest ORDER BY coalesce(r.started_at, r.created_at), r.id) <> r.experiment_id AS elsewhere
          FROM experiments e JOIN runs r ON r.experiment_id = e.id LEFT JOIN run_recipes k ON k.run_id = r.id
          WHERE e.project_id = ${id} AND e.deleted_at IS NULL AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL ${onlyImported}) AS c`;
      return counted ?? { runs: 0, silent: 0, waiting: 0, sameSeed: 0, earlierExperiment: 0, explained: 0 };
    },
  }),
}));
