import { formatNumber } from '../../_ui/numbers.ts';

/** What a hypothesis says of its metric, as far as it decides which way is better. */
export interface Expected {
  readonly metric: string | null;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
}

/** Effects are turned so that above zero is as hypothesised. Where that is a fall, means and effects go opposite ways, and every sign needs its word. */
export const fallExpected = (expected: Expected | null): boolean => expected?.direction === 'DECREASE';

/** "fell by 1.00", "rose by 0.93": a turned effect in the metric's own direction. Null where up is up, and a sign says enough. */
export function movedWords(effect: number, expected: Expected | null, decimals: number | undefined): string | null {
  if (!fallExpected(expected)) return null;
  const size = formatNumber(Math.abs(effect), decimals === undefined ? {} : { decimals });
  if (Number(size.replaceAll(',', '')) === 0) return 'no change';
  return effect > 0 ? `fell by ${size}` : `rose by ${size}`;
}

/** The head of a column of effects: it names the fall where a fall is counted as positive, and the metric where the means beside it are of another one. */
export function effectHead(expected: Expected | null, metricShown: string | null): string {
  const counted = fallExpected(expected) ? 'fall' : 'effect';
  return expected?.metric != null && metricShown !== null && metricShown !== expected.metric ? `${counted}, ${expected.metric}` : counted;
}

/** The head of a column of means: an arrow where a fall is hoped for. */
export const meanHead = (expected: Expected | null, metricShown: string | null): string =>
  `${metricShown ?? 'mean'}${fallExpected(expected) && metricShown !== null && metricShown === expected?.metric ? ' ↓' : ''}`;

/** The sentence under a table of means and effects; null where nothing has to be said. */
export function wayUpSentence(expected: Expected | null): string | null {
  if (!fallExpected(expected)) return null;
  return `Hypothesised: ${expected?.metric ?? 'the metric'} falls. Left of the baseline is better; a fall below zero is a rise.`;
}
