'use client';

import { useRef, useState, type DragEvent } from 'react';
import { useInView } from '../../_ui/in-view.ts';
import type { Grid } from './grid.ts';
import { dropPlace, overlaid, placedBefore, stepped } from './grid-moves.ts';
import type { GridPanel, PanelSection } from './grid-panels.ts';
import { MetricPanel } from './metric-panel.tsx';

interface PanelSlotProps {
  readonly grid: Grid;
  readonly section: PanelSection;
  readonly panel: GridPanel;
}

/** Tells a dragged chart from a dragged file or text. */
const CHART = 'application/x-lemma-chart';

/** The place of a chart in the grid. The chart itself is there while it is in or near the window; its place keeps the height it had. */
export function PanelSlot({ grid, section, panel }: PanelSlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const { seen, height } = useInView(box, grid.inView);
  const [dropAt, setDropAt] = useState<ReturnType<typeof dropPlace> | null>(null);
  const wide = grid.view.wide.includes(panel.id);

  const placeOf = (event: DragEvent<HTMLElement>): ReturnType<typeof dropPlace> => {
    const rect = event.currentTarget.getBoundingClientRect();
    return dropPlace((event.clientX - rect.left) / rect.width);
  };
  const onDrop = (event: DragEvent<HTMLElement>): void => {
    const dragged = event.dataTransfer.getData(CHART);
    setDropAt(null);
    if (dragged === '' || dragged === panel.id) return;
    event.preventDefault();
    const ids = section.panels.map(({ id }) => id);
    const place = placeOf(event);
    const next = ids[ids.indexOf(panel.id) + 1] ?? null;
    if (place === 'into') grid.onView(overlaid(grid.view, panel, { id: dragged, keys: keysOf(grid, dragged) }));
    else grid.onView(placedBefore(grid.view, dragged, place === 'before' ? panel.id : next));
  };
  return (
    <div
      ref={box}
      className={`pn-slot${wide ? ' wide' : ''}`}
      data-drop={dropAt}
      style={height === null ? undefined : { minHeight: height }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(CHART)) return;
        event.preventDefault();
        setDropAt(placeOf(event));
      }}
      onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropAt(null); }}
      onDrop={onDrop}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        grid.onView(stepped(grid.view, section, panel.id, event.key === 'ArrowLeft' ? -1 : 1));
      }}
    >
      {seen && <MetricPanel grid={grid} section={section} panel={panel} wide={wide} onDragStart={(event) => { event.dataTransfer.setData(CHART, panel.id); event.dataTransfer.effectAllowed = 'move'; }} />}
    </div>
  );
}

const keysOf = (grid: Grid, id: string): readonly string[] => grid.view.overlays.find(([own]) => own === id) ?? [id];
