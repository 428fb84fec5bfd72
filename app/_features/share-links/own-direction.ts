import type { SharedHypothesis } from '../../../contracts/share-page.ts';
import { effectScale, type Scale } from '../verdicts/interval-geometry.ts';

/** A change with its 95 % interval. */
export interface Change { readonly mid: number; readonly low: number; readonly high: number }

type Hoped = Pick<SharedHypothesis, 'direction' | 'minEffect'>;

/** Effects are turned so that above zero is as hoped for. A reader outside takes a sign at its word, so on share pages a change has the sign that the metric's own has. */
export const ownChange = <T extends number | null>(effect: T, hoped: Pick<Hoped, 'direction'>): T => (effect === null || hoped.direction !== 'DECREASE' ? effect : (0 - effect) as T);

export function ownInterval({ mid, low, high }: Change, hoped: Pick<Hoped, 'direction'>): Change {
  return hoped.direction === 'DECREASE' ? { mid: 0 - mid, low: 0 - high, high: 0 - low } : { mid, low, high };
}

/** The scale of turned effects, turned back with them; whole where a zone on both sides of nothing is shown. */
export function ownScale(turned: readonly Change[], hoped: Hoped, whole: boolean): Scale {
  const { min, max } = effectScale(turned, [hoped.minEffect]);
  const end = Math.max(max, -min);
  if (whole) return { min: -end, max: end };
  return hoped.direction === 'DECREASE' ? { min: -max, max: -min } : { min, max };
}

/** " (it rose; a fall was hoped for)": what the sign of a metric means where less is better. Nothing where up is up. */
export function hopedWords(own: Change | null, hoped: Pick<Hoped, 'direction'>): string {
  if (hoped.direction !== 'DECREASE') return '';
  if (own !== null && own.low > 0) return ' (it rose; a fall was hoped for)';
  return own !== null && own.high < 0 ? ' (it fell, as was hoped for)' : ' (a fall is hoped for)';
}
