import { Prisma } from '../../../generated/prisma/client.ts';
import { badInput } from '../../../domain/refusal.ts';
import { batched, batchedRows, type RowSource } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleLoggedModels } from '../../visibility.ts';
import type { Param } from '../param.ts';

// What hangs on a run, for many runs at once. The caller has made sure that the viewer sees the run.

/** Most entries of a list inside a run. */
const LARGEST_LIST = 5_000;
const MOST_CHILDREN = 1_000;

/** Which entries of a run are wanted: the first by name, or those named. */
export interface Wanted { readonly first: number; readonly keys: readonly string[] | null }

export function wanted({ first, keys }: { readonly first?: number | null | undefined; readonly keys?: readonly string[] | null | undefined }): Wanted {
  const size = first ?? 200;
  if (size < 0 || size > LARGEST_LIST) throw badInput('page/size', `first is ${size}; a list of a run holds 0 to ${LARGEST_LIST}.`);
  if (keys && keys.length > LARGEST_LIST) throw badInput('page/size', `${keys.length} keys were asked for; ${LARGEST_LIST} may be.`);
  return { first: size, keys: keys ? [...new Set(keys)].toSorted() : null };
}

/** Reads for many runs what was asked of each alike: one read per distinct ask. */
export function perRun<Ask, Value>(read: (runIds: readonly string[], ask: Ask, source: RowSource) => Promise<ReadonlyMap<string, Value>>): (context: Context, runId: string, ask: Ask) => Promise<Value | undefined> {
  const load = batchedRows<string, Value>(async (requests, source) => {
    const parsed = requests.map((request) => ({ request, ...(JSON.parse(request) as { runId: string; ask: Ask }) }));
    const answers = new Map<string, Value>();
    for (const group of Map.groupBy(parsed, ({ ask }) => JSON.stringify(ask)).values()) {
      const [first] = group;
      if (!first) continue;
      const found = await read(group.map(({ runId }) => runId), first.ask, source);
      for (const { runId, request } of group) {
        const value = found.get(runId);
        if (value !== undefined) answers.set(request, value);
      }
    }
    return answers;
  });
  return (context, runId, ask) => load(context, JSON.stringify({ runId, ask }));
}

const grouped = <Row>(rows: readonly Row[], runIdOf: (row: Row) => string | null): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows.filter((row) => runIdOf(row) !== null), (row) => runIdOf(row) ?? '');

type Entry = Param & { readonly runId: string };

async function entries(table: Prisma.Sql, runIds: readonly string[], { first, keys }: Wanted, { reader }: RowSource): Promise<ReadonlyMap<string, readonly Entry[]>> {
  const named = keys ? Prisma.sql`AND key = ANY(${[...keys]})` : Prisma.empty;
  return grouped(await reader.$queryRaw<Entry[]>`
    SELECT x.run_id AS "runId", x.key, x.value FROM unnest(${[...runIds]}::text[]) AS u(id)
    CROSS JOIN LATERAL (SELECT run_id, key, value FROM ${table} WHERE run_id = u.id ${named} ORDER BY key COLLATE "C" LIMIT ${first}) x`, ({ runId }) => runId);
}

export const paramsOf = perRun<Wanted, readonly Param[]>((runIds, ask, source) => entries(Prisma.sql`run_params`, runIds, ask, source));
export const tagsOf = perRun<Wanted, readonly Param[]>((runIds, ask, source) => entries(Prisma.sql`run_tags`, runIds, ask, source));

export type DatasetUse = Prisma.DatasetModel & { readonly context: string | null };

export const datasetsOf = batchedRows<string, readonly DatasetUse[]>(async (runIds, { reader }) => {
  const uses = await reader.runInput.findMany({ where: { runId: { in: [...runIds] } }, include: { dataset: true }, orderBy: [{ dataset: { name: 'asc' } }, { datasetId: 'asc' }], take: LARGEST_LIST });
  return new Map([...grouped(uses, ({ runId }) => runId)].map(([runId, own]) => [runId, own.map(({ dataset, tags }) => ({ ...dataset, context: contextIn(tags) }))]));
});

/** A dataset's role among the tags of its use. */
export const contextIn = (tags: Prisma.JsonValue): string | null =>
  (typeof tags === 'object' && tags !== null && !Array.isArray(tags) && typeof tags['mlflow.data.context'] === 'string' ? tags['mlflow.data.context'] : null);

export const environmentOf = batchedRows<string, Prisma.EnvironmentModel>(async (ids, { reader }) =>
  new Map((await reader.environment.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row])));

/** Runs started inside a run (MLflow's nested runs), oldest first; a child lives where its parent does or where the viewer sees it. */
export const childrenOf = batched<string, readonly Prisma.RunModel[]>(async (runIds, context) => {
  const rows = await context.reader.run.findMany({ where: { parentRunId: { in: [...runIds] }, deletedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_CHILDREN });
  return grouped(rows, ({ parentRunId }) => parentRunId);
});

/** Those the viewer may see: a model can name a run of another project as its source. */
export const loggedModelsOf = batched<string, readonly Prisma.LoggedModelModel[]>(async (runIds, context) =>
  grouped(await context.reader.loggedModel.findMany({ where: { sourceRunId: { in: [...runIds] }, deletedAt: null, ...visibleLoggedModels(viewerOf(context)) }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: LARGEST_LIST }), ({ sourceRunId }) => sourceRunId));

/** The experiment of a run, a deleted one too: its runs can still be read. */
export const experimentOfRun = batchedRows<string, Prisma.ExperimentModel>(async (ids, { reader }) =>
  new Map((await reader.experiment.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row])));
