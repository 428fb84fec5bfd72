import type { ChartSeries, XKind } from '../../_charts/chart-series.ts';
import { alignRepeats, bandOverRepeats, type Spread } from '../../_charts/repeat-band.ts';
import { assignStyles, COLOURED_SERIES, QUIET_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import { type LoggedSeries, pointsOver } from '../../_charts/x-axis.ts';
import { learningCurves, type CurveRun, type VariantCurve } from './learning-curves-data.ts';
import type { GridRun } from './use-grid-runs.ts';

export interface PanelLook {
  readonly runs: readonly GridRun[];
  readonly xKind: XKind;
  readonly lines: 'runs' | 'variants';
  readonly spread: Spread;
  readonly baselineId: string | null;
  /** Variants in the order of the page. */
  readonly order: readonly string[];
}

type CurvesOf = (key: string) => ReadonlyMap<string, LoggedSeries>;

/** The lines of one chart of a grid: for one run one a metric, for more one a run or one a variant, in the colour of the variant; further metrics are dashed. */
export function panelLines(keys: readonly string[], curvesOf: CurvesOf, look: PanelLook): ChartSeries[] {
  const [only] = look.runs;
  if (only !== undefined && look.runs.length === 1) return keys.flatMap((key, place) => ofOneRun(only, { key, place }, curvesOf(key).get(only.id), look.xKind));
  return keys.flatMap((key, place) => {
    const lines = ofManyRuns(curvesOf(key), look);
    return keys.length === 1 ? lines : lines.map((line) => ({ ...line, id: `${key} ${line.id}`, label: `${key}, ${line.label}`, style: { ...line.style, dash: seriesStyle(place).dash } }));
  });
}

function ofOneRun(run: GridRun, { key, place }: { readonly key: string; readonly place: number }, logged: LoggedSeries | undefined, xKind: XKind): ChartSeries[] {
  if (logged === undefined) return [];
  return [{ id: key, label: key, ...pointsOver(logged, xKind), style: seriesStyle(place), live: run.status === 'RUNNING' || run.status === 'SCHEDULED' }];
}

function ofManyRuns(curves: ReadonlyMap<string, LoggedSeries>, { runs, xKind, lines, spread, baselineId, order }: PanelLook): ChartSeries[] {
  const logged = runs.flatMap((run) => { const own = curves.get(run.id); return own === undefined ? [] : [{ ...run, logged: own }]; });
  const view = { xKind, lines, baselineId, order, keep: order };
  if (lines === 'variants') return learningCurves({ runs: logged, curves: variantCurves(logged, xKind, spread) }, view);
  const drawn = learningCurves({ runs: logged, curves: [] }, view);
  const variants = new Set(runs.map(({ variantId }) => variantId));
  if (variants.size > 1 || runs.length > COLOURED_SERIES) return drawn;
  // A handful of repeats of one variant: told apart by run, since nothing else tells them apart.
  const styles = assignStyles(runs.map(({ id }) => id), {});
  return drawn.map((line) => ({ ...line, style: styles.get(line.id) ?? QUIET_STYLE }));
}

/** The middle and the band of each variant's counted runs, made here from the curves that are here. */
function variantCurves(runs: readonly CurveRun[], xKind: XKind, spread: Spread): VariantCurve[] {
  const counted = Map.groupBy(runs.filter((run) => run.counted && run.variantId !== null), ({ variantId }) => variantId ?? '');
  return [...counted].map(([id, own]) => {
    const { xs, mean, lower, upper, counts } = bandOverRepeats(alignRepeats(own.map((run) => pointsOver(run.logged, xKind))), spread);
    return { id, label: own[0]?.variantLabel ?? 'variant', xs, n: counts, mean, ciLow: lower, ciHigh: upper };
  });
}
