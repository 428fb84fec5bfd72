'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { ChartGroup } from '../../_charts/chart-group.ts';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import type { ChartView } from '../../_charts/chart-view.ts';
import { LineChart } from '../../_charts/line-chart.tsx';
import { LinesKey } from '../../_charts/lines-key.tsx';
import { valueText } from '../../_charts/number-words.ts';
import { seriesStyle } from '../../_charts/series-style.ts';
import { UNSMOOTHED } from '../../_charts/smooth.ts';
import { type LoggedSeries, pointsOver } from '../../_charts/x-axis.ts';
import { systemUnit } from '../../../domain/metrics/system-sample.ts';
import { Copyable } from '../../_ui/copyable.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import type { CurveStore } from '../metrics/curve-store.ts';
import { useChartGroup } from '../metrics/use-chart-group.ts';
import { useKeyCurves } from '../metrics/use-key-curves.ts';
import { systemGroups, type SystemPanel } from './system-panels.ts';

/** What the machines of a run measured of themselves, over time, in units one reads. */
export function RunSystem({ runId, store, live }: { readonly runId: string; readonly store: CurveStore; readonly live: boolean }) {
  const keys = useSyncExternalStore(store.subscribeAny, store.keys, store.keys);
  const group = useChartGroup();
  const groups = useMemo(() => systemGroups(keys), [keys]);
  if (groups.length === 0) return <NoSystem />;
  return groups.map(({ name, panels }) => (
    <Section key={name} title={name} count={panels.length}>
      <div className="pg">{panels.map((panel) => <Panel key={panel.title} panel={panel} runId={runId} store={store} group={group} live={live} />)}</div>
    </Section>
  ));
}

interface PanelProps { readonly panel: SystemPanel; readonly runId: string; readonly store: CurveStore; readonly group: ChartGroup; readonly live: boolean }

function Panel({ panel, runId, store, group, live }: PanelProps) {
  const keys = useMemo(() => panel.lines.map(({ key }) => key), [panel]);
  const curves = useKeyCurves(store, keys);
  const { lines, unit } = useMemo(() => drawn(panel, curves.map((one) => one.curves.get(runId)), live), [panel, curves, runId, live]);
  const single = lines.length === 1 ? lines[0]?.ys.at(-1) : undefined;
  return (
    <figure className="pn">
      <div className="fig-h">
        <b>{panel.title}</b>{unit !== '' && <span className="text-ink-3">{unit}</span>}
        <span className="sp" />
        {single !== undefined && <span className="num text-ink">{valueText(single, 4)}{unit === '' ? '' : ` ${unit}`}</span>}
      </div>
      <LineChart title={`${panel.title}${unit === '' ? '' : ` in ${unit}`} by time`} series={lines} view={OVER_TIME} height={112} panel group={group} />
      {lines.length > 1 && <LinesKey lines={lines} />}
    </figure>
  );
}

const OVER_TIME: ChartView = { xKind: 'time', xLog: false, yKind: 'linear', smoothing: UNSMOOTHED, clip: false };
const NOTHING: LoggedSeries = { steps: [], timestamps: [], values: [] };

function drawn({ lines }: SystemPanel, logged: readonly (LoggedSeries | undefined)[], live: boolean): { readonly lines: ChartSeries[]; readonly unit: string } {
  const points = lines.map(({ key, label }, index) => ({ key, label, index, ...pointsOver(logged[index] ?? NOTHING, 'time') }));
  const most = points.reduce((peak, { ys }) => ys.reduce((higher, y) => (y > higher ? y : higher), peak), 0);
  const unit = systemUnit(lines[0]?.key ?? '', most);
  return { unit: unit?.word ?? '', lines: points.map(({ key, label, index, xs, ys }) => ({ id: key, label, xs, ys: ys.map((y) => y * (unit?.factor ?? 1)), style: seriesStyle(index), live })) };
}

const NoSystem = () => (
  <Empty
    fact="No system metrics were logged."
    steps={[
      <><span>Let MLflow measure the machine, before the run starts (it needs <code>psutil</code>, and <code>nvidia-ml-py</code> for GPUs):</span><Copyable text="mlflow.enable_system_metrics_logging()" label="the call that turns system metrics on" /></>,
      <>Or send samples of your own to <code>POST /api/v1/runs/&lt;id&gt;/system</code>; <a className="lk" href="/api/v1/openapi.json">openapi.json</a> lists the gauges.</>,
    ]}
  />
);
