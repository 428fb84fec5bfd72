import { decimalsFor, formatInterval, formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from './interval-geometry.ts';
import { IntervalGlyph, type IntervalKind } from './interval-glyph.tsx';

/** One run: no interval, no comparison. */
export const SingleRun = () => <span className="n1" title="One run: no interval, no comparison">n = 1</span>;

interface EffectProps {
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly scale?: Scale | undefined;
  readonly bar?: number | null | undefined;
  readonly kind?: IntervalKind | null | undefined;
  /** Leave the interval's text out, where the glyph alone has room. */
  readonly short?: boolean | undefined;
  /** Columns of fixed width, for rows of a list that should line up. */
  readonly fixed?: boolean | undefined;
}

/** How an effect is written in running text: the number with its sign, the glyph, the interval. Without an interval it says n = 1. */
export function Effect({ effect, low, high, scale, bar, kind, short = false, fixed = false }: EffectProps) {
  if (effect === null) return null;
  if (low === null || high === null) return <span className="est"><span className="num">{formatNumber(effect, { sign: true })}</span><SingleRun /></span>;
  const decimals = decimalsFor(low, high);
  return (
    <span className={fixed ? 'est fix' : 'est'}>
      <span className="num">{formatNumber(effect, { decimals, sign: true })}</span>
      <IntervalGlyph mid={effect} low={low} high={high} scale={scale ?? own(low, high, bar)} bar={bar ?? null} kind={kind ?? null} width={scale ? 88 : 64} />
      {short ? <span className="vh">, 95 % interval {formatInterval(low, high, decimals)}</span> : <span className="num ci">{formatInterval(low, high, decimals)}</span>}
    </span>
  );
}

/** Alone in a sentence a glyph has no column to share a scale with: it shows zero, the bar and itself. */
function own(low: number, high: number, bar: number | null | undefined): Scale {
  const from = Math.min(0, low, bar ?? 0);
  const to = Math.max(0, high, bar ?? 0);
  const air = (to - from) * 0.08 || 1;
  return { min: from - air, max: to + air };
}
