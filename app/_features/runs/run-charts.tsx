'use client';

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { cropAround, cropOver } from '../../_charts/chart-crop.ts';
import { chartViewFrom } from '../../_charts/chart-view.ts';
import { BandKey, SeriesKey } from '../../_charts/series-key.tsx';
import { BASELINE_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { Empty } from '../../_ui/waiting.tsx';
import type { CurveStore } from '../metrics/curve-store.ts';
import { MetricGrid } from '../metrics/metric-grid.tsx';
import type { GridSubject } from '../metrics/grid.ts';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { cropped } from '../threads/thread-anchor.ts';
import { useChartPins } from '../threads/use-chart-pins.ts';
import { drawnFrom } from './run-data-mark.ts';
import type { RunDetail } from './run-documents.ts';
import { useBaselineBands } from './use-baseline-bands.ts';

/** The charts of a run, with the baseline's repeats behind its curves. */
export function RunCharts({ run, store, live }: { readonly run: RunDetail; readonly store: CurveStore; readonly live: boolean }) {
  const address = useAddress();
  const { yKind, xKind } = chartViewFrom(address.params);
  const isBaseline = run.variant !== null && run.variant.id === run.experiment.baseline?.id;
  const wanted = useSyncExternalStore(store.subscribeAny, store.wantedKeys, store.wantedKeys);
  const { bands, repeats } = useBaselineBands(run.experiment.key, wanted, isBaseline || run.experiment.baseline === null);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const openThread = useCallback((id: string) => address.set({ tab: 'discussion', thread: id }, true), [address]);
  const pins = useChartPins(run.id, openThread);
  const { id, name, status, seed, variant } = run;
  const runs = useMemo<GridSubject['runs']>(() => [{ id, name, status, seed, counted: false, variantId: variant?.id ?? null, variantLabel: variant?.label ?? null }], [id, name, status, seed, variant]);
  const subject: GridSubject = {
    byVariant: false,
    store, runs, name, bands, pins, baselineId: null, order: [],
    onComment: run.viewerCan.comment ? (metric, at, series) => setAnchor(typeof at === 'number'
      ? { kind: 'point', metric, step: at, ...cropped(cropAround({ series, step: at, yKind, drawnFrom: drawnFrom(run, metric) })) }
      : { kind: 'range', metric, from: at[0], to: at[1], ...cropped(cropOver({ series, window: at, yKind, drawnFrom: drawnFrom(run, metric) })) }) : undefined,
  };
  return (
    <>
      <MetricGrid subject={subject} legend={repeats > 0 && bands.size > 0 && xKind === 'step' && <BaselineLegend repeats={repeats} />} empty={<Empty fact={live ? 'No metric has arrived yet. The first curve draws itself here.' : 'This run logged no metrics, so it cannot count in a verdict.'} />} />
      <StartThreadDialog anchor={anchor} subject={run.id} onClose={() => setAnchor(null)} />
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
