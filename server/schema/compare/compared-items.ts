import { isSameValue } from '../../../domain/experiments/fingerprint.ts';
import { codeItems, compareItems, dataItems, type ComparisonRow } from '../../../domain/runs/compare.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import type { Param } from '../param.ts';
import { metricsOf } from '../runs/metric.ts';
import { datasetsOf, environmentOf, paramsOf } from '../runs/run-lists.ts';
import { environmentItems } from '../runs/run-parts.ts';

const MOST_ITEMS = { first: 2_000, keys: null };

type Runs = readonly Prisma.RunModel[];
type Rows<Value extends string | number> = (context: Context, runs: Runs) => Promise<readonly ComparisonRow<Value>[]>;

const itemsOf = (params: readonly Param[] | undefined): ReadonlyMap<string, string> => new Map((params ?? []).map(({ key, value }) => [key, value]));
const ofEach = <Value>(runs: Runs, read: (run: Prisma.RunModel) => Promise<Value>): Promise<Value[]> => Promise.all(runs.map(read));

/** Null where a run names no environment, or one that is not there. */
const environmentFor = async (run: Prisma.RunModel, context: Context) => (run.environmentId === null ? undefined : environmentOf(context, run.environmentId));

/** What differs between runs that the viewer sees, by kind. */
export const comparedItems: Readonly<Record<'code' | 'data' | 'config' | 'environment', Rows<string>>> = {
  code: (_, runs) => Promise.resolve(compareItems(runs.map(codeItems))),
  data: async (context, runs) => compareItems(await ofEach(runs, async ({ id }) => dataItems((await datasetsOf(context, id)) ?? []))),
  config: async (context, runs) => compareItems(await ofEach(runs, async ({ id }) => itemsOf(await paramsOf(context, id, MOST_ITEMS))), isSameValue),
  environment: async (context, runs) => compareItems(await ofEach(runs, async (run) => itemsOf(environmentItems((await environmentFor(run, context))?.content)))),
};

/** The last value of each metric. */
export const comparedMetrics: Rows<number> = async (context, runs) =>
  compareItems(await ofEach(runs, async ({ id }) => new Map(((await metricsOf(context, id, MOST_ITEMS)) ?? []).map(({ key, lastValue }) => [key, lastValue]))));
