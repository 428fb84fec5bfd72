import { formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from './interval-geometry.ts';

const MARGIN = 9;

/** The scale in a column's head: both ends, no effect, and the bar where there is room for it. */
export function IntervalAxis({ scale, bar, zeroLabel = '0' }: { readonly scale: Scale; readonly bar?: number | null; readonly zeroLabel?: string }) {
  const at = (value: number) => (100 * (value - scale.min)) / (scale.max - scale.min);
  const zero = scale.min <= 0 && scale.max >= 0 ? at(0) : null;
  const spansZero = zero !== null;
  const barAt = bar ? at(bar) : null;
  const showBar = barAt !== null && zero !== null && Math.abs(barAt - zero) > MARGIN && barAt < 100 - 2 * MARGIN;
  return (
    <div className="ivax">
      <span className="vh">95 % interval</span>
      <span className="l p2" style={{ left: 0 }}>{formatNumber(scale.min, { sign: spansZero })}</span>
      {zero !== null && <span style={{ left: `${zero}%` }}>{zeroLabel}</span>}
      {showBar && <span className="p2" style={{ left: `${barAt}%` }}>bar</span>}
      <span className="e p2" style={{ left: '100%' }}>{formatNumber(scale.max, { sign: spansZero })}</span>
    </div>
  );
}
