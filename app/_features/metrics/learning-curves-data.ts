import type { ChartSeries, SeriesStyle, XKind } from '../../_charts/chart-series.ts';
import { assignStyles, faint, QUIET_STYLE } from '../../_charts/series-style.ts';
import { type LoggedSeries, pointsOver } from '../../_charts/x-axis.ts';
import type { VariantCurve } from './variant-curves.ts';

export interface CurveRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly seed: string | null;
  readonly counted: boolean;
  readonly variantId: string | null;
  readonly variantLabel: string | null;
  readonly logged: LoggedSeries;
}

/** What the figure is drawn from: for a line a variant the averages and the runs that still go on, for a line a run all runs. */
export interface CurveData {
  readonly runs: readonly CurveRun[];
  readonly curves: readonly VariantCurve[];
}

export interface CurveView {
  readonly xKind: XKind;
  /** A line per variant with a band over its repeats, or a line per run. */
  readonly lines: 'variants' | 'runs';
  readonly baselineId: string | null;
  /** All variants in the order of the page, so that each has the same colour everywhere. */
  readonly order: readonly string[];
  /** Variants that keep their colour when there are more than eight, most interesting first. */
  readonly keep: readonly string[];
}

const isLive = (run: CurveRun): boolean => run.status === 'RUNNING';

/** The lines of the learning-curve figure. Runs that still go on are drawn on their own beside the mean of those that finished. */
export function learningCurves(data: CurveData, view: CurveView): ChartSeries[] {
  return view.lines === 'runs' ? runLines(data.runs, view) : variantLines(data, view);
}

function variantLines({ runs, curves }: CurveData, view: CurveView): ChartSeries[] {
  const live = runs.filter(isLive);
  const ids = inOrder([...curves.map(({ id }) => id), ...live.flatMap(({ variantId }) => variantId ?? [])], view.order);
  const baseline = view.baselineId ?? undefined;
  const styles = assignStyles(ids, { baseline, keep: view.keep });
  const lines = ids.flatMap((id) => {
    const curve = curves.find((one) => one.id === id);
    return curve ? [bandLine(curve, { label: id === view.baselineId ? 'baseline' : curve.label, style: styles.get(id) ?? QUIET_STYLE })] : [];
  });
  const fresh = assignStyles([...ids, NEW_VARIANT], { baseline, keep: [...view.keep, NEW_VARIANT] }).get(NEW_VARIANT) ?? QUIET_STYLE;
  for (const run of live) {
    const points = pointsOver(run.logged, view.xKind);
    // A running run has the colour of its variant, so that one sees where it should go, and is no repeat yet.
    if (points.xs.length > 0) lines.push({ id: run.id, label: runLabel(run), style: faint(styles.get(run.variantId ?? '') ?? fresh), live: true, ...points });
  }
  return lines;
}

function inOrder(variants: readonly string[], order: readonly string[]): string[] {
  const present = new Set(variants);
  return [...order.filter((id) => present.has(id)), ...[...present].filter((id) => !order.includes(id))];
}

/** Stands for runs that have no variant yet. */
const NEW_VARIANT = 'new variant';

const runLabel = (run: CurveRun): string => (run.seed === null ? run.name : `${run.variantLabel ?? run.name}, seed ${run.seed}`);

/**
 * The middle of a variant's runs as a line, with its band where there are repeats; counts are said in the readout.
 * Repeats of unlike length thin out at the end, and a mean over fewer runs can leap there: the line ends where less than half of the repeats are left.
 */
export function bandLine({ id, spread, xs, n, middle, lower, upper }: VariantCurve, look: { readonly label: string; readonly style: SeriesStyle }): ChartSeries {
  const most = n.reduce((largest, one) => Math.max(largest, one), 0);
  const end = most < 2 ? xs.length : 1 + n.findLastIndex((one) => one >= most / 2);
  const numbers = (list: readonly (number | null)[]): number[] => list.slice(0, end).map((value) => value ?? Number.NaN);
  const line = { id, ...look, xs: xs.slice(0, end), ys: numbers(middle), counts: n.slice(0, end) };
  return most < 2 ? line : { ...line, band: { lower: numbers(lower), upper: numbers(upper), spread } };
}

function runLines(runs: readonly CurveRun[], view: CurveView): ChartSeries[] {
  const variants = inOrder(runs.flatMap(({ variantId }) => variantId ?? []), view.order);
  const styles = assignStyles(variants, { baseline: view.baselineId ?? undefined, keep: view.keep });
  return runs
    .map<ChartSeries>((run) => ({ id: run.id, label: runLabel(run), style: styles.get(run.variantId ?? '') ?? QUIET_STYLE, live: isLive(run), ...pointsOver(run.logged, view.xKind) }))
    .filter((line) => line.xs.length > 0);
}

/** The first sentence under the figure: from which step on the bands lie apart, and that they overlap where they do. Null where nothing honest can be said. */
export function curveFinding(lines: readonly ChartSeries[], baselineId: string | null, treatmentId: string | null): string | null {
  const baseline = lines.find((line) => line.id === baselineId);
  const treatment = lines.find((line) => line.id === treatmentId);
  if (baseline === undefined || treatment === undefined) return null;
  const there = new Map(bandsOf(baseline).map((one) => [one.x, one]));
  const sides = bandsOf(treatment).flatMap(({ x, low, high }) => { const base = there.get(x); return base ? [{ x, side: low > base.high ? 1 : high < base.low ? -1 : 0 }] : []; });
  const last = sides.at(-1);
  if (last === undefined || sides.length < 2) return null;
  if (sides.every(({ side }) => side === 0)) return `The bands of ${treatment.label} and the baseline overlap at every step.`;
  if (last.side === 0) return `The bands of ${treatment.label} and the baseline overlap at the end.`;
  const place = last.side > 0 ? 'above' : 'below';
  const turn = sides.findLastIndex(({ side }) => side !== last.side);
  const since = sides[turn + 1];
  if (turn < 0 || since === undefined) return `${treatment.label} is ${place} the baseline at every step.`;
  if (since.x === last.x) return `${treatment.label} ends ${place} the baseline.`;
  return `${treatment.label} ends ${place} the baseline, and stays ${place} it from step ${since.x} on.`;
}

/** Where there is a band: a mean alone, of one repeat, proves nothing. */
function bandsOf({ xs, band }: ChartSeries): { readonly x: number; readonly low: number; readonly high: number }[] {
  return xs.map((x, index) => ({ x, low: band?.lower[index] ?? Number.NaN, high: band?.upper[index] ?? Number.NaN })).filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
}
