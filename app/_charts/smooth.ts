/** How a line is smoothed. Lengths are in points as they are drawn: a series that came thinned is smoothed over what came. */
export type Smoothing =
  | { readonly kind: 'none' }
  /** `weight` is what the past keeps, from above 0 to below 1. */
  | { readonly kind: 'ema'; readonly weight: number }
  /** `sigma` is the standard deviation of the kernel. */
  | { readonly kind: 'gauss'; readonly sigma: number }
  /** The mean of so many points around each. */
  | { readonly kind: 'mean'; readonly points: number };

export const UNSMOOTHED: Smoothing = { kind: 'none' };

/** The smoothed line: as long as what came in; a gap stays a gap. Without smoothing it is the very list that came in. */
export function smooth(values: readonly number[], how: Smoothing): readonly number[] {
  switch (how.kind) {
    case 'none': return values;
    case 'ema': return how.weight > 0 ? exponential(values, Math.min(how.weight, 0.999)) : values;
    case 'gauss': return how.sigma > 0 ? gaussian(values, how.sigma) : values;
    case 'mean': return how.points > 1 ? runningMean(values, how.points) : values;
  }
}

/**
 * Exponential moving average with bias correction (Kingma and Ba, "Adam", 2015, section 3): m(t) = w · m(t − 1) + (1 − w) · y(t), m(0) = 0, and
 * what is drawn is m(t) / (1 − wᵗ). So the first points are means of what was seen and do not start from zero. A gap leaves the average as it was.
 */
function exponential(values: readonly number[], weight: number): number[] {
  let average = 0;
  let seen = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    seen += 1;
    average = weight * average + (1 - weight) * value;
    return average / (1 - weight ** seen);
  });
}

/**
 * Kernel regression with a Gaussian kernel (Nadaraya 1964, Watson 1964): Σ k(i − j) · y(j) / Σ k(i − j), k(d) = exp(−d² / 2σ²), cut off at 3 σ.
 * Dividing by the weights that are there keeps a constant constant at the ends and beside gaps.
 */
function gaussian(values: readonly number[], sigma: number): number[] {
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: reach + 1 }, (_, distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)));
  return values.map((value, at) => {
    if (!Number.isFinite(value)) return Number.NaN;
    let sum = 0;
    let weights = 0;
    for (let index = Math.max(0, at - reach); index <= Math.min(values.length - 1, at + reach); index += 1) {
      const other = values[index] ?? Number.NaN;
      if (!Number.isFinite(other)) continue;
      const weight = kernel[Math.abs(index - at)] ?? 0;
      sum += weight * other;
      weights += weight;
    }
    return sum / weights;
  });
}

/** The mean of the points within half a window on either side, of those that are there. The sum moves along; it is kept with Neumaier's correction, so that one spike does not stay behind as rounding. */
function runningMean(values: readonly number[], points: number): number[] {
  const half = Math.floor(points / 2);
  let sum = 0;
  let lost = 0;
  let count = 0;
  const take = (value: number | undefined, sign: 1 | -1): void => {
    if (value === undefined || !Number.isFinite(value)) return;
    const next = sum + sign * value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + sign * value : sign * value - next + sum;
    sum = next;
    count += sign;
  };
  for (let index = 0; index < half; index += 1) take(values[index], 1);
  return values.map((value, at) => {
    take(values[at + half], 1);
    if (at > half) take(values[at - half - 1], -1);
    return Number.isFinite(value) ? (sum + lost) / count : Number.NaN;
  });
}

const CLEAN = /^(?:(gauss|mean)-)?(\d+(?:\.\d+)?)$/;

/** "0.6", "gauss-5", "mean-9": how smoothing stands in an address; null when there is none. */
export function smoothingText(how: Smoothing): string | null {
  switch (how.kind) {
    case 'none': return null;
    case 'ema': return String(how.weight);
    case 'gauss': return `gauss-${how.sigma}`;
    case 'mean': return `mean-${how.points}`;
  }
}

/** Reads it back; anything odd is no smoothing, anything beyond reason its limit. */
export function smoothingFrom(text: string | null): Smoothing {
  const [, kind, size] = CLEAN.exec(text ?? '') ?? [];
  const amount = Number(size ?? 0);
  if (!(amount > 0)) return UNSMOOTHED;
  if (kind === 'gauss') return { kind, sigma: Math.min(amount, 100) };
  if (kind === 'mean') return { kind, points: Math.min(Math.round(amount), 501) };
  return { kind: 'ema', weight: Math.min(amount, 0.99) };
}
