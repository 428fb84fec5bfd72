'use client';

import { useCallback, useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { useAgain } from '../../_graphql/use-again.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { ResultOf } from '../../_graphql/graphql.ts';
import type { CurveStore, Window } from './curve-store.ts';
import type { CurveRun } from './learning-curves-data.ts';
import { readAverages, type Averaging } from './read-averages.ts';
import { GridRunsQuery, RunsSeriesQuery } from './series-documents.ts';
import { useCurves, type ReadRuns } from './use-curves.ts';

/** A run of a grid, without its points. */
export type GridRun = Omit<CurveRun, 'logged'>;

export interface GridRuns {
  readonly runs: readonly GridRun[];
  /** How many there are, shown or not. */
  readonly total: number;
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/** More lines than this in a small chart tell an eye nothing; the page says when runs are left out. */
export const MOST_RUNS = 200;
const PAGE = 100;
const POINTS_A_READING = 120_000;

interface Question {
  readonly slug: string;
  /** In the language of run filters. */
  readonly filter: string;
  /** Changes when the runs must be read again: one ended, was excluded, joined another variant. */
  readonly version: string;
}

type GridAnswer = Omit<GridRuns, 'again'>;
const NOTHING: GridAnswer = { runs: [], total: 0, loading: true, failure: null };

/** The runs a grid shows. What is shown stays until a fresh answer is there. */
export function useGridRuns({ slug, filter, version }: Question): GridRuns {
  const client = useClient();
  const [state, setState] = useState<GridAnswer & { readonly filter: string }>({ ...NOTHING, filter });
  const [round, again] = useAgain();
  useEffect(() => {
    let current = true;
    void readRuns(client, slug, filter).then((read) => { if (current) setState({ ...read, filter }); });
    return () => {
      current = false;
    };
  }, [client, slug, filter, version, round]);
  return { ...(state.filter === filter ? state : NOTHING), again };
}

interface CurvesShown {
  readonly runs: readonly GridRun[];
  readonly keys: readonly string[];
  /** Where a line is a variant; null where it is a run. */
  readonly averaging: Averaging | null;
}

/** Their curves, or those of their variants: those of charts in view. */
export function useRunsCurves({ slug, filter, version }: Question, { runs, keys, averaging }: CurvesShown): CurveStore {
  const live = runs.filter(({ status }) => status === 'RUNNING').map(({ id }) => id);
  const [all, running] = [runs.length, live.length];
  const read = useCallback((client: Client, asked: readonly string[], window: Window | null) => (averaging === null
    ? readCurves(client, { slug, filter, count: all }, asked, window)
    : readBands(client, { slug, filter, count: running, averaging }, asked, window)), [slug, filter, all, running, averaging]);
  return useCurves({ read, live, follow: 'in view', keys, version: `${filter} ${version} ${averaging === null ? 'runs' : `${averaging.spread} ${averaging.xKind}`}` });
}

type RunNode = ResultOf<typeof GridRunsQuery>['runs']['nodes'][number];

async function readRuns(client: Client, slug: string, filter: string): Promise<GridAnswer> {
  const nodes: RunNode[] = [];
  let after: string | null = null;
  let total = 0;
  do {
    const answer: { data?: ResultOf<typeof GridRunsQuery> | undefined; error?: Parameters<typeof failureOf>[0] } = await client.query(GridRunsQuery, { slug, filter, first: PAGE, after }, { requestPolicy: 'network-only' }).toPromise();
    if (answer.data === undefined) return { runs: [], total: 0, loading: false, failure: failureOf(answer.error) };
    const page: ResultOf<typeof GridRunsQuery>['runs'] = answer.data.runs;
    nodes.push(...page.nodes);
    total = page.totalCount;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && nodes.length < MOST_RUNS);
  return { runs: nodes.map(runOf), total, loading: false, failure: null };
}

const runOf = (node: RunNode): GridRun => ({
  id: node.id, name: node.name, status: node.status, seed: node.seed,
  counted: node.status === 'FINISHED' && node.excluded === null && node.deletedAt === null,
  variantId: node.variant?.id ?? null, variantLabel: node.variant?.label ?? null,
});

interface RunsAsked { readonly slug: string; readonly filter: string; readonly count: number }

/** The averages, and the runs that still go on: they are no repeats yet. */
async function readBands(client: Client, { averaging, slug, filter, count }: RunsAsked & { readonly averaging: Averaging }, keys: readonly string[], window: Window | null): Promise<ReadRuns> {
  const [{ runs, problem }, averaged] = await Promise.all([
    readCurves(client, { slug, filter: `${filter} AND status = 'RUNNING'`, count }, keys, window),
    readAverages(client, averaging, keys, window),
  ]);
  return { runs, averages: averaged.averages, problem: problem ?? averaged.problem };
}

async function readCurves(client: Client, { slug, filter, count }: RunsAsked, keys: readonly string[], window: Window | null): Promise<ReadRuns> {
  const maxPoints = Math.max(30, Math.min(1_000, Math.floor(POINTS_A_READING / Math.max(1, keys.length * count))));
  const found: ReadRuns['runs'][number][] = [];
  let after: string | null = null;
  do {
    const answer: { data?: ResultOf<typeof RunsSeriesQuery> | undefined; error?: Parameters<typeof failureOf>[0] } = await client
      .query(RunsSeriesQuery, { slug, filter, metrics: [...keys], maxPoints, first: PAGE, after, ...window }, { requestPolicy: 'network-only' }).toPromise();
    if (answer.data === undefined) return { runs: found, problem: failureOf(answer.error)?.message ?? 'The server did not answer.' };
    const page: ResultOf<typeof RunsSeriesQuery>['runs'] = answer.data.runs;
    found.push(...page.nodes.map(({ id, metricsCursor, metricsStart, series }) => ({ id, cursor: metricsCursor, start: metricsStart, series })));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && found.length < MOST_RUNS);
  return { runs: found, problem: null };
}
