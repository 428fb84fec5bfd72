import type { XKind } from '../../_charts/chart-series.ts';
import type { Spread } from '../../_charts/spread.ts';

/** The counted runs of a variant as the server averaged them: the middle and the ends of a band; null stands where there is no number. `xs` in the unit of the chart's axis. */
export interface VariantCurve {
  readonly id: string;
  readonly label: string;
  readonly spread: Spread;
  readonly xs: readonly number[];
  readonly n: readonly number[];
  readonly middle: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** One metric of all variants, over one axis. */
export interface Averages {
  readonly xKind: XKind;
  readonly variants: readonly VariantCurve[];
}

type Numbers = readonly (number | null)[];

/** A curve as the server says it: of what is drawn from several runs, only what was asked for. */
export interface SaidCurve {
  readonly xs: readonly number[];
  readonly n: readonly number[];
  readonly mean?: Numbers | undefined;
  readonly median?: Numbers | undefined;
  readonly min?: Numbers | undefined;
  readonly max?: Numbers | undefined;
  readonly sd?: Numbers | undefined;
  readonly se?: Numbers | undefined;
  readonly ciLow?: Numbers | undefined;
  readonly ciHigh?: Numbers | undefined;
}

const NONE: Numbers = [];

/** What is drawn of a variant for a kind of band. The server says everything but the sum of a mean and what is around it; a run alone has extremes, but no band. */
export function variantCurve({ id, label }: { readonly id: string; readonly label: string }, said: SaidCurve, spread: Spread = 'ci'): VariantCurve {
  const { xs, n } = said;
  const of = (name: Exclude<keyof SaidCurve, 'xs' | 'n'>): Numbers => said[name] ?? NONE;
  const around = (half: Numbers, sign: number): Numbers => of('mean').map((value, at) => { const width = half[at] ?? null; return value === null || width === null ? null : value + sign * width; });
  const ofRepeats = (list: Numbers): Numbers => list.map((value, at) => ((n[at] ?? 0) < 2 ? null : value));
  const ends = {
    ci: () => [of('ciLow'), of('ciHigh')], se: () => [around(of('se'), -1), around(of('se'), 1)], sd: () => [around(of('sd'), -1), around(of('sd'), 1)],
    range: () => [ofRepeats(of('min')), ofRepeats(of('max'))], median: () => [ofRepeats(of('min')), ofRepeats(of('max'))],
  } as const;
  const [lower, upper] = ends[spread]();
  return { id, label, spread, xs, n, middle: of(spread === 'median' ? 'median' : 'mean'), lower: lower ?? NONE, upper: upper ?? NONE };
}

/** The averages with those of a part of the axis, in more detail, in place of what was there. */
export function withDetail(whole: Averages | null, detail: Averages | null): Averages | null {
  if (whole === null || detail === null || whole.xKind !== detail.xKind) return detail ?? whole;
  const finer = new Map(detail.variants.map((one) => [one.id, one]));
  return { ...whole, variants: whole.variants.map((one) => { const own = finer.get(one.id); return own?.spread === one.spread ? spliced(one, own) : one; }) };
}

function spliced(whole: VariantCurve, detail: VariantCurve): VariantCurve {
  const [first = Infinity, last = -Infinity] = [detail.xs[0], detail.xs.at(-1)];
  const before = whole.xs.filter((x) => x < first).length;
  const after = whole.xs.filter((x) => x <= last).length;
  const joined = <Value>(outer: readonly Value[], inner: readonly Value[]): Value[] => [...outer.slice(0, before), ...inner, ...outer.slice(Math.max(before, after))];
  return {
    ...whole, xs: joined(whole.xs, detail.xs), n: joined(whole.n, detail.n),
    middle: joined(whole.middle, detail.middle), lower: joined(whole.lower, detail.lower), upper: joined(whole.upper, detail.upper),
  };
}
