'use client';

import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { ChartCrosshair } from './chart-crosshair.tsx';
import { EndLabels, labelWidth, NotShownNote, Pins, XAxisText, YAxisText } from './chart-frame.tsx';
import { ChartGroup } from './chart-group.ts';
import type { ChartPin } from './chart-pin.ts';
import type { ChartSeries, Span } from './chart-series.ts';
import type { ChartView } from './chart-view.ts';
import { describeChart } from './describe-chart.ts';
import { drawChart, fitCanvas } from './draw-chart.ts';
import { axesFor, layoutLineChart, type LineChartLayout } from './line-chart-layout.ts';
import { colourOf, useThemeVersion } from './theme-colours.ts';
import { useWidth } from './use-box.ts';

export interface LineChartProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly view: ChartView;
  readonly height?: number;
  /** A panel in a grid: thinner line, no labels, value shown in the panel's head. */
  readonly panel?: boolean;
  readonly group?: ChartGroup | undefined;
  readonly pins?: readonly ChartPin[];
  readonly onComment?: ((x: number) => void) | undefined;
  /** Begins a thread about the window that is zoomed to. */
  readonly onCommentRange?: ((window: Span) => void) | undefined;
  readonly emptyText?: string;
}

const CHARACTER = 6.7;
const DEFAULTS = { height: 240, panel: false, pins: [] as readonly ChartPin[], emptyText: 'Nothing logged yet' };

/** Lines over steps or time on canvas; axes, labels and readouts as text over it. */
export function LineChart(props: LineChartProps) {
  const { title, series, view, height, panel, pins, emptyText } = { ...DEFAULTS, ...props };
  const { xKind } = view;
  const own = useState(() => new ChartGroup())[0];
  const group = props.group ?? own;
  const zoom = useSyncExternalStore(group.subscribe, group.zoom, group.zoom);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot);
  const layout = useSteadyLayout(series, { width: Math.max(width, 1), height }, view, zoom);
  const hasPoints = series.some((one) => one.xs.length > 0);
  const labelled = !panel && layout.labels.length > 0;
  const ticks = hasPoints ? layout : { xTicks: [], yTicks: [] };
  return (
    <div className="ch lc" style={frameStyle(ticks.yTicks, labelled && layout.labels.some(({ x }) => x === null) ? labelWidth(series) : 0)}>
      <YAxisText ticks={ticks.yTicks} height={height} />
      <div className="pl" ref={plot} style={{ height }}>
        {width > 0 && hasPoints
          ? (
            <>
              <LinesCanvas layout={layout} label={describeChart(title, series, xKind)} lineWidth={panel ? 1.5 : 1.75} />
              <ChartCrosshair title={title} series={series} layout={layout} xKind={xKind} group={group} quiet={panel} onComment={props.onComment} />
            </>
          )
          : <div className="lc-none">{hasPoints ? '' : emptyText}</div>}
        {labelled && <EndLabels layout={layout} series={series} />}
        <Pins pins={pins} layout={layout} />
        {zoom !== null && <ZoomedTools zoom={zoom} group={group} onCommentRange={props.onCommentRange} />}
      </div>
      <XAxisText ticks={ticks.xTicks} width={layout.size.width} />
      <NotShownNote notShown={layout.notShown} />
    </div>
  );
}

function ZoomedTools({ zoom, group, onCommentRange }: { readonly zoom: Span; readonly group: ChartGroup; readonly onCommentRange: LineChartProps['onCommentRange'] }) {
  return (
    <div className="lc-reset row">
      {onCommentRange !== undefined && <button type="button" className="btn sm" onClick={() => onCommentRange(zoom)}>Thread on this range</button>}
      <button type="button" className="btn sm" onClick={() => group.zoomTo(null)}>Show all</button>
    </div>
  );
}

interface LinesCanvasProps {
  readonly layout: LineChartLayout;
  readonly label: string;
  readonly lineWidth: number;
}

function LinesCanvas({ layout, label, lineWidth }: LinesCanvasProps) {
  const theme = useThemeVersion();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const context = fitCanvas(element, layout.size);
    if (context !== null) drawChart(context, layout, colourOf, lineWidth);
  }, [layout, theme, lineWidth]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function frameStyle(yTicks: readonly { readonly text: string }[], labels: number): CSSProperties & Record<'--yw' | '--lw', string> {
  const longest = Math.max(0, ...yTicks.map((tick) => tick.text.length));
  return { '--yw': `${Math.max(32, Math.ceil(longest * CHARACTER) + 10)}px`, '--lw': `${labels}px` };
}

interface SteadyAxes {
  readonly identity: string;
  readonly x: Span;
  readonly y: Span;
}

/** The layout, told what the axes were before, so that a live chart leaps seldom. A change of view forgets them. */
function useSteadyLayout(series: readonly ChartSeries[], size: { readonly width: number; readonly height: number }, view: ChartView, zoom: Span | null): LineChartLayout {
  const { width, height } = size;
  const { xKind, xLog, yKind, smoothing, clip } = view;
  const identity = axesFor(series, view);
  const [before, setBefore] = useState<SteadyAxes | null>(null);
  const previous = before !== null && before.identity === identity ? before : undefined;
  const layout = useMemo(
    () => layoutLineChart(series, { width, height }, { xKind, xLog, yKind, smoothing, clip, zoom, ...(previous === undefined ? {} : { previous }) }),
    [series, width, height, xKind, xLog, yKind, smoothing, clip, zoom, previous],
  );
  const live = zoom === null && series.some((one) => one.live === true);
  if (live && !(previous !== undefined && sameSpan(previous.x, layout.x.domain) && sameSpan(previous.y, layout.y.domain))) setBefore({ identity, x: layout.x.domain, y: layout.y.domain });
  return layout;
}

function sameSpan(a: Span, b: Span): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
