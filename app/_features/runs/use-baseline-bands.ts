'use client';

import { useEffect, useRef, useState } from 'react';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { usePointsClient } from '../../_graphql/graphql-provider.tsx';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { BASELINE_STYLE } from '../../_charts/series-style.ts';
import { bandLine } from '../metrics/learning-curves-data.ts';
import { variantCurve } from '../metrics/variant-curves.ts';
import { BaselineCurvesQuery } from './run-documents.ts';

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
    void client.query(BaselineCurvesQuery, { key: experimentKey, metrics: keys, maxPoints: POINTS }, { requestPolicy: 'network-only' }).toPromise().then(({ data }) => {
      const fresh = bandsOf(data?.experiment?.baseline?.curves ?? []);
      setRead((before) => ({ bands: new Map([...before.bands, ...fresh.bands]), repeats: Math.max(before.repeats, fresh.repeats) }));
    });
  }, [client, experimentKey, missing, paused]);
  return read;
}

type BaselineCurve = NonNullable<NonNullable<ResultOf<typeof BaselineCurvesQuery>['experiment']>['baseline']>['curves'][number];

function bandsOf(curves: readonly BaselineCurve[]): BaselineBands {
  const bands = new Map<string, ChartSeries>();
  let repeats = 0;
  for (const { key, curve } of curves) {
    const most = curve.n.reduce((largest, one) => Math.max(largest, one), 0);
    if (most < 2) continue;
    bands.set(key, bandLine(variantCurve({ id: 'baseline', label: 'baseline' }, curve), { label: 'baseline', style: BASELINE_STYLE }));
    repeats = Math.max(repeats, most);
  }
  return bands.size === 0 ? NONE : { bands, repeats };
}
