import { numberIn } from '../search/number-in.ts';

export interface Gap { readonly from: number; readonly to: number }

/** Where values of a numeric variable lie, and where between them nothing was tried. */
export interface ExploredRange {
  readonly scale: 'LINEAR' | 'LOG';
  /** In order, each once. A zero beside positive values on a logarithmic scale is listed, and lies left of it. */
  readonly values: readonly number[];
  readonly gaps: readonly Gap[];
}

/** From here on, values may belong on a logarithmic scale: fewer than three doublings fit on a linear one. */
const WIDE = 8;
/** Two values say nothing about evenness, and a zero speaks for a linear scale: a factor of ten is then what people step by on a logarithmic one. */
const WIDER = 10;
/** A gap on a linear scale takes this share of the range; on a logarithmic one, a factor of ten. */
const LARGE_SHARE = 1 / 3;
const LARGE_FACTOR = 10;
/** A gap is also larger than the usual step: a coarse grid is not all gaps. */
const UNUSUAL = 1.5;
/** Rounding must not decide: 0.1 to 1 is a factor of ten. */
const ROUNDING = 1e-9;

/**
 * Null unless at least two different finite numbers were tried, and numbers are what it takes (half of its values or more).
 * The scale on which the values lie more evenly is theirs; logarithmic only when all but zero are positive and the largest is eight times the smallest (ten times beside a zero).
 */
export function exploredRange(tried: readonly (string | null)[]): ExploredRange | null {
  const given = new Set(tried.filter((value) => value !== null));
  const numbers = [...given].map(numberIn).filter((value) => value !== undefined);
  const values = [...new Set(numbers)].toSorted((a, b) => a - b);
  if (values.length < 2 || numbers.length * 2 < given.size) return null;
  const scale = scaleOf(values);
  const placed = scale === 'LOG' ? values.filter((value) => value > 0) : values;
  return { scale, values, gaps: gapsBetween(placed, scale) };
}

function scaleOf(values: readonly number[]): ExploredRange['scale'] {
  const positive = values.filter((value) => value > 0);
  const [low, high] = [positive[0] ?? 0, positive.at(-1) ?? 0];
  if (positive.length < 2 || (values[0] ?? 0) < 0) return 'LINEAR';
  const wide = high / low >= (positive.length === 2 || values[0] === 0 ? WIDER : WIDE) * (1 - ROUNDING);
  if (positive.length === 2) return wide ? 'LOG' : 'LINEAR';
  return wide && largestShare(positive.map(Math.log)) < largestShare(positive) ? 'LOG' : 'LINEAR';
}

const stepsOf = (places: readonly number[]): number[] => places.slice(1).map((place, at) => place - (places[at] ?? 0));
const largestShare = (places: readonly number[]): number => Math.max(...stepsOf(places)) / ((places.at(-1) ?? 0) - (places[0] ?? 0));

function gapsBetween(values: readonly number[], scale: ExploredRange['scale']): Gap[] {
  const places = scale === 'LOG' ? values.map(Math.log) : values;
  const steps = stepsOf(places);
  const range = (places.at(-1) ?? 0) - (places[0] ?? 0);
  const usual = steps.toSorted((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? 0;
  const enough = scale === 'LOG' ? Math.log(LARGE_FACTOR) : range * LARGE_SHARE;
  return steps.flatMap((step, at) => {
    const [from = 0, to = 0] = [values[at], values[at + 1]];
    const nothingFits = Number.isInteger(from) && Number.isInteger(to) && to - from === 1;
    // A step of a factor of ten leaves room even where it is the usual one; a linear grid is even where its steps are.
    const unusual = steps.length === 1 || scale === 'LOG' || step >= usual * UNUSUAL;
    return step >= enough * (1 - ROUNDING) && unusual && !nothingFits ? [{ from, to }] : [];
  });
}
