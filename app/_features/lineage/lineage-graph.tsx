'use client';

import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { COLUMN, fitted, nodeAt, ROW, worldX, worldY, type View } from '../../_charts/draw-lineage.ts';
import { useThemeVersion } from '../../_charts/theme-colours.ts';
import { Button } from '../../_ui/button.tsx';
import { spoken } from './lineage-words.ts';
import { Painter } from './painter.ts';
import { nextNode, type Way } from './walk.ts';
import type { Graph } from './use-lineage.ts';
import { useZoom } from './use-zoom.ts';

interface LineageGraphProps {
  readonly graph: Graph;
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Goes to the chosen node's own page. */
  readonly onOpen: (id: string) => void;
}

const WAYS: Readonly<Record<string, Way>> = { ArrowRight: 'forth', ArrowLeft: 'back', ArrowDown: 'down', ArrowUp: 'up' };
/** A press that moved farther was a drag. */
const STILL = 4;

/** The graph on a canvas: drag, wheel and pinch move it, arrows walk along its edges, Return opens. What it shows is in the list too. */
export function LineageGraph({ graph, chosen, onChoose, onOpen }: LineageGraphProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const pressed = useRef<{ x: number; y: number } | null>(null);
  const [painted, setPainted] = useState(false);
  const zoom = useZoom(box, (view) => painter.current?.move(view));
  const theme = useThemeVersion();
  const place = chosen === null ? -1 : (graph.placeOf.get(chosen) ?? -1);
  const node = graph.lineage.nodes[place];

  const fit = useEffectEvent(() => { if (box.current) zoom.current?.to(firstView(graph, place, box.current)); });
  useEffect(() => {
    if (canvas.current === null || box.current === null) return undefined;
    const [own, around] = [new Painter(canvas.current), box.current];
    painter.current = own;
    const observer = new ResizeObserver(() => { own.resize({ width: around.clientWidth, height: around.clientHeight }); setPainted(true); });
    observer.observe(around);
    return () => { observer.disconnect(); own.stop(); painter.current = null; };
  }, []);
  const shape = `${graph.lineage.focus ?? ''} ${graph.drawing.layout.width} ${graph.drawing.layout.height}`;
  useEffect(() => { if (painted) fit(); }, [painted, shape]);
  useEffect(() => { painter.current?.show(graph.drawing, place); }, [graph, place, painted]);
  useEffect(() => { painter.current?.anew(); }, [theme]);

  const choose = (at: number): void => {
    const id = graph.lineage.nodes[at]?.id ?? null;
    onChoose(id);
    if (id !== null && box.current && painter.current) { const moved = inSight(painter.current.view, graph, { node: at, box: box.current }); if (moved) zoom.current?.to(moved); }
  };
  const press = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    if (way !== undefined) choose(nextNode(graph.drawing, place, way));
    else if (event.key === 'Enter' && chosen !== null) onOpen(chosen);
    else if (event.key === 'Escape') onChoose(null);
    else if (event.key === '+' || event.key === '=') zoom.current?.by(1.4);
    else if (event.key === '-') zoom.current?.by(1 / 1.4);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const release = (event: PointerEvent): void => {
    const [from, around] = [pressed.current, box.current?.getBoundingClientRect()];
    if (!from || !around || !painter.current || Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL) return;
    const found = nodeAt(graph.drawing, painter.current.view, { x: event.clientX - around.left, y: event.clientY - around.top });
    onChoose(graph.lineage.nodes[found]?.id ?? null);
  };
  return (
    <div className="lin-frame">
      <div
        ref={box} className="lin-box" role="application" tabIndex={0} aria-label="Lineage graph" aria-describedby="lineage-keys"
        onKeyDown={press} onPointerDown={(event) => { pressed.current = { x: event.clientX, y: event.clientY }; }} onPointerUp={release}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </div>
      <p className="vh" id="lineage-keys">Arrow keys walk along edges: right to what came of a node, left to what it came from, up and down within its column. Return opens it, plus and minus zoom, 0 shows all. The list view holds the same.</p>
      <p className="vh" role="status">{node ? spoken(node) : ''}</p>
      <div className="lin-tools"><Button small aria-label="Zoom in" onClick={() => zoom.current?.by(1.4)}>+</Button><Button small aria-label="Zoom out" onClick={() => zoom.current?.by(1 / 1.4)}>−</Button><Button small onClick={() => fit()}>Show all</Button></div>
    </div>
  );
}

/** All of it; or around what is chosen, where all would be too small to read. */
function firstView({ drawing }: Graph, place: number, box: HTMLElement): View {
  const size = { width: box.clientWidth, height: box.clientHeight };
  const all = fitted(drawing.layout, { width: size.width - 48, height: size.height - 24 });
  const centred = { ...all, x: all.x + 24, y: all.y + 12 };
  // A small graph on a narrow screen begins at its left end, where it can be read.
  if (place < 0 && all.k < 0.6 && drawing.marks.length < 100) return { k: 0.7, x: 8, y: size.height / 2 - drawing.layout.height * ROW * 0.35 };
  return place < 0 || all.k > 0.6 ? centred : { k: 1, x: size.width / 3 - worldX(drawing.layout, place), y: size.height / 2 - worldY(drawing.layout, place) };
}

/** The view moved so far that a node is seen; null where it is. */
function inSight(view: View, { drawing }: Graph, { node, box }: { readonly node: number; readonly box: HTMLElement }): View | null {
  const [x, y] = [worldX(drawing.layout, node) * view.k + view.x, worldY(drawing.layout, node) * view.k + view.y];
  const [right, bottom] = [box.clientWidth - COLUMN * Math.min(1, view.k), box.clientHeight - ROW];
  if (x >= ROW && x <= right && y >= ROW && y <= bottom) return null;
  return { k: view.k, x: view.x + box.clientWidth / 2 - x, y: view.y + box.clientHeight / 2 - y };
}
