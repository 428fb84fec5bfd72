'use client';

import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { ChartGroup, GroupState } from './chart-group.ts';
import type { LineChartLayout } from './line-chart-layout.ts';
import { nearestIndex, nearestLine } from './nearest.ts';
import { brushedWindow, zoomedAround } from './zoom-window.ts';

interface CrosshairInput {
  readonly layout: LineChartLayout;
  readonly group: ChartGroup;
  readonly state: GroupState;
  /** Where the crosshair may stop, ascending. */
  readonly stops: readonly number[];
  readonly at: number | null;
  readonly onComment?: ((x: number) => void) | undefined;
}

/** Pointer: hover reads, click pins, drag zooms, double click shows all. Keys: arrows, Page, Home and End move; + and − zoom; Enter comments; Escape leaves. */
export function useCrosshairInput(input: CrosshairInput) {
  const { layout, group, state, stops } = input;
  const dragFrom = useRef<number | null>(null);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  // Of the charts of a group this is the one that is pointed at, or that has the keyboard.
  const [inside, setInside] = useState(false);
  const stopAt = (pixel: number): number | null => stops[nearestIndex(stops, layout.x.toValue(pixel))] ?? null;
  const pixelOf = (event: PointerEvent<HTMLElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: Math.max(0, Math.min(layout.size.width, event.clientX - box.left)), y: event.clientY - box.top };
  };

  const stopDragging = (): void => {
    dragFrom.current = null;
    setBrush(null);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    dragFrom.current = pixelOf(event).x;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const pixel = pixelOf(event);
    const from = dragFrom.current;
    if (from !== null && Math.abs(pixel.x - from) > 3) setBrush([Math.min(from, pixel.x), Math.max(from, pixel.x)]);
    if (!state.pinned) group.moveTo(stopAt(pixel.x));
    if (layout.lines.length > 1) setHoveredId(nearestLine(layout.lines, pixel, 16));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const from = dragFrom.current;
    stopDragging();
    if (from === null) return;
    const pixel = pixelOf(event).x;
    const window = brushedWindow(from, pixel, (place) => layout.x.toValue(place));
    const stop = stopAt(pixel);
    if (window !== null) {
      group.unpin();
      group.zoomTo(window);
    } else if (state.pinned) group.unpin();
    else if (stop !== null) group.pinAt(stop);
  };
  const onPointerLeave = (): void => {
    setHoveredId(null);
    setInside(false);
    group.leave();
  };

  return {
    brush,
    hoveredId,
    inside,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: stopDragging, onPointerLeave, onPointerEnter: () => setInside(true), onFocus: () => setInside(true), onBlur: () => setInside(false), onDoubleClick: () => group.zoomTo(null), onKeyDown: (event: KeyboardEvent<HTMLElement>) => handleKey(event, input) },
  };
}

function handleKey(event: KeyboardEvent<HTMLElement>, input: CrosshairInput): void {
  const { group, state, at } = input;
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  // An Escape with nothing to leave belongs to whatever is around the chart.
  if (event.key === 'Escape' && state.crosshair === null && state.zoom === null) return;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(input, -1),
    ArrowRight: () => step(input, 1),
    PageUp: () => step(input, -10),
    PageDown: () => step(input, 10),
    Home: () => step(input, -input.stops.length),
    End: () => step(input, input.stops.length),
    '+': () => zoom(input, 0.5),
    '-': () => zoom(input, 2),
    Escape: () => {
      if (state.crosshair === null) group.zoomTo(null);
      group.unpin();
    },
    Enter: () => {
      if (at !== null) input.onComment?.(at);
    },
  };
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function step({ stops, at, group }: CrosshairInput, by: number): void {
  const outside = by > 0 ? -1 : stops.length;
  const from = at === null ? outside : nearestIndex(stops, at);
  const next = stops[Math.max(0, Math.min(stops.length - 1, from + by))];
  if (next !== undefined) group.pinAt(next);
}

function zoom({ stops, at, group, layout }: CrosshairInput, factor: number): void {
  const domain = layout.x.domain;
  group.zoomTo(zoomedAround(domain, [stops[0] ?? 0, stops.at(-1) ?? 1], at ?? (domain[0] + domain[1]) / 2, factor));
}
