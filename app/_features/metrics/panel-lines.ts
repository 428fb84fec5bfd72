import type { ChartSeries, XKind } from '../../_charts/chart-series.ts';
import { assignStyles, COLOURED_SERIES, QUIET_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import { type LoggedSeries, pointsOver } from '../../_charts/x-axis.ts';
import type { KeyCurves } from './curve-store.ts';
import { learningCurves } from './learning-curves-data.ts';
import type { GridRun } from './use-grid-runs.ts';

export interface PanelLook {
  readonly runs: readonly GridRun[];
  readonly xKind: XKind;
  readonly baselineId: string | null;
  /** Variants in the order of the page. */
  readonly order: readonly string[];
}

type CurvesOf = (key: string) => Pick<KeyCurves, 'curves' | 'averages'>;

/** The lines of one chart of a grid: for one run one a metric, for more one a run or, where it was averaged, one a variant, in the colour of the variant; further metrics are dashed. */
export function panelLines(keys: readonly string[], curvesOf: CurvesOf, look: PanelLook): ChartSeries[] {
  const [only] = look.runs;
  if (only !== undefined && look.runs.length === 1) return keys.flatMap((key, place) => ofOneRun(only, { key, place }, curvesOf(key).curves.get(only.id), look.xKind));
  return keys.flatMap((key, place) => {
    const lines = ofManyRuns(curvesOf(key), look);
    return keys.length === 1 ? lines : lines.map((line) => ({ ...line, id: `${key} ${line.id}`, label: `${key}, ${line.label}`, style: { ...line.style, dash: seriesStyle(place).dash } }));
  });
}

function ofOneRun(run: GridRun, { key, place }: { readonly key: string; readonly place: number }, logged: LoggedSeries | undefined, xKind: XKind): ChartSeries[] {
  if (logged === undefined) return [];
  return [{ id: key, label: key, ...pointsOver(logged, xKind), style: seriesStyle(place), live: run.status === 'RUNNING' || run.status === 'SCHEDULED' }];
}

function ofManyRuns({ curves, averages }: ReturnType<CurvesOf>, { runs, xKind, baselineId, order }: PanelLook): ChartSeries[] {
  const logged = runs.flatMap((run) => { const own = curves.get(run.id); return own === undefined ? [] : [{ ...run, logged: own }]; });
  const view = { xKind, baselineId, order, keep: order };
  // Averages over another axis have no place here; those over this one are being read.
  if (averages !== null) return learningCurves({ runs: logged, curves: averages.xKind === xKind ? averages.variants : [] }, { ...view, lines: 'variants' });
  const drawn = learningCurves({ runs: logged, curves: [] }, { ...view, lines: 'runs' });
  const variants = new Set(runs.map(({ variantId }) => variantId));
  if (variants.size > 1 || runs.length > COLOURED_SERIES) return drawn;
  // A handful of repeats of one variant: told apart by run, since nothing else tells them apart.
  const styles = assignStyles(runs.map(({ id }) => id), {});
  return drawn.map((line) => ({ ...line, style: styles.get(line.id) ?? QUIET_STYLE }));
}
