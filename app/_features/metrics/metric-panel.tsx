'use client';

import { GripVertical, Pin } from 'lucide-react';
import { useMemo, useState, useSyncExternalStore, type DragEvent } from 'react';
import { ChartDataTable } from '../../_charts/chart-data-table.tsx';
import { ChartMenu } from '../../_charts/chart-menu.tsx';
import { X_NAMES } from '../../_charts/chart-controls.tsx';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import type { ChartSeries, Span } from '../../_charts/chart-series.ts';
import type { ChartView } from '../../_charts/chart-view.ts';
import { LinesKey } from '../../_charts/lines-key.tsx';
import { LineChart } from '../../_charts/line-chart.tsx';
import { seriesStyle } from '../../_charts/series-style.ts';
import { ErrorNote } from '../../_ui/waiting.tsx';
import type { KeyCurves } from './curve-store.ts';
import { everyPointCsv } from './every-point.ts';
import type { Grid } from './grid.ts';
import { pinToggled } from './grid-moves.ts';
import type { GridPanel, PanelSection } from './grid-panels.ts';
import { panelLines } from './panel-lines.ts';
import { PanelMenu } from './panel-menu.tsx';
import { PanelValue } from './panel-value.tsx';
import { useKeyCurves } from './use-key-curves.ts';

interface MetricPanelProps {
  readonly grid: Grid;
  readonly section: PanelSection;
  readonly panel: GridPanel;
  readonly wide: boolean;
  readonly onDragStart: (event: DragEvent<HTMLElement>) => void;
}

const NO_PINS: readonly ChartPin[] = [];
const NO_CURVES = { curves: new Map<string, never>(), averages: null };

/** One chart of a grid: its curves, the value at their end or at the crosshair, what can be done with it, and the table behind. */
export function MetricPanel({ grid, section, panel, wide, onDragStart }: MetricPanelProps) {
  const { subject, view, onView } = grid;
  const [tableShown, setTableShown] = useState(false);
  const chart = useMemo<ChartView>(() => ({ ...grid.chart, ...view.own.get(panel.id) }), [grid.chart, view.own, panel.id]);
  const curves = useKeyCurves(subject.store, panel.keys);
  const series = useLines(grid, panel.keys, curves);
  const zoom = useSyncExternalStore(grid.group.subscribe, grid.group.zoom, grid.group.zoom);
  const name = panel.keys.join(' + ');
  const problem = curves.find((one) => one.problem !== null)?.problem ?? null;
  const overSteps = chart.xKind === 'step';
  const pinned = view.pinned.includes(panel.id);
  return (
    <figure className="pn" aria-label={name}>
      <div className="fig-h" draggable onDragStart={onDragStart}>
        <GripVertical className="grip" aria-hidden="true" />
        <b className="mono tr" title={name}>{name}</b>
        <span className="sp" />
        <PanelValue series={series} xKind={chart.xKind} group={grid.group} />
        <span className="btns">
          <button type="button" className="btn bare sm icon" aria-pressed={pinned} aria-label={`Pin ${name}`} title="Pin" onClick={() => onView(pinToggled(view, panel.id))}><Pin aria-hidden="true" /></button>
          <ChartMenu title={`${subject.name} ${name}`} xName={X_NAMES[chart.xKind]} series={series} view={{ ...chart, zoom }} tableShown={tableShown} onTable={setTableShown} everyPoint={everyPointOf(subject.runs, panel.keys)}>
            <PanelMenu grid={grid} section={section} panel={panel} wide={wide} chart={chart} />
          </ChartMenu>
        </span>
      </div>
      {problem !== null && <ErrorNote title="These curves could not be read.">{problem}</ErrorNote>}
      <LineChart
        title={`${name} by ${chart.xKind}`} series={series} view={chart} height={wide ? 280 : 112} panel={!wide} group={grid.group}
        emptyText={curves.some(({ state, averages }) => state === 'reading' || (averages !== null && averages.xKind !== chart.xKind)) ? '' : 'Nothing logged yet'}
        {...commentingOn(panel, series, overSteps ? subject.onComment : undefined)}
        pins={overSteps ? (subject.pins.get(panel.id) ?? NO_PINS) : NO_PINS}
      />
      <PanelKey keys={panel.keys} alone={subject.runs.length === 1} series={series} />
      {tableShown && <ChartDataTable title={name} xName={X_NAMES[chart.xKind]} series={series} everyPoint={subject.runs.length === 1} />}
    </figure>
  );
}

/** A window is of one metric; in a chart of several it would be of none. */
function commentingOn({ id, keys }: GridPanel, series: readonly ChartSeries[], onComment: Grid['subject']['onComment']) {
  if (onComment === undefined) return {};
  const at = { onComment: (x: number): void => onComment(id, x, series) };
  return keys.length > 1 ? at : { ...at, onCommentRange: (window: Span): void => onComment(id, window, series) };
}

/** Which line is which metric, where there are several: of one run with their ends, of more by their dashes. */
function PanelKey({ keys, alone, series }: { readonly keys: readonly string[]; readonly alone: boolean; readonly series: readonly ChartSeries[] }) {
  if (keys.length < 2) return null;
  return <LinesKey lines={alone ? series : keys.map((key, place) => ({ id: key, label: key, style: { ...seriesStyle(place), token: '--ink-2' } }))} />;
}

/** Makes the file of all that a single run logged; a chart of more runs saves what it draws. */
function everyPointOf([only, ...others]: Grid['subject']['runs'], keys: readonly string[]): (() => Promise<Blob>) | undefined {
  return only === undefined || others.length > 0 ? undefined : () => everyPointCsv(only.id, keys);
}

/** What the chart draws; behind a single run's only curve over steps, the baseline's repeats: one sees where it should go. */
function useLines({ subject, chart }: Grid, keys: readonly string[], curves: readonly KeyCurves[]): readonly ChartSeries[] {
  const { runs, baselineId, order, bands } = subject;
  const { xKind } = chart;
  const names = keys.join('\n');
  return useMemo(() => {
    const own = names.split('\n');
    const drawn = panelLines(own, (key) => curves[own.indexOf(key)] ?? NO_CURVES, { runs, xKind, baselineId, order });
    const band = own.length === 1 && runs.length === 1 && xKind === 'step' ? bands.get(names) : undefined;
    return band !== undefined && (drawn[0]?.xs.length ?? 0) > 1 ? [band, ...drawn] : drawn;
  }, [names, curves, runs, xKind, baselineId, order, bands]);
}
