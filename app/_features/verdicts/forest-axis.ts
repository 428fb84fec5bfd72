import { formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from './interval-geometry.ts';

export interface ForestAxisLabel {
  readonly text: string;
  /** Percent of the width. */
  readonly at: number;
  /** Which end of the text stands there: its left end, its middle or its right end. */
  readonly anchor: 'l' | 'm' | 'e';
  /** Leaves on narrow screens. */
  readonly optional: boolean;
}

/** Percent of the width that a number, and the bar's number with its word, take up. */
const NUMBER = 12;
const BAR = 22;

/** Labels of a forest's axis: no effect, the bar with its size, and the ends where there is room. Zero steps aside when the bar is close. */
export function forestAxisLabels(scale: Scale, bar: number | null): ForestAxisLabel[] {
  const at = (value: number): number => (100 * (value - scale.min)) / (scale.max - scale.min);
  const zero = at(0);
  const barAt = bar === null || bar === 0 ? null : at(bar);
  const close = barAt !== null && barAt - zero < NUMBER;
  const labels: ForestAxisLabel[] = [{ text: '0', at: zero, anchor: close ? 'e' : 'm', optional: false }];
  if (barAt !== null && bar !== null) {
    const fits = barAt + BAR <= 100;
    labels.push({ text: fits ? `${formatNumber(bar, { sign: true })} bar` : 'bar', at: barAt, anchor: 'l', optional: true });
  }
  if (zero > 2 * NUMBER) labels.unshift({ text: formatNumber(scale.min, { sign: true }), at: 0, anchor: 'l', optional: true });
  if (100 - (barAt ?? zero) > BAR + NUMBER) labels.push({ text: formatNumber(scale.max, { sign: true }), at: 100, anchor: 'e', optional: true });
  return labels;
}
