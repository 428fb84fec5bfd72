import type { ChartGroup } from '../../_charts/chart-group.ts';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import type { ChartSeries, Span } from '../../_charts/chart-series.ts';
import type { ChartView } from '../../_charts/chart-view.ts';
import type { InView } from '../../_ui/in-view.ts';
import type { CurveStore } from './curve-store.ts';
import type { GridView } from './grid-view.ts';
import type { GridRun } from './use-grid-runs.ts';

/** What a page of charts is about: whose curves, and what belongs to them. */
export interface GridSubject {
  readonly store: CurveStore;
  readonly runs: readonly GridRun[];
  /** Stands in the title of files, before the metric. */
  readonly name: string;
  /** Whether lines may be variants: they are averaged over all of their runs, not over some. */
  readonly byVariant: boolean;
  readonly baselineId: string | null;
  /** Variants in the order of the page, so that each has the same colour everywhere. */
  readonly order: readonly string[];
  /** The baseline's repeats behind a single run, by metric. */
  readonly bands: ReadonlyMap<string, ChartSeries>;
  /** Open threads, by metric. */
  readonly pins: ReadonlyMap<string, readonly ChartPin[]>;
  /** Begins a thread at a step of a metric, or about a window of steps; told what the chart draws, so that the thread can keep what was seen. */
  readonly onComment?: ((metric: string, at: number | Span, series: readonly ChartSeries[]) => void) | undefined;
}

/** Everything that the charts of a page share. */
export interface Grid {
  readonly subject: GridSubject;
  readonly view: GridView;
  readonly onView: (view: GridView) => void;
  /** How charts are drawn that have no settings of their own. */
  readonly chart: ChartView;
  readonly group: ChartGroup;
  readonly inView: InView;
}
