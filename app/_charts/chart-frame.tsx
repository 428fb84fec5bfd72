import type { CSSProperties } from 'react';
import type { ChartSeries } from './chart-series.ts';
import type { ChartPin } from './chart-pin.ts';
import type { NotShown } from './left-out.ts';
import type { AxisTick, LineChartLayout } from './line-chart-layout.ts';
import { notShownWords } from './not-shown-words.ts';
import { COLOURED_SERIES } from './series-style.ts';
import { sharedName, shortLabel } from './short-labels.ts';

/** Text of the y axis: HTML, so that it is sharp at every size and the same as the page's. */
export function YAxisText({ ticks, height }: { readonly ticks: readonly AxisTick[]; readonly height: number }) {
  return (
    <div className="yy" style={{ height }} aria-hidden="true">
      {ticks.map((tick) => <span key={tick.at} style={{ top: tick.pixel }}>{tick.text}</span>)}
    </div>
  );
}

export function XAxisText({ ticks, width }: { readonly ticks: readonly AxisTick[]; readonly width: number }) {
  return (
    <div className="xx" style={{ marginRight: 'var(--lw, 0)' }} aria-hidden="true">
      {ticks.map((tick) => <span key={tick.at} className={edgeClass(tick.pixel, width)} style={{ left: tick.pixel }}>{tick.text}</span>)}
    </div>
  );
}

function edgeClass(pixel: number, width: number): string | undefined {
  if (pixel < 12) return 'l';
  return pixel > width - 12 ? 'e' : undefined;
}

/** Names at the lines' ends, in their colours. */
export function EndLabels({ layout, series }: { readonly layout: LineChartLayout; readonly series: readonly ChartSeries[] }) {
  const name = sharedName(series);
  return layout.labels.map((label) => <span key={label.id} className={label.x === null ? 'an end' : 'an in'} style={{ top: label.y, color: labelColour(series, label.id), ...(label.x === null ? {} : { left: label.x }) }} title={label.text}>{shortLabel(label.text, name)}</span>);
}

/** Up to eight labels take their line's colour, with ink in it: three of the hues are too light to be read as text. The baseline's stays ink, since its line is grey. */
export function labelColour(series: readonly ChartSeries[], id: string): string {
  const token = series.find((one) => one.id === id)?.style.token;
  return token === undefined || !token.startsWith('--c') || series.length > COLOURED_SERIES + 1 ? 'var(--ink-2)' : `color-mix(in srgb, var(${token}) 75%, var(--ink))`;
}

/** Room that the longest label needs, within reason. */
export function labelWidth(series: readonly ChartSeries[]): number {
  const name = sharedName(series);
  return Math.min(148, 16 + Math.max(0, ...series.map((one) => shortLabel(one.label, name).length)) * 6.4);
}

export function Pins({ pins, layout }: { readonly pins: readonly ChartPin[]; readonly layout: LineChartLayout }) {
  return pins.map((pin) => {
    const left = layout.x.toPixel(pin.x);
    if (!(left >= 0 && left <= layout.size.width)) return null;
    return (
      <span key={pin.id}>
        {pin.from !== undefined && pin.to !== undefined
          ? <span className="lc-pinband" style={bandOf(pin.from, pin.to, layout)} aria-hidden="true" />
          : <span className="lc-pinline" style={{ left }} aria-hidden="true" />}
        <button type="button" className="lc-pin" style={{ left }} aria-label={pin.label} title={pin.label} onClick={pin.onOpen}>{pin.number}</button>
      </span>
    );
  });
}

function bandOf(from: number, to: number, { x, size }: LineChartLayout): CSSProperties {
  const [left, right] = [Math.max(0, x.toPixel(from)), Math.min(size.width, x.toPixel(to))];
  return { left, width: Math.max(0, right - left) };
}

/** What the picture leaves out, and why: never in silence. */
export function NotShownNote({ notShown }: { readonly notShown: NotShown }) {
  const words = notShownWords(notShown);
  return words === null ? null : <div className="lc-say">{words}</div>;
}
