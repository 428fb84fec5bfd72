import { badInput } from '../../../domain/refusal.ts';
import { batched } from '../../batched.ts';
import type { Context } from '../../context.ts';

/** The newest runs stand for all: metric names of one project hardly change from run to run, and a thousand runs need not be read to list them. */
const NEWEST_RUNS = 100;

interface Newest { readonly parent: string; readonly id: string }

async function keysByParent(context: Context, runs: readonly Newest[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const parents = new Map([...Map.groupBy(runs, ({ parent }) => parent)].map(([parent, own]) => [parent, own.map(({ id }) => id)]));
  const names = await context.ports.metrics.names(parents);
  return new Map([...names].map(([parent, own]) => [parent, [...own].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).map(([key]) => key)]));
}

const ofExperiments = batched<string, readonly string[]>(async (ids, context) => keysByParent(context, await context.reader.$queryRaw<Newest[]>`
  SELECT parent, id FROM (SELECT experiment_id AS parent, id, row_number() OVER (PARTITION BY experiment_id ORDER BY created_at DESC, id DESC) AS place
    FROM runs WHERE experiment_id = ANY(${[...ids]}) AND deleted_at IS NULL) AS ranked WHERE place <= ${NEWEST_RUNS}`));

const ofProjects = batched<string, readonly string[]>(async (ids, context) => keysByParent(context, await context.reader.$queryRaw<Newest[]>`
  SELECT parent, id FROM (SELECT e.project_id AS parent, r.id, row_number() OVER (PARTITION BY e.project_id ORDER BY r.created_at DESC, r.id DESC) AS place
    FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE e.project_id = ANY(${[...ids]}) AND e.deleted_at IS NULL AND r.deleted_at IS NULL) AS ranked WHERE place <= ${NEWEST_RUNS}`));

/** Names are short, and a page of charts wants them all. */
const MOST_NAMES = 10_000;

function listSize(first: number): number {
  if (first < 0 || first > MOST_NAMES) throw badInput('page/size', `first is ${first}; a list of metric names holds 0 to ${MOST_NAMES}.`);
  return first;
}

/** Names of metrics logged in an experiment, those of most runs first. */
export const experimentMetricKeys = async (context: Context, id: string, first: number): Promise<string[]> => ((await ofExperiments(context, id)) ?? []).slice(0, listSize(first));
/** The same for a project. */
export const projectMetricKeys = async (context: Context, id: string, first: number): Promise<string[]> => ((await ofProjects(context, id)) ?? []).slice(0, listSize(first));
