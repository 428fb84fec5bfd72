'use client';

import { useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { followLive } from './follow-run.ts';
import type { CurveRun } from './learning-curves-data.ts';
import { withArrived } from './logged-points.ts';
import { ExperimentSeriesQuery } from './series-documents.ts';

/** More curves than this tell an eye nothing more; the figure says when runs are left out. */
export const MOST_RUNS = 1000;
const PAGE = 100;
const MOST_LIVE = 16;

type Node = ResultOf<typeof ExperimentSeriesQuery>['runs']['nodes'][number];

export interface ExperimentCurves {
  readonly runs: readonly CurveRun[];
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly cut: boolean;
}

interface Question {
  readonly slug: string;
  readonly experimentKey: string;
  readonly metric: string | null;
  readonly runCount: number;
  /** Changes when the curves must be read again: a run ended, was excluded, joined another variant. */
  readonly version: string;
}

const NOTHING: ExperimentCurves = { runs: [], loading: true, failure: null, cut: false };

/** One metric of all runs of an experiment; those that still run are followed live. What is shown stays until fresh curves are there. */
export function useExperimentCurves({ slug, experimentKey, metric, runCount, version }: Question): ExperimentCurves {
  const client = useClient();
  const { reconnections } = useConnection();
  const [state, setState] = useState<ExperimentCurves & { readonly metric: string | null }>({ ...NOTHING, metric: null });
  const maxPoints = Math.max(60, Math.min(400, Math.floor(120_000 / Math.max(1, runCount))));

  useEffect(() => {
    if (metric === null) return undefined;
    let current = true;
    const lines: (() => void)[] = [];
    const arrived = (runId: string, points: Parameters<typeof withArrived>[1]): void =>
      setState((before) => ({ ...before, runs: before.runs.map((run) => (run.id === runId ? { ...run, logged: withArrived(run.logged, points) } : run)) }));
    void readAll(client, { slug, filter: `experiment = '${experimentKey}'`, metric, maxPoints }).then(({ nodes, failure, cut }) => {
      if (!current) return;
      setState({ runs: nodes.map((node) => curveOf(node)), loading: false, failure, cut, metric });
      for (const node of nodes.filter((one) => one.status === 'RUNNING').slice(0, MOST_LIVE)) {
        let cursor = node.metricsCursor;
        lines.push(followLive(client, { runId: node.id, keys: [metric], after: cursor }, {
          arrived: (all) => all.forEach((points) => arrived(node.id, points)),
          movedTo: (at) => { cursor = at; },
        }));
      }
    });
    return () => {
      current = false;
      for (const close of lines) close();
    };
  }, [client, slug, experimentKey, metric, maxPoints, version, reconnections]);

  return state.metric === metric ? state : { ...NOTHING, loading: metric !== null };
}

async function readAll(client: Client, question: { readonly slug: string; readonly filter: string; readonly metric: string; readonly maxPoints: number }): Promise<{ nodes: Node[]; failure: Failure | null; cut: boolean }> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const result: { data?: ResultOf<typeof ExperimentSeriesQuery> | undefined; error?: Parameters<typeof failureOf>[0] } = await client
      .query(ExperimentSeriesQuery, { slug: question.slug, filter: question.filter, metrics: [question.metric], maxPoints: question.maxPoints, first: PAGE, after }, { requestPolicy: 'network-only' })
      .toPromise();
    if (result.data === undefined) return { nodes, failure: failureOf(result.error), cut: false };
    const page: ResultOf<typeof ExperimentSeriesQuery>['runs'] = result.data.runs;
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && nodes.length < MOST_RUNS);
  return { nodes, failure: null, cut: after !== null };
}

function curveOf(node: Node): CurveRun {
  return {
    id: node.id,
    name: node.name,
    status: node.status,
    seed: node.seed,
    counted: node.status === 'FINISHED' && node.excluded === null && node.deletedAt === null,
    variantId: node.variant?.id ?? null,
    variantLabel: node.variant?.label ?? null,
    logged: node.series[0] ?? { steps: [], timestamps: [], values: [] },
  };
}
