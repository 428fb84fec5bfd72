import { isBetterLower } from '../../../domain/experiments/guardrails.ts';
import { decimalsFor, formatInterval, formatNumber } from '../../_ui/numbers.ts';

export interface TurnedEffect { readonly metric: string; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null }

/** "fell by 1.221" and its interval in the same direction. Guardrails are turned so that positive is better, so the sign alone says nothing of where a loss went. */
export function guardrailMove({ metric, effect, ciLow, ciHigh }: TurnedEffect): { readonly moved: string; readonly interval: string | null } | null {
  if (effect === null) return null;
  const decimals = decimalsFor(ciLow, ciHigh);
  const size = formatNumber(Math.abs(effect), { decimals });
  const moved = Number(size.replaceAll(',', '')) === 0 ? 'did not move' : `${effect > 0 === isBetterLower(metric) ? 'fell' : 'rose'} by ${size}`;
  if (ciLow === null || ciHigh === null) return { moved, interval: null };
  return { moved, interval: effect < 0 ? formatInterval(-ciHigh, -ciLow, decimals) : formatInterval(ciLow, ciHigh, decimals) };
}
