import { formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from './interval-geometry.ts';

interface AxisLabel { readonly text: string; /** Percent of the width. */ readonly at: number; readonly className: string }

/** Percent of the width a label keeps free beside zero's, for a word and for a number. */
const ROOM_FOR_WORD = 9;
const ROOM_FOR_END = 24;

/** Both ends, no effect, and the bar, as far as there is room; on narrow screens no effect alone. */
export function axisLabels(scale: Scale, bar: number | null | undefined, zeroLabel: string): AxisLabel[] {
  const at = (value: number) => (100 * (value - scale.min)) / (scale.max - scale.min);
  const spansZero = scale.min <= 0 && scale.max >= 0;
  const end = (value: number, className: string) => ({ text: formatNumber(value, { sign: spansZero }), at: at(value), className: `${className} p2` });
  const ends = [end(scale.min, 'l'), end(scale.max, 'e')];
  if (!spansZero) return ends;
  const zero = at(0);
  const barAt = bar ? at(bar) : zero;
  const roomForBar = Math.abs(barAt - zero) > ROOM_FOR_WORD && barAt < 100 - ROOM_FOR_END;
  return [
    ...ends.filter((label) => Math.abs(label.at - zero) > ROOM_FOR_END),
    { text: zeroLabel, at: zero, className: '' },
    ...(roomForBar ? [{ text: 'bar', at: barAt, className: 'p2' }] : []),
  ];
}

/** The scale in a column's head. */
export function IntervalAxis({ scale, bar, zeroLabel = '0' }: { readonly scale: Scale; readonly bar?: number | null; readonly zeroLabel?: string }) {
  return (
    <div className="ivax">
      <span className="vh">95 % interval</span>
      {axisLabels(scale, bar, zeroLabel).map((label) => <span key={label.text} className={label.className} style={{ left: `${label.at}%` }}>{label.text}</span>)}
    </div>
  );
}
