import type { Span } from './chart-series.ts';

const MOST = 5;
const STEPS = [1, 2, 5] as const;

function powerOfTen(exponent: number): number {
  // 10 ** -3 is exact as 1 / 10 ** 3 and not as a product of roundings; Number parses the decimal correctly in both directions.
  return Number(`1e${exponent}`);
}

/** Multiples of `step` inside the span, each rounded to the step's own decimals so that 0.1 + 0.2 reads 0.3. */
function multiples(span: Span, step: number): number[] {
  const first = Math.ceil(span[0] / step - 1e-9);
  const last = Math.floor(span[1] / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: number[] = [];
  for (let index = first; index <= last && ticks.length <= MOST; index += 1) {
    const value = decimals > 20 ? index * step : Number((index * step).toFixed(decimals));
    ticks.push(value === 0 ? 0 : value);
  }
  return ticks;
}

/** The finest step of the form 1, 2 or 5 times a power of ten that gives at most five ticks. */
export function tickStep(span: Span, least = 0): number {
  const width = span[1] - span[0];
  if (!(width > 0) || !Number.isFinite(width)) return 1;
  let exponent = Math.floor(Math.log10(width)) - 1;
  for (; exponent < 310; exponent += 1) {
    for (const factor of STEPS) {
      const step = factor * powerOfTen(exponent);
      if (step >= least && multiples(span, step).length <= MOST) return step;
    }
  }
  return width;
}

/** Two to five ticks at round values; `whole` keeps to whole numbers, as steps and epochs are. */
export function linearTicks(span: Span, whole = false): number[] {
  if (span[0] === span[1]) return [span[0]];
  const step = tickStep(span, whole ? 1 : 0);
  const ticks = multiples(span, step);
  return ticks.length > 0 ? ticks : [span[0]];
}

/** The span widened to whole tick steps, so that an axis grows in steps and not with each point. */
export function roundOutward(span: Span): Span {
  if (span[0] === span[1]) {
    const half = span[0] === 0 ? 1 : Math.abs(span[0]) * 0.1;
    return roundOutward([span[0] - half, span[1] + half]);
  }
  const step = tickStep(span);
  return [Math.floor(span[0] / step + 1e-9) * step, Math.ceil(span[1] / step - 1e-9) * step];
}

/** Ticks of a logarithmic axis: powers of ten (thinned when there are many), with 2 and 5 between when the span is short. */
export function logTicks(span: Span): number[] {
  const low = Math.floor(Math.log10(span[0]) + 1e-9);
  const high = Math.ceil(Math.log10(span[1]) - 1e-9);
  const inside = (value: number): boolean => value >= span[0] * (1 - 1e-9) && value <= span[1] * (1 + 1e-9);
  const decades: number[] = [];
  for (let exponent = low; exponent <= high; exponent += 1) if (inside(powerOfTen(exponent))) decades.push(powerOfTen(exponent));
  if (decades.length > MOST) {
    const every = Math.ceil(decades.length / MOST);
    return decades.filter((_, index) => index % every === 0);
  }
  if (decades.length >= 3) return decades;
  const finer: number[] = [];
  for (let exponent = low; exponent <= high; exponent += 1) {
    for (const factor of STEPS) {
      const value = factor * powerOfTen(exponent);
      if (inside(value)) finer.push(value);
    }
  }
  if (finer.length >= 2 && finer.length <= MOST) return finer;
  if (finer.length > MOST) return finer.filter((value) => decades.includes(value) || String(value).replace(/\D/g, '').endsWith('5')).slice(0, MOST);
  return linearTicks(span);
}
