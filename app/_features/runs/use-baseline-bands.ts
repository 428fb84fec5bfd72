'use client';

import { useEffect, useRef, useState } from 'react';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { usePointsClient } from '../../_graphql/graphql-provider.tsx';
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

/**
 * Mean and 95 % band of the baseline's counted repeats for the metrics that are looked at; empty before a baseline has two of them. What was read stays for as long
 * as it is looked at, so that scrolling asks only for what is new.
 */
export function useBaselineBands(experimentKey: string, wanted: readonly string[], paused: boolean): BaselineBands {
  const client = usePointsClient();
  const [read, setRead] = useState<BaselineBands>(NONE);
  const missing = wanted.filter((key) => key !== '' && !key.startsWith('system/') && !read.bands.has(key)).join('\n');
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const keys = missing.split('\n').filter((key) => key !== '' && !asked.current.has(key));
    if (paused || keys.length === 0) return;
    for (const key of keys) asked.current.add(key);
    void client.query(BaselineSeriesQuery, { key: experimentKey, metrics: keys, maxPoints: POINTS }, { requestPolicy: 'network-only' }).toPromise().then(({ data }) => {
      const fresh = bandsOf(data?.experiment?.baseline?.runs ?? []);
      setRead((before) => ({ bands: new Map([...before.bands, ...fresh.bands]), repeats: Math.max(before.repeats, fresh.repeats) }));
    });
  }, [client, experimentKey, missing, paused]);
  return read;
}

type BaselineRun = NonNullable<NonNullable<ResultOf<typeof BaselineSeriesQuery>['experiment']>['baseline']>['runs'][number];

function bandsOf(runs: readonly BaselineRun[]): BaselineBands {
  const counted = runs.filter((run) => run.status === 'FINISHED' && run.excluded === null && run.deletedAt === null);
  if (counted.length < 2) return NONE;
  const bands = new Map<string, ChartSeries>();
  for (const key of new Set(counted.flatMap((run) => run.series.map((one) => one.key)))) {
    const repeats = counted.flatMap((run) => run.series.filter((one) => one.key === key)).map((one) => pointsOver(one, 'step'));
    if (repeats.length < 2) continue;
    const band = bandOverRepeats(alignRepeats(repeats));
    bands.set(key, { id: 'baseline', label: 'baseline', xs: band.xs, ys: band.mean, band: { lower: band.lower, upper: band.upper }, counts: band.counts, style: BASELINE_STYLE });
  }
  return { bands, repeats: counted.length };
}
