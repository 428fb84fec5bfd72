import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from './interval-geometry.ts';

interface EstimateAxisProps {
  readonly scale: Scale;
  /** The baseline's mean. */
  readonly base: number | null;
  readonly leftIsBetter: boolean;
}

/** Ends of a scale of means (on narrow screens they leave), and where the baseline is; an arrow to the left of it where lower is as hypothesised. */
export function EstimateAxis({ scale, base, leftIsBetter }: EstimateAxisProps) {
  const decimals = decimalsFor(scale.min, scale.max);
  const at = base === null ? null : (100 * (base - scale.min)) / (scale.max - scale.min);
  return (
    <div className="ivax" aria-hidden="true">
      {(at === null || at > 40) && <span className="l p2" style={{ left: 0 }}>{formatNumber(scale.min, { decimals })}</span>}
      {at !== null && <span className={at < 20 ? 'l' : at > 80 ? 'e' : ''} style={{ left: `${at}%` }}>{leftIsBetter ? '← base' : 'base'}</span>}
      {(at === null || at < 60) && <span className="e p2" style={{ left: '100%' }}>{formatNumber(scale.max, { decimals })}</span>}
    </div>
  );
}
