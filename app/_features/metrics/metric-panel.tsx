'use client';

import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { ChartMenu } from '../../_charts/chart-menu.tsx';
import { ChartDataTable } from '../../_charts/chart-data-table.tsx';
import { X_NAMES, type ChartView } from '../../_charts/chart-controls.tsx';
import type { ChartGroup } from '../../_charts/chart-group.ts';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { valuesAt } from '../../_charts/crosshair-values.ts';
import type { LineChartLayout } from '../../_charts/line-chart-layout.ts';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import { LineChart } from '../../_charts/line-chart.tsx';
import { valueText } from '../../_charts/number-words.ts';
import { seriesStyle } from '../../_charts/series-style.ts';
import { pointsOver, xValueText } from '../../_charts/x-axis.ts';
import type { RunSeriesStore } from './run-series-store.ts';

export interface MetricPanelProps {
  readonly metric: string;
  readonly store: RunSeriesStore;
  readonly view: ChartView;
  readonly group: ChartGroup;
  readonly live: boolean;
  /** The baseline's repeats behind the run, so that one sees where it should go. Only over steps: times of other runs mean nothing here. */
  readonly baseline?: ChartSeries | undefined;
  readonly pins?: readonly ChartPin[];
  /** Told what the panel draws, so that a comment can keep what was seen. */
  readonly onComment?: ((x: number, series: readonly ChartSeries[]) => void) | undefined;
}

/** One metric of one run: its curve, the value at its end or at the crosshair, and the table behind. */
export function MetricPanel({ metric, store, view, group, live, baseline, pins, onComment }: MetricPanelProps) {
  const subscribe = useCallback((listener: () => void) => store.subscribe(metric, listener), [store, metric]);
  const logged = useSyncExternalStore(subscribe, () => store.series(metric), () => store.series(metric));
  const layout = useRef<LineChartLayout | null>(null);
  const keepLayout = useCallback((next: LineChartLayout) => { layout.current = next; }, []);
  const [tableShown, setTableShown] = useState(false);
  const own = useMemo<ChartSeries>(() => ({ id: 'run', label: metric, ...pointsOver(logged, view.xKind), style: seriesStyle(0), live }), [logged, view.xKind, metric, live]);
  const series = useMemo(() => (baseline !== undefined && view.xKind === 'step' && own.xs.length > 1 ? [baseline, own] : [own]), [baseline, own, view.xKind]);
  return (
    <figure className="pn">
      <div className="fig-h">
        <b className="mono tr" title={metric}>{metric}</b>
        <span className="sp" />
        <PanelValue own={own} view={view} group={group} />
        <ChartMenu title={metric} xName={X_NAMES[view.xKind]} series={series} layout={layout} tableShown={tableShown} onTable={setTableShown} />
      </div>
      <LineChart title={`${metric} by ${view.xKind}`} series={series} xKind={view.xKind} yKind={view.yKind} smoothing={view.smoothing} height={112} panel group={group} onLayout={keepLayout} onComment={onComment && ((x) => onComment(x, series))} {...(pins === undefined ? {} : { pins })} />
      {tableShown && <ChartDataTable title={metric} xName={X_NAMES[view.xKind]} series={series} />}
    </figure>
  );
}

/** The value in the panel's head: the last one, or the one at the crosshair with its step. It changes in place. */
function PanelValue({ own, view, group }: { readonly own: ChartSeries; readonly view: ChartView; readonly group: ChartGroup }) {
  const crosshair = useSyncExternalStore(group.subscribe, group.crosshair, group.crosshair);
  const there = crosshair === null ? undefined : valuesAt([own], crosshair)[0];
  const last = own.ys.at(-1);
  if (there !== undefined) return <span className="num text-ink"><span className="text-ink-3">{xValueText(there.x, view.xKind)}</span> {valueText(there.y)}</span>;
  return <span className="num text-ink">{last === undefined ? '' : valueText(last)}</span>;
}
