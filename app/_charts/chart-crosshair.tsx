'use client';

import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ChartGroup } from './chart-group.ts';
import { ChartReadout } from './chart-readout.tsx';
import type { ChartSeries, XKind } from './chart-series.ts';
import { readoutOrder, valuesAt, type CrosshairValue } from './crosshair-values.ts';
import { drawOverlay, fitCanvas, type OverlayMarks } from './draw-chart.ts';
import type { LineChartLayout } from './line-chart-layout.ts';
import { stopsOf } from './nearest.ts';
import { valueText } from './number-words.ts';
import { colourOf, useThemeVersion } from './theme-colours.ts';
import { useCrosshairInput } from './use-crosshair-input.ts';
import { xValueText } from './x-axis.ts';

export interface ChartCrosshairProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly layout: LineChartLayout;
  readonly xKind: XKind;
  readonly group: ChartGroup;
  /** Small panels show one line's value in their head, and the box over the lines only in the one that is pointed at. */
  readonly quiet: boolean;
  readonly onComment?: ((x: number) => void) | undefined;
}

/** Everything that follows the pointer or the arrow keys: crosshair, readout, brush. Drawn over the lines, which stay as they are. */
export function ChartCrosshair({ title, series, layout, xKind, group, quiet, onComment }: ChartCrosshairProps) {
  const state = useSyncExternalStore(group.subscribe, group.current, group.current);
  const stops = useMemo(() => stopsOf(series), [series]);
  const at = inside(state.crosshair, layout);
  const values = useMemo(() => (at === null ? [] : valuesAt(series, at)), [series, at]);
  const { brush, hoveredId, inside: pointedAt, handlers } = useCrosshairInput({ layout, group, state, stops, at, onComment });

  return (
    <>
      <Overlay layout={layout} values={values} at={at} brush={brush} hoveredId={hoveredId} />
      <div
        className="lc-hit"
        role="slider"
        tabIndex={0}
        aria-label={`Read ${title}`}
        aria-valuemin={stops[0] ?? 0}
        aria-valuemax={stops.at(-1) ?? 0}
        aria-valuenow={at ?? stops[0] ?? 0}
        aria-valuetext={at === null ? 'Arrow keys read the values' : spokenValues(at, xKind, values)}
        {...handlers}
      />
      {at !== null && (!quiet || (pointedAt && series.length > 1)) && (
        <ChartReadout
          title={xValueText(at, xKind)}
          values={withHovered(values, hoveredId)}
          hoveredId={hoveredId}
          pixel={layout.x.toPixel(at)}
          width={layout.size.width}
          onComment={state.pinned && onComment !== undefined ? () => onComment(at) : undefined}
        />
      )}
    </>
  );
}

interface OverlayProps {
  readonly layout: LineChartLayout;
  readonly values: readonly CrosshairValue[];
  readonly at: number | null;
  readonly brush: OverlayMarks['brush'];
  readonly hoveredId: string | null;
}

/** The crosshair, its dots and the brush. A chart that nobody reads has no canvas for them: on a page of many they would be half of all. */
function Overlay({ layout, values, at, brush, hoveredId }: OverlayProps) {
  const theme = useThemeVersion();
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element === null ? null : fitCanvas(element, layout.size);
    if (context === null) return;
    const hovered = layout.lines.find((line) => line.id === hoveredId) ?? null;
    drawOverlay(context, layout, { crosshair: at === null ? null : layout.x.toPixel(at), dots: dotsOf(values, layout, hoveredId), brush, hovered }, colourOf);
  }, [layout, values, at, brush, hoveredId, theme]);
  return at === null && brush === null && hoveredId === null ? null : <canvas ref={canvas} aria-hidden="true" />;
}

function inside(crosshair: number | null, layout: LineChartLayout): number | null {
  return crosshair === null || crosshair < layout.x.domain[0] || crosshair > layout.x.domain[1] ? null : crosshair;
}

function spokenValues(at: number, xKind: XKind, values: readonly CrosshairValue[]): string {
  const words = readoutOrder(values).map((value) => (values.length > 1 ? `${value.label} ${valueText(value.y)}` : valueText(value.y)));
  return `${xValueText(at, xKind)}: ${words.length === 0 ? 'no value' : words.join(', ')}`;
}

/** The line under the pointer is named even when it is one of many grey ones. */
function withHovered(values: readonly CrosshairValue[], hoveredId: string | null): CrosshairValue[] {
  const order = readoutOrder(values);
  const hovered = values.find((value) => value.id === hoveredId);
  return hovered === undefined || order.includes(hovered) ? order : [hovered, ...order.slice(0, 8)];
}

function dotsOf(values: readonly CrosshairValue[], layout: LineChartLayout, hoveredId: string | null): OverlayMarks['dots'] {
  return values
    .filter((value) => value.style.token !== '--ink-4' || value.id === hoveredId)
    .map((value) => ({ x: layout.x.toPixel(value.x), y: layout.y.toPixel(value.y), token: value.style.token === '--ink-4' ? '--ink' : value.style.token }))
    .filter((mark) => !Number.isNaN(mark.y));
}
