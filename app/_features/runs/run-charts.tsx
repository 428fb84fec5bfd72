'use client';

import { useCallback, useState, useSyncExternalStore } from 'react';
import { cropAround } from '../../_charts/chart-crop.ts';
import { chartViewFrom, chartViewParams } from '../../_charts/chart-view.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import { MetricPanels } from '../metrics/metric-panels.tsx';
import type { RunSeries } from '../metrics/use-run-series.ts';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import { cropped, type ThreadAnchor } from '../threads/thread-anchor.ts';
import { useChartPins } from '../threads/use-chart-pins.ts';
import { drawnFrom } from './run-data-mark.ts';
import type { RunDetail } from './run-documents.ts';
import { useBaselineBands } from './use-baseline-bands.ts';

/** The charts of a run. The address holds the filter and how they are drawn. */
export function RunCharts({ run, series, live }: { readonly run: RunDetail; readonly series: RunSeries; readonly live: boolean }) {
  const address = useAddress();
  const view = chartViewFrom(address.params);
  const keys = useSyncExternalStore(series.store.subscribeAny, series.store.keys, series.store.keys);
  const isBaseline = run.variant !== null && run.variant.id === run.experiment.baseline?.id;
  const { bands, repeats } = useBaselineBands(run.experiment.key, keys.filter((key) => !key.startsWith('system/')).slice(0, 40), isBaseline || run.experiment.baseline === null || keys.length === 0);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const openThread = useCallback((id: string) => address.set({ tab: 'discussion', thread: id }, true), [address]);
  const pins = useChartPins(run.id, openThread);
  if (series.failure !== null) return <ErrorNote title="The curves could not be read.">{series.failure.message}</ErrorNote>;
  if (series.loading && keys.length === 0) return <Loading rows={8} label="Reading the curves" />;
  return (
    <>
      <MetricPanels
        store={series.store}
        view={view}
        onView={(next) => address.set(chartViewParams(next, view))}
        live={live}
        baselines={bands}
        baselineText={repeats === 0 ? null : `baseline, mean and 95 % band of ${repeats} repeats`}
        filter={address.params.get('q') ?? ''}
        onFilter={(text) => address.set({ q: text })}
        pins={pins}
        onComment={run.viewerCan.comment ? (metric, step, drawn) => setAnchor({ kind: 'point', metric, step, ...cropped(cropAround({ series: drawn, step, yKind: view.yKind, drawnFrom: drawnFrom(run, metric) })) }) : undefined}
      />
      <StartThreadDialog anchor={anchor} subject={run.id} onClose={() => setAnchor(null)} />
    </>
  );
}
