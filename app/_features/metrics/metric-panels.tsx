'use client';

import { useState, useSyncExternalStore } from 'react';
import { ChartControls, type ChartView } from '../../_charts/chart-controls.tsx';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { BandKey, SeriesKey } from '../../_charts/series-key.tsx';
import { BASELINE_STYLE, seriesStyle } from '../../_charts/series-style.ts';
import { Empty } from '../../_ui/waiting.tsx';
import { MetricPanel } from './metric-panel.tsx';
import { matchingKeys, metricSections } from './metric-sections.ts';
import type { RunSeriesStore } from './run-series-store.ts';
import { useChartGroup } from './use-chart-group.ts';

export interface MetricPanelsProps {
  readonly store: RunSeriesStore;
  readonly view: ChartView;
  readonly onView: (view: ChartView) => void;
  readonly live: boolean;
  readonly baselines: ReadonlyMap<string, ChartSeries>;
  readonly baselineText: string | null;
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly pins: ReadonlyMap<string, readonly ChartPin[]>;
  readonly onComment?: ((metric: string, x: number, series: readonly ChartSeries[]) => void) | undefined;
}

const NO_PINS: readonly ChartPin[] = [];

/** All curves of a run, in sections. One crosshair runs through all of them. */
export function MetricPanels({ store, view, onView, live, baselines, baselineText, filter, onFilter, pins, onComment }: MetricPanelsProps) {
  const keys = useSyncExternalStore(store.subscribeAny, store.keys, store.keys);
  const group = useChartGroup();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const shown = matchingKeys(keys, filter);
  const toggle = (name: string): void => setClosed((before) => (before.has(name) ? new Set([...before].filter((one) => one !== name)) : new Set([...before, name])));
  if (keys.length === 0) {
    return <Empty fact={live ? 'No metric has arrived yet. The first curve draws itself here.' : 'This run logged no metrics, so it cannot count in a verdict.'} />;
  }
  return (
    <div>
      <div className="row wrap" style={{ gap: '8px 16px', marginBottom: 16 }}>
        <input className="field fq" type="search" placeholder="Filter charts" aria-label="Filter charts" value={filter} onChange={(event) => onFilter(event.target.value)} />
        <span className="sp" />
        <ChartControls view={view} onChange={onView} />
      </div>
      {baselineText !== null && baselines.size > 0 && view.xKind === 'step' && (
        <div className="row wrap" style={{ gap: '4px 16px', marginBottom: 16 }}>
          <span className="lc-key"><SeriesKey style={seriesStyle(0)} />this run</span>
          <span className="lc-key"><BandKey token={BASELINE_STYLE.token} />{baselineText}</span>
        </div>
      )}
      {shown.length === 0 && <p className="text-ink-3">No metric has “{filter}” in its name.</p>}
      {metricSections(shown).map((section) => (
        <section key={section.name} className="sec" aria-label={`Charts: ${section.name}`}>
          <div className="sec-h">
            <h2><button type="button" aria-expanded={!closed.has(section.name)} onClick={() => toggle(section.name)}>{section.name}</button></h2>
            <span className="num">{section.keys.length}</span>
          </div>
          {!closed.has(section.name) && (
            <div className="pg">
              {section.keys.map((key) => (
                <MetricPanel key={key} metric={key} store={store} view={view} group={group} live={live} baseline={baselines.get(key)} onComment={onComment === undefined || view.xKind !== 'step' ? undefined : (x, series) => onComment(key, x, series)} pins={view.xKind === 'step' ? (pins.get(key) ?? NO_PINS) : NO_PINS} />
              ))}
            </div>
          )}
        </section>
      ))}
    </div>
  );
}
