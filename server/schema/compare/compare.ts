import { badInput, notFound } from '../../../domain/refusal.ts';
import type { ComparisonRow } from '../../../domain/runs/compare.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { builder } from '../builder.ts';
import { runOf } from '../loaders.ts';
import { ArtifactRef, comparedFiles, type ComparedFile } from '../runs/artifact.ts';
import { finite } from '../runs/metric.ts';
import { RunRef } from '../types.ts';
import { comparedItems, comparedMetrics } from './compared-items.ts';

const MOST_RUNS = 100;

const ComparisonRowRef = builder.objectRef<ComparisonRow<string>>('ComparisonRow').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    values: t.field({ type: ['String'], nullable: { list: false, items: true }, resolve: ({ values }) => [...values] }),
    differs: t.exposeBoolean('differs'),
  }),
});

const MetricComparisonRowRef = builder.objectRef<ComparisonRow<number>>('MetricComparisonRow').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    values: t.field({ type: ['Float'], nullable: { list: false, items: true }, resolve: ({ values }) => values.map(finite) }),
    differs: t.exposeBoolean('differs'),
  }),
});

/** Nobody reads through more; folders of checkpoints may hold thousands. */
const MOST_FILES = 100;

const ComparedFileRef = builder.objectRef<ComparedFile>('FileComparisonRow').implement({
  description: 'One path among the text files of runs, whatever folder it lies in.',
  fields: (t) => ({
    path: t.exposeString('path'),
    values: t.field({ type: [ArtifactRef], nullable: { list: false, items: true }, description: 'The file of each run, null where a run has none. Equal `sha256` is equal content.', resolve: ({ values }) => [...values] }),
    differs: t.exposeBoolean('differs', { description: 'Whether not every run has it with the same content.' }),
  }),
});

type Runs = readonly Prisma.RunModel[];

const RunComparisonRef = builder.objectRef<Runs>('RunComparison').implement({
  description: 'What differs between runs. Each row has one value a run, null where a run has none; `differs` says whether they are not all equal.',
  fields: (t) => ({
    runs: t.field({ type: [RunRef], resolve: (runs) => [...runs] }),
    code: t.field({ type: [ComparisonRowRef], resolve: async (runs, _, context) => [...(await comparedItems.code(context, runs))] }),
    data: t.field({ type: [ComparisonRowRef], resolve: async (runs, _, context) => [...(await comparedItems.data(context, runs))] }),
    config: t.field({ type: [ComparisonRowRef], description: 'Params, the seed among them.', resolve: async (runs, _, context) => [...(await comparedItems.config(context, runs))] }),
    environment: t.field({ type: [ComparisonRowRef], resolve: async (runs, _, context) => [...(await comparedItems.environment(context, runs))] }),
    files: t.field({
      type: [ComparedFileRef],
      description: `Text files that runs logged, by path: at most ${MOST_FILES}, those that differ first. What is text is judged by the name.`,
      complexity: { field: 20, multiplier: 1 },
      resolve: async (runs, _, context) => [...(await comparedFiles(context, runs, MOST_FILES))],
    }),
    metrics: t.field({
      type: [MetricComparisonRowRef],
      description: 'The last value of each metric.',
      resolve: async (runs, _, context) => [...(await comparedMetrics(context, runs))],
    }),
  }),
});

builder.queryField('compare', (t) => t.field({
  type: RunComparisonRef,
  args: { runs: t.arg.idList({ required: true }) },
  complexity: ({ runs }) => ({ field: 10 + runs.length * 5, multiplier: 1 }),
  resolve: async (_, args, context) => {
    const ids = [...new Set(args.runs)];
    if (ids.length === 0 || ids.length > MOST_RUNS) throw badInput('compare/how-many', `1 to ${MOST_RUNS} runs can be compared; ${ids.length} were named.`);
    const runs = await Promise.all(ids.map((id) => runOf(context, id)));
    return runs.map((run, at) => {
      if (!run) throw notFound('run/unknown', `There is no run ${ids[at]}, or you may not see it.`);
      return run;
    });
  },
}));
