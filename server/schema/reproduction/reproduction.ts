import { CAUSES, causeSentence, type Cause, type ComparedMetric, type Outcome } from '../../../domain/reproduction/attempt.ts';
import { TOLERANCES } from '../../../domain/reproduction/tolerance.ts';
import type { RunReproduction } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { personOf, runOf } from '../loaders.ts';
import { PersonRef, ProjectRef, RunRef } from '../types.ts';

const CauseKindEnum = builder.enumType('ReproductionCauseKind', { values: CAUSES, description: 'What differed. METRIC: nothing that was recorded, and yet the result.' });
const ToleranceFromEnum = builder.enumType('ToleranceFrom', { values: TOLERANCES, description: 'What a tolerance was learned from. EXACT: equal but for rounding.' });

const CauseRef = builder.objectRef<Cause>('ReproductionCause').implement({
  description: 'Why a run was not reproduced.',
  fields: (t) => ({
    kind: t.field({ type: CauseKindEnum, resolve: ({ kind }) => kind }),
    name: t.exposeString('name'),
    expected: t.exposeString('expected', { nullable: true, description: 'What was recorded.' }),
    found: t.exposeString('found', { nullable: true, description: 'Null where there was nothing.' }),
    sentence: t.string({ resolve: causeSentence }),
  }),
});

const ComparedRef = builder.objectRef<ComparedMetric>('ReproducedMetric').implement({
  description: 'The final value of a metric in the run and in the one that did it again.',
  fields: (t) => ({
    key: t.exposeString('key'),
    original: t.exposeFloat('original', { nullable: true, description: 'Null where it is no finite number.' }),
    again: t.exposeFloat('again', { nullable: true, description: 'Null where it is missing, or no finite number.' }),
    tolerance: t.float({ resolve: ({ tolerance }) => tolerance.amount }),
    toleranceFrom: t.field({ type: ToleranceFromEnum, resolve: ({ tolerance }) => tolerance.from }),
    toleranceRuns: t.int({ description: 'How many runs of the variant it was learned from.', resolve: ({ tolerance }) => tolerance.runs }),
    within: t.exposeBoolean('within'),
  }),
});

const ReproductionRef = builder.objectRef<RunReproduction>('Reproduction').implement({
  description: 'An attempt to do a run again, and what came of it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    reproduced: t.exposeBoolean('reproduced'),
    causes: t.field({ type: [CauseRef], description: 'Empty where it was reproduced.', resolve: ({ causes }) => [...(causes as unknown as Outcome['causes'])] }),
    metrics: t.field({ type: [ComparedRef], resolve: ({ metrics }) => [...(metrics as unknown as Outcome['metrics'])] }),
    again: t.field({ type: RunRef, nullable: true, description: 'The run that did it again; null where nothing could be started.', resolve: async ({ againId }, _, context) => (againId === null ? null : (await runOf(context, againId)) ?? null) }),
    machine: t.exposeString('machine', { nullable: true }),
    by: t.field({ type: PersonRef, nullable: true, resolve: async ({ personId }, _, context) => (personId === null ? null : (await personOf(context, personId)) ?? null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const MOST = 50;
/** The newest of each run: one statement, however many runs. */
const reproductionsOf = batchedRows<string, readonly RunReproduction[]>(async (runIds, { reader }) => {
  const newest = await reader.$queryRaw<{ id: string }[]>`
    SELECT f.id FROM unnest(${[...runIds]}::text[]) AS asked(id) CROSS JOIN LATERAL (SELECT p.id FROM run_reproductions p WHERE p.run_id = asked.id ORDER BY p.created_at DESC, p.id LIMIT ${MOST}) AS f`;
  const rows = newest.length === 0 ? [] : await reader.runReproduction.findMany({ where: { id: { in: newest.map(({ id }) => id) } }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
  return Map.groupBy(rows, ({ runId }) => runId);
});

builder.objectFields(RunRef, (t) => ({
  reproductions: t.field({ type: [ReproductionRef], complexity: { field: 5, multiplier: 5 }, description: `Attempts to do it again, the newest first; at most ${MOST}.`, resolve: async ({ id }, _, context) => [...(await reproductionsOf(context, id)) ?? []] }),
}));

interface Rate { readonly attempted: number; readonly reproduced: number }

const RateRef = builder.objectRef<Rate>('ReproducibilityRate').implement({
  description: 'How many runs of a project were reproduced, of those that somebody tried to do again. The newest attempt at a run counts.',
  fields: (t) => ({
    attempted: t.exposeInt('attempted'),
    reproduced: t.exposeInt('reproduced'),
    rate: t.float({ nullable: true, description: 'reproduced / attempted; null without attempts.', resolve: ({ attempted, reproduced }) => (attempted === 0 ? null : reproduced / attempted) }),
  }),
});

builder.objectFields(ProjectRef, (t) => ({
  reproducibilityRate: t.field({
    type: RateRef, complexity: { field: 10, multiplier: 1 },
    resolve: async ({ id }, _, { reader }) => {
      const [counted] = await reader.$queryRaw<Rate[]>`
        SELECT count(*)::int AS attempted, count(*) FILTER (WHERE n.reproduced)::int AS reproduced FROM (
          SELECT DISTINCT ON (p.run_id) p.reproduced FROM experiments e JOIN runs r ON r.experiment_id = e.id JOIN run_reproductions p ON p.run_id = r.id
          WHERE e.project_id = ${id} AND e.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY p.run_id, p.created_at DESC, p.id) AS n`;
      return counted ?? { attempted: 0, reproduced: 0 };
    },
  }),
}));
