import type { ExploredRange } from '../../../domain/tried/explored-range.ts';

export interface Strip {
  /** Percent of the width, by value. */
  readonly places: ReadonlyMap<number, number>;
  readonly gaps: readonly { readonly left: number; readonly width: number }[];
}

/** The values keep off the ends, so that their labels have room. */
const [FIRST, LAST] = [6, 94];
/** Where a zero stands that no logarithmic scale holds. */
const APART = 0;
/** Labels nearer than this would lie upon each other. */
const LABEL = 9;

/** Where the values of a range stand, on its own scale. */
export function layOutStrip({ scale, values, gaps }: ExploredRange): Strip {
  const onScale = scale === 'LOG' ? values.filter((value) => value > 0) : values;
  const placeOf = (value: number): number => (scale === 'LOG' ? Math.log(value) : value);
  const [low, high] = [placeOf(onScale[0] ?? 0), placeOf(onScale.at(-1) ?? 0)];
  const at = (value: number): number => (scale === 'LOG' && value <= 0 ? APART : Math.round(10 * (FIRST + (LAST - FIRST) * (placeOf(value) - low) / (high - low || 1))) / 10);
  return { places: new Map(values.map((value) => [value, at(value)])), gaps: gaps.map(({ from, to }) => ({ left: at(from), width: at(to) - at(from) })) };
}

/** The values whose labels fit: the ends first, then from the left. */
export function labelled(places: ReadonlyMap<number, number>): number[] {
  const all = [...places];
  const ends = [all[0], all.at(-1)].filter((end) => end !== undefined);
  const kept = [...ends];
  for (const [value, place] of all) if (kept.every(([, other]) => Math.abs(other - place) >= LABEL)) kept.push([value, place]);
  return [...new Set(kept.map(([value]) => value))].toSorted((a, b) => a - b);
}
