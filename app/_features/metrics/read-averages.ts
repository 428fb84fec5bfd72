import type { Client } from 'urql';
import type { XKind } from '../../_charts/chart-series.ts';
import type { Spread } from '../../_charts/spread.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { AXES, type Window } from './curve-store.ts';
import { VariantBandsQuery } from './series-documents.ts';
import { variantCurve, type Averages, type VariantCurve } from './variant-curves.ts';

/** How the variants of an experiment are averaged. */
export interface Averaging {
  readonly experimentKey: string;
  readonly variantCount: number;
  readonly spread: Spread;
  readonly xKind: XKind;
}

/** Runs of so many steps are averaged at each of them; of longer ones, a point stands for several. */
const MOST_POINTS = 512;
const POINTS_A_READING = 60_000;

/** What a kind of band needs of a curve. */
const partsOf = (spread: Spread) => ({ median: spread === 'median', ci: spread === 'ci', se: spread === 'se', sd: spread === 'sd', extremes: spread === 'range' || spread === 'median' });

/** Metrics of all variants, as the server averages them over their counted runs, in one request. */
export async function readAverages(client: Client, { experimentKey, variantCount, spread, xKind }: Averaging, keys: readonly string[], window: Window | null): Promise<{ readonly averages: ReadonlyMap<string, Averages>; readonly problem: string | null }> {
  const maxPoints = Math.max(30, Math.min(MOST_POINTS, Math.floor(POINTS_A_READING / Math.max(1, keys.length * variantCount))));
  const axis = AXES[xKind];
  const range = window?.axis === axis ? { from: window.from, to: window.to } : {};
  const { data, error } = await client.query(VariantBandsQuery, { key: experimentKey, metrics: [...keys], axis, maxPoints, ...range, ...partsOf(spread) }, { requestPolicy: 'network-only' }).toPromise();
  // The chart counts relative time in seconds.
  const unit = xKind === 'relative' ? 1_000 : 1;
  const byKey = new Map(keys.map((key) => [key, [] as VariantCurve[]]));
  for (const { curves, ...variant } of data?.experiment?.variants ?? []) {
    for (const { key, curve } of curves) byKey.get(key)?.push(variantCurve(variant, { ...curve, xs: curve.xs.map((x) => x / unit) }, spread));
  }
  return { averages: new Map([...byKey].map(([key, variants]) => [key, { xKind, variants }])), problem: failureOf(error)?.message ?? null };
}
