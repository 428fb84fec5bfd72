import type { NotShown } from './left-out.ts';

const several = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`);

/** What a chart leaves out, in words that stand under it and in files of it; null where it shows everything. */
export function notShownWords({ belowZero, beforeStart, clipped, notFinite }: NotShown): string | null {
  const said = [
    belowZero > 0 ? `${several(belowZero, 'value at or below zero has', 'values at or below zero have')} no place on a log axis.` : null,
    beforeStart > 0 ? `${several(beforeStart, 'point at x = 0 or before has', 'points at x = 0 or before have')} no place on a log x axis.` : null,
    clipped > 0 ? `${several(clipped, 'value lies', 'values lie')} beyond the 1st to 99th percentile.` : null,
    notFinite > 0 ? `${several(notFinite, 'value is', 'values are')} not finite.` : null,
  ].filter((words) => words !== null);
  return said.length === 0 ? null : said.join(' ');
}
