'use client';

import { useMemo } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { alignRepeats, bandOverRepeats } from '../../_charts/repeat-band.ts';
import { BASELINE_STYLE } from '../../_charts/series-style.ts';
import { pointsOver } from '../../_charts/x-axis.ts';
import { BaselineSeriesQuery } from './run-documents.ts';

export interface BaselineBands {
  readonly bands: ReadonlyMap<string, ChartSeries>;
  /** How many finished repeats the band is made of. */
  readonly repeats: number;
}

const POINTS = 200;
const NONE: BaselineBands = { bands: new Map(), repeats: 0 };

/** Mean and 95 % band of the baseline's counted repeats for each metric; empty before a baseline has two of them. */
export function useBaselineBands(experimentKey: string, metrics: readonly string[], paused: boolean): BaselineBands {
  const [{ data }] = useQuery({ query: BaselineSeriesQuery, variables: { key: experimentKey, metrics: [...metrics], maxPoints: POINTS }, pause: paused || metrics.length === 0 });
  const runs = data?.experiment?.baseline?.runs;
  return useMemo(() => {
    const counted = (runs ?? []).filter((run) => run.status === 'FINISHED' && run.excluded === null && run.deletedAt === null);
    if (counted.length < 2) return NONE;
    const bands = new Map<string, ChartSeries>();
    for (const key of new Set(counted.flatMap((run) => run.series.map((one) => one.key)))) {
      const repeats = counted.flatMap((run) => run.series.filter((one) => one.key === key)).map((one) => pointsOver(one, 'step'));
      if (repeats.length < 2) continue;
      const band = bandOverRepeats(alignRepeats(repeats));
      bands.set(key, { id: 'baseline', label: 'baseline', xs: band.xs, ys: band.mean, band: { lower: band.lower, upper: band.upper }, counts: band.counts, style: BASELINE_STYLE });
    }
    return { bands, repeats: counted.length };
  }, [runs]);
}
