'use client';

import { useEffect, useState } from 'react';
import type { Client } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import { usePointsClient } from '../../_graphql/graphql-provider.tsx';
import { useAgain } from '../../_graphql/use-again.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { AXES } from './curve-store.ts';
import { followLive } from './follow-run.ts';
import type { XKind } from '../../_charts/chart-series.ts';
import type { CurveData, CurveRun, CurveView } from './learning-curves-data.ts';
import { withArrived } from './logged-points.ts';
import { ExperimentSeriesQuery, VariantCurvesQuery } from './series-documents.ts';
import { variantCurve, type VariantCurve } from './variant-curves.ts';

/** More curves than this tell an eye nothing more; the figure says when runs are left out. */
export const MOST_RUNS = 1000;
const PAGE = 100;
const MOST_LIVE = 16;

type Node = ResultOf<typeof ExperimentSeriesQuery>['runs']['nodes'][number];

export interface ExperimentCurves extends CurveData {
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly cut: boolean;
  readonly again: () => void;
}

interface Question {
  readonly slug: string;
  readonly experimentKey: string;
  readonly metric: string | null;
  readonly runCount: number;
  /** A line a variant needs the averages, which the server makes, and the runs that still go on; a line a run needs all of them. */
  readonly lines: CurveView['lines'];
  readonly xKind: XKind;
  /** Changes when the curves must be read again: a run ended, was excluded, joined another variant. */
  readonly version: string;
}

const NOTHING: Omit<ExperimentCurves, 'again'> = { runs: [], curves: [], loading: true, failure: null, cut: false };

/** Points of an average: more than a chart has columns of two pixels. */
const CURVE_POINTS = 500;

/** One metric of an experiment's variants, or of all its runs; those that still run are followed live. What is shown stays until fresh curves are there. */
export function useExperimentCurves({ slug, experimentKey, metric, runCount, version, lines: linesBy, xKind }: Question): ExperimentCurves {
  const client = usePointsClient();
  const { reconnections } = useConnection();
  const [state, setState] = useState<typeof NOTHING & { readonly metric: string | null }>({ ...NOTHING, metric: null });
  const [round, again] = useAgain();
  // Points of runs know their axis when they are drawn; averages are made over one.
  const averagedOver = linesBy === 'variants' ? xKind : null;
  const maxPoints = Math.max(60, Math.min(400, Math.floor(120_000 / Math.max(1, runCount))));

  useEffect(() => {
    if (metric === null) return undefined;
    let current = true;
    const lines: (() => void)[] = [];
    const arrived = (runId: string, points: Parameters<typeof withArrived>[1]): void =>
      setState((before) => ({ ...before, runs: before.runs.map((run) => (run.id === runId ? { ...run, logged: withArrived(run.logged, points) } : run)) }));
    const filter = `experiment = '${experimentKey}'${averagedOver === null ? '' : " AND status = 'RUNNING'"}`;
    const averages = averagedOver === null ? NO_AVERAGES : readAverages(client, { experimentKey, metric, xKind: averagedOver });
    void Promise.all([readAll(client, { slug, filter, metric, maxPoints }), averages]).then(([{ nodes, failure, cut }, averaged]) => {
      if (!current) return;
      setState({ runs: nodes.map((node) => curveOf(node)), curves: averaged.curves, loading: false, failure: failure ?? averaged.failure, cut, metric });
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
  }, [client, slug, experimentKey, metric, maxPoints, version, reconnections, averagedOver, round]);

  return { ...(state.metric === metric ? state : { ...NOTHING, loading: metric !== null }), again };
}

interface Averages { readonly curves: readonly VariantCurve[]; readonly failure: Failure | null }
const NO_AVERAGES: Averages = { curves: [], failure: null };

async function readAverages(client: Client, { experimentKey, metric, xKind }: { readonly experimentKey: string; readonly metric: string; readonly xKind: XKind }): Promise<Averages> {
  const { data, error } = await client.query(VariantCurvesQuery, { key: experimentKey, metric, axis: AXES[xKind], maxPoints: CURVE_POINTS }, { requestPolicy: 'network-only' }).toPromise();
  const variants = data?.experiment?.variants ?? [];
  // The chart counts relative time in seconds.
  const unit = xKind === 'relative' ? 1_000 : 1;
  return { curves: variants.flatMap(({ id, label, curve }) => (curve ? [variantCurve({ id, label }, { ...curve, xs: curve.xs.map((x) => x / unit) })] : [])), failure: failureOf(error) };
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
    logged: { ...(node.series[0] ?? { steps: [], timestamps: [], values: [] }), start: node.metricsStart },
  };
}
