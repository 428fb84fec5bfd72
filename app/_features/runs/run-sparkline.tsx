'use client';

import { useQuery } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';
import { useLive } from '../../_graphql/use-live.ts';

const SparklineQuery = graphql(`query RunSparkline($id: ID!, $keys: [String!]) { run(id: $id) { id series(keys: $keys, maxPoints: 120) { key steps values count } } }`);
const PointsLogged = graphql(`subscription RunSparklinePoints($run: ID!, $keys: [String!]) { metricsLogged(run: $run, keys: $keys) { run cursor } }`);

const HEIGHT = 24;

/** The path of a small curve in a box of 100 by 24; gaps where a value was not finite. Null until there are two points. */
export function sparklinePath(steps: readonly number[], values: readonly (number | null)[]): { readonly path: string; readonly last: readonly [x: number, y: number] } | null {
  const points = values.flatMap((value, at) => (value === null ? [] : [[steps[at] ?? at, value] as const]));
  const last = points.at(-1);
  if (points.length < 2 || !last) return null;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const x = (value: number) => Math.round((1000 * (value - x0)) / (x1 - x0 || 1)) / 10;
  const y = (value: number) => Math.round(10 * (2 + (HEIGHT - 4) * (1 - (value - y0) / (y1 - y0 || 1)))) / 10;
  return { path: `M${points.map(([px, py]) => `${x(px)} ${y(py)}`).join('L')}`, last: [x(last[0]), y(last[1])] };
}

/** One metric of a run while it trains; a dot at the head. The numbers stand beside it. */
export function RunSparkline({ run, metric }: { readonly run: string; readonly metric: string }) {
  const [{ data }, again] = useQuery({ query: SparklineQuery, variables: { id: run, keys: [metric] } });
  useLive(PointsLogged, [{ run, keys: [metric] }], () => again({ requestPolicy: 'network-only' }));
  const series = data?.run?.series[0];
  const drawn = series ? sparklinePath(series.steps, series.values) : null;
  return (
    <svg className="spk" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {drawn ? <><path className="l" d={drawn.path} /><path className="d" d={`M${drawn.last[0]} ${drawn.last[1]}h.01`} /></> : null}
    </svg>
  );
}
