'use client';

import { graphql } from '../../_graphql/graphql.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { formatNumber, formatReading } from '../../_ui/numbers.ts';

const SparklineQuery = graphql(`query RunSparkline($id: ID!, $keys: [String!]) { run(id: $id) { id series(keys: $keys, maxPoints: 120) { key steps values count } metrics(first: 1, keys: $keys) { key last lastText } } }`);
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

interface SoFar {
  readonly series: readonly { readonly steps: readonly number[]; readonly values: readonly (number | null)[] }[];
  readonly metrics: readonly { readonly last: number | null; readonly lastText: string }[];
}

/** Where the curve stands: its last point. A value that no curve can show (NaN, an infinity) is said in the server's words. */
export function headOf(soFar: SoFar | null | undefined): { readonly value: string; readonly step: number } | null {
  const series = soFar?.series[0];
  const step = series?.steps.at(-1);
  if (series === undefined || step === undefined) return null;
  const value = series.values[series.steps.length - 1] ?? null;
  if (value !== null) return { value: formatReading(value), step };
  const said = soFar?.metrics[0];
  return { value: said?.last === null ? said.lastText.replace('-', '−') : 'not finite', step };
}

const useSoFar = (run: string, metric: string) => useQuery({ query: SparklineQuery, variables: { id: run, keys: [metric] } });

interface HeadProps { readonly run: string; readonly metric: { readonly key: string; readonly last: number | null; readonly lastText: string; readonly lastStep: number | null } }

/** The value at the head of the sparkline beside it. It asks the sparkline's own question, so the sparkline's news move both. */
export function ValueNow({ run, metric }: HeadProps) {
  const [{ data }] = useSoFar(run, metric.key);
  return headOf(data?.run)?.value ?? (metric.last === null ? metric.lastText.replace('-', '−') : formatReading(metric.last));
}

/** The step at the head of the sparkline beside it. */
export function StepNow({ run, metric }: HeadProps) {
  const [{ data }] = useSoFar(run, metric.key);
  const step = headOf(data?.run)?.step ?? metric.lastStep;
  return step === null ? '' : formatNumber(step, { decimals: 0 });
}

/** One metric of a run while it trains; a dot at the head. The numbers stand beside it. */
export function RunSparkline({ run, metric }: { readonly run: string; readonly metric: string }) {
  const [{ data }, again] = useSoFar(run, metric);
  useLive(PointsLogged, [{ run, keys: [metric] }], again);
  const series = data?.run?.series[0];
  const drawn = series ? sparklinePath(series.steps, series.values) : null;
  return (
    <svg className="spk" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {drawn ? <><path className="l" d={drawn.path} /><path className="d" d={`M${drawn.last[0]} ${drawn.last[1]}h.01`} /></> : null}
    </svg>
  );
}
