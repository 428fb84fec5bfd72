import { count } from '../_ui/numbers.ts';
import type { NotShown } from './left-out.ts';

/** What a chart leaves out of the points it was given, in words that stand under it and in files of it; null where it shows them all. */
export function notShownWords({ belowZero, beforeStart, clipped, notFinite, given }: NotShown): string | null {
  const said = ([
    [belowZero, 'at or below zero: no place on a log axis'],
    [beforeStart, 'at x = 0 or before: no place on a log x axis'],
    [clipped, 'beyond the 1st to 99th percentile'],
    [notFinite, 'not finite'],
  ] as const).filter(([some]) => some > 0).map(([some, why]) => `${count(some, 'is', 'are')} ${why}`);
  return said.length === 0 ? null : `Of ${count(given, 'point')} here, ${said.join('; ')}.`;
}
