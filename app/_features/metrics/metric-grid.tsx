'use client';

import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type CSSProperties, type ReactNode } from 'react';
import type { Span, XKind } from '../../_charts/chart-series.ts';
import { chartViewFrom, chartViewParams } from '../../_charts/chart-view.ts';
import { InView, useInView } from '../../_ui/in-view.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { AXES, type Window } from './curve-store.ts';
import type { Grid, GridSubject } from './grid.ts';
import { GridToolbar } from './grid-toolbar.tsx';
import { foldToggled } from './grid-moves.ts';
import { gridPanels, type PanelSection } from './grid-panels.ts';
import { gridViewFrom, gridViewParams, type GridView } from './grid-view.ts';
import { PanelSlot } from './panel-slot.tsx';
import { useChartGroup } from './use-chart-group.ts';
import { useKeySearch } from './use-key-search.ts';

/** Charts are there from so far above and below the window. */
const MARGIN = '300px 0px';

/** All curves of some runs, in sections, with one crosshair and one zoom. The address holds what is shown and how. `legend` says what the lines are, `empty` why there are none. */
export function MetricGrid({ subject, legend, empty }: { readonly subject: GridSubject; readonly legend?: ReactNode; readonly empty: ReactNode }) {
  const { params, set } = useAddress();
  const keys = useSyncExternalStore(subject.store.subscribeAny, subject.store.keys, subject.store.keys);
  const group = useChartGroup();
  const [inView] = useState(() => new InView(MARGIN));
  const text = params.toString();
  const chart = useMemo(() => chartViewFrom(new URLSearchParams(text)), [text]);
  const view = useMemo(() => gridViewFrom(new URLSearchParams(text)), [text]);
  const search = useKeySearch(view.search, view.regex);
  const sections = useMemo(() => (search === null ? [] : gridPanels(keys, view, search.matches)), [keys, view, search]);
  const zoom = useSyncExternalStore(group.subscribe, group.zoom, group.zoom);
  useEffect(() => subject.store.look(windowOf(zoom, chart.xKind)), [subject.store, zoom, chart.xKind]);
  const onView = (next: GridView): void => set(gridViewParams(next));
  const grid: Grid = { subject, view, onView, chart, group, inView };
  if (keys.length === 0) return empty;
  const shown = sections.reduce((sum, { panels }) => sum + panels.length, 0);
  return (
    <div className="mg">
      <GridToolbar grid={grid} shown={shown} total={keys.length} search={search} onChart={(next) => set(chartViewParams(next, chart))} />
      {legend}
      {search === null && <Loading rows={8} label="Finding charts" />}
      {search !== null && shown === 0 && <p className="text-ink-3">No metric has “{view.search}” in its name.</p>}
      {sections.map((section) => <GridSection key={section.name} grid={grid} section={section} />)}
    </div>
  );
}

/** The server counts relative time in milliseconds, a chart in seconds. */
function windowOf(zoom: Span | null, xKind: XKind): Window | null {
  if (zoom === null) return null;
  const unit = xKind === 'relative' ? 1000 : 1;
  return { axis: AXES[xKind], from: zoom[0] * unit, to: zoom[1] * unit };
}

function GridSection({ grid, section }: { readonly grid: Grid; readonly section: PanelSection }) {
  return (
    <section className="sec" aria-label={`Charts: ${section.name}`}>
      <div className="sec-h">
        <h2><button type="button" aria-expanded={section.open} onClick={() => grid.onView(foldToggled(grid.view, section.name))}>{section.name}</button></h2>
        <span className="num">{section.panels.length}</span>
      </div>
      {section.open && <SectionPanels grid={grid} section={section} />}
    </section>
  );
}

/** The places of a section's charts while it is in or near the window: a page of thousands stays cheap. Otherwise it is as high as they would be. */
function SectionPanels({ grid, section }: { readonly grid: Grid; readonly section: PanelSection }) {
  const box = useRef<HTMLDivElement>(null);
  const { seen } = useInView(box, grid.inView);
  const style: CSSProperties & Record<'--charts', number> = { '--charts': section.panels.length };
  return <div ref={box} className="pg" style={style}>{seen && section.panels.map((panel) => <PanelSlot key={panel.id} grid={grid} section={section} panel={panel} />)}</div>;
}
