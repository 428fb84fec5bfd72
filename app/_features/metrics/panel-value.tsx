'use client';

import { useSyncExternalStore } from 'react';
import type { ChartGroup } from '../../_charts/chart-group.ts';
import type { ChartSeries, XKind } from '../../_charts/chart-series.ts';
import { valuesAt } from '../../_charts/crosshair-values.ts';
import { valueText } from '../../_charts/number-words.ts';
import { BASELINE_STYLE } from '../../_charts/series-style.ts';
import { xValueText } from '../../_charts/x-axis.ts';

interface PanelValueProps {
  readonly series: readonly ChartSeries[];
  readonly xKind: XKind;
  readonly group: ChartGroup;
}

/** The value in the panel's head: the last one, or the one at the crosshair with its step; of several lines the lowest and the highest. It changes in place. */
export function PanelValue({ series, xKind, group }: PanelValueProps) {
  const crosshair = useSyncExternalStore(group.subscribe, group.crosshair, group.crosshair);
  const own = ofInterest(series);
  const there = crosshair === null ? [] : valuesAt(own, crosshair);
  // At rest the end of many lines says little and would take the room of the name.
  const values = there.length > 0 ? there.map(({ y }) => y) : own.length === 1 ? own.flatMap(({ ys }) => ys.slice(-1)) : [];
  return (
    <span className={own.length > 1 ? 'num text-ink many' : 'num text-ink'}>
      {there[0] !== undefined && <span className="text-ink-3">{xValueText(own.length === 1 ? there[0].x : (crosshair ?? 0), xKind)} </span>}
      {values.length < 2 ? values.map((value) => valueText(value)) : rangeText(values)}
    </span>
  );
}

/** Not the runs that still go on beside their variants, nor a baseline behind the only line. */
function ofInterest(series: readonly ChartSeries[]): readonly ChartSeries[] {
  const lines = series.filter(({ style }) => style.faint !== true);
  const leading = lines.length === 0 ? series : lines;
  return leading.length === 2 ? leading.filter(({ style }) => style !== BASELINE_STYLE) : leading;
}

function rangeText(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return 'not finite';
  const [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  return low === high ? valueText(low, 3) : `${valueText(low, 3)} to ${valueText(high, 3)}`;
}
