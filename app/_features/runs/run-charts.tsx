'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { chartViewFrom } from '../../_charts/chart-view.ts';
import { BandKey, SeriesKey } from '../../_charts/series-key.tsx';
import { BASELINE_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { Empty } from '../../_ui/waiting.tsx';
import type { CurveStore } from '../metrics/curve-store.ts';
import { MetricGrid } from '../metrics/metric-grid.tsx';
import type { GridSubject } from '../metrics/grid.ts';
import { useChartThreads } from '../threads/use-chart-threads.tsx';
import { drawnFrom } from './run-data-mark.ts';
import type { RunDetail } from './run-documents.ts';
import { useBaselineBands } from './use-baseline-bands.ts';

/** The charts of a run, with the baseline's repeats behind its curves. */
export function RunCharts({ run, store, live }: { readonly run: RunDetail; readonly store: CurveStore; readonly live: boolean }) {
  const { xKind } = chartViewFrom(useAddress().params);
  const isBaseline = run.variant !== null && run.variant.id === run.experiment.baseline?.id;
  const wanted = useSyncExternalStore(store.subscribeAny, store.wantedKeys, store.wantedKeys);
  const { bands, repeats } = useBaselineBands(run.experiment.key, wanted, isBaseline || run.experiment.baseline === null);
  const { pins, onComment, dialog } = useChartThreads(run.id, run.viewerCan.comment, (metric) => drawnFrom(run, metric));
  const { id, name, status, seed, variant } = run;
  const runs = useMemo<GridSubject['runs']>(() => [{ id, name, status, seed, counted: false, variantId: variant?.id ?? null, variantLabel: variant?.label ?? null }], [id, name, status, seed, variant]);
  const subject: GridSubject = { byVariant: false, store, runs, name, bands, pins, baselineId: null, order: [], onComment };
  return (
    <>
      <MetricGrid subject={subject} legend={repeats > 0 && bands.size > 0 && xKind === 'step' && <BaselineLegend repeats={repeats} />} empty={<Empty fact={live ? 'No metric has arrived yet. The first curve draws itself here.' : 'This run logged no metrics, so it cannot count in a verdict.'} />} />
      {dialog}
    </>
  );
}

function BaselineLegend({ repeats }: { readonly repeats: number }) {
  return (
    <div className="row wrap" style={{ gap: '4px 16px', marginBottom: 16 }}>
      <span className="lc-key"><SeriesKey style={seriesStyle(0)} />this run</span>
      <span className="lc-key"><BandKey token={BASELINE_STYLE.token} />baseline, mean and 95 % band of {repeats} repeats</span>
    </div>
  );
}
