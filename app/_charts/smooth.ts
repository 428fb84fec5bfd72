/**
 * Exponential moving average with bias correction (Kingma and Ba, "Adam", 2015, section 3): the first points are means of what was seen
 * and do not start from zero. `weight` is what the past keeps, from 0 (no smoothing) to below 1. A gap stays a gap and leaves the average as it was.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (!(weight > 0)) return [...values];
  const kept = Math.min(weight, 0.999);
  let average = 0;
  let seen = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    seen += 1;
    average = kept * average + (1 - kept) * value;
    return average / (1 - kept ** seen);
  });
}
