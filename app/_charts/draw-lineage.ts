import type { LineageLayout, LineageLinks } from './lineage-layout.ts';
import type { Colours } from './theme-colours.ts';

/** How a node is drawn: the token of its colour, its shape, and what stands beside it. */
export interface LineageMark { readonly token: string; readonly shape: 'circle' | 'diamond' | 'square' | 'triangle' | 'hexagon'; readonly hollow: boolean; readonly label: string }

export interface LineageDrawing {
  readonly layout: LineageLayout;
  readonly links: LineageLinks;
  readonly marks: readonly LineageMark[];
  /** Places of nodes on the best path, from the first on. */
  readonly path: readonly number[];
}

/** What d3-zoom keeps: screen = world · k + (x, y). */
export interface View { readonly k: number; readonly x: number; readonly y: number }
export interface Box { readonly width: number; readonly height: number }

/** One unit of the layout in pixels, at scale 1. */
export const COLUMN = 190;
export const ROW = 24;
const RADIUS = 5;
/** Labels are drawn from this scale on; below it they could not be read. */
const LABELS_FROM = 0.55;
/** Shapes are told apart from this scale on. */
const SHAPES_FROM = 0.3;
/** So many links a stroke: a path of thousands that cross takes many times longer than the same in pieces. */
const LINKS_A_STROKE = 48;
/** Width for the label of a node, at scale 1: up to where the next may stand. */
const labelWidth = ({ room }: LineageLayout, node: number): number => (room[node] ?? 1) * COLUMN - 34;

export const worldX = (layout: LineageLayout, node: number): number => (layout.x[node] ?? 0) * COLUMN + 12;
export const worldY = (layout: LineageLayout, node: number): number => (layout.y[node] ?? 0) * ROW + ROW / 2;

/** The view in which all is seen, not larger than life. */
export function fitted({ width, height }: LineageLayout, box: Box): View {
  const [w, h] = [Math.max(1, width) * COLUMN, Math.max(1, height) * ROW];
  const k = Math.min(1, box.width / w, box.height / h);
  return { k, x: (box.width - w * k) / 2, y: (box.height - h * k) / 2 };
}

interface Pen { readonly context: CanvasRenderingContext2D; readonly view: View; readonly box: Box; readonly colours: Colours }

/** The whole drawing in a view: links, the best path, nodes, and labels where there is room for them. */
export function drawLineage(pen: Pen, drawing: LineageDrawing): void {
  const { context, view, box, colours } = pen;
  context.fillStyle = colours('--paper');
  context.fillRect(0, 0, box.width, box.height);
  const many = drawing.links.from.length > 2_000;
  context.globalAlpha = many ? 0.35 : 0.8;
  context.strokeStyle = colours('--line-2');
  context.lineWidth = many ? 0.75 : 1;
  strokeLinks(pen, drawing, drawing.links);
  context.globalAlpha = 1;
  drawPath(pen, drawing);
  drawNodes(pen, drawing);
  if (view.k >= LABELS_FROM) drawLabels(pen, drawing);
}

function drawPath(pen: Pen, { layout, marks, path }: LineageDrawing): void {
  const { context, colours } = pen;
  if (path.length < 2) return;
  context.strokeStyle = colours('--accent');
  context.lineWidth = 2.5;
  strokeLinks(pen, { layout, marks }, { from: path.slice(0, -1), to: path.slice(1) });
}

/** Links that begin and end beyond the same edge of the box cannot be seen. Where labels are drawn, a link begins behind its node's. */
function strokeLinks({ context, view, box }: Pen, { layout, marks }: Pick<LineageDrawing, 'layout' | 'marks'>, { from, to }: LineageLinks): void {
  const { k, x: left, y: top } = view;
  const behind = k < LABELS_FROM ? () => 0 : (node: number) => 14 + widthOf(cut(marks[node]?.label ?? '', labelWidth(layout, node) * k, fontSize(k)), fontSize(k));
  let pending = 0;
  context.beginPath();
  for (let place = 0; place < from.length; place += 1) {
    const [a, b] = [from[place] ?? 0, to[place] ?? 0];
    const [x1, y1, x2, y2] = [worldX(layout, a) * k + left + behind(a), worldY(layout, a) * k + top, worldX(layout, b) * k + left, worldY(layout, b) * k + top];
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > box.width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > box.height) continue;
    context.moveTo(x1, y1);
    if (k < SHAPES_FROM) context.lineTo(x2, y2);
    else { const bend = (x2 - x1) / 2; context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2); }
    pending += 1;
    if (pending < LINKS_A_STROKE) continue;
    context.stroke();
    context.beginPath();
    pending = 0;
  }
  context.stroke();
}

const inBox = ({ box }: Pen, x: number, y: number, air: number): boolean => x > -air && y > -air && x < box.width + air && y < box.height + air;

function drawNodes(pen: Pen, { layout, marks }: LineageDrawing): void {
  const { context, view: { k, x: left, y: top }, colours } = pen;
  const size = Math.max(1.2, RADIUS * Math.min(1, k * 1.4));
  const paper = colours('--paper');
  let token = '';
  context.lineWidth = 1.5;
  for (const [node, mark] of marks.entries()) {
    const [x, y] = [worldX(layout, node) * k + left, worldY(layout, node) * k + top];
    if (!inBox(pen, x, y, 8)) continue;
    if (mark.token !== token) { token = mark.token; context.fillStyle = colours(token); context.strokeStyle = context.fillStyle; }
    if (k < SHAPES_FROM) { context.fillRect(x - size, y - size, 2 * size, 2 * size); continue; }
    context.beginPath();
    outline(context, mark.shape, { x, y, size });
    if (mark.hollow) { context.fillStyle = paper; context.fill(); context.stroke(); context.fillStyle = context.strokeStyle; } else context.fill();
  }
}

interface Spot { readonly x: number; readonly y: number; readonly size: number }
const CORNERS: Readonly<Record<Exclude<LineageMark['shape'], 'circle'>, readonly (readonly [number, number])[]>> = {
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  square: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  triangle: [[-1, -0.9], [1, -0.9], [0, 1]],
  hexagon: [[-1.1, 0], [-0.55, -1], [0.55, -1], [1.1, 0], [0.55, 1], [-0.55, 1]],
};

function outline(context: CanvasRenderingContext2D, shape: LineageMark['shape'], { x, y, size }: Spot): void {
  if (shape === 'circle') { context.arc(x, y, size, 0, 2 * Math.PI); return; }
  CORNERS[shape].forEach(([dx, dy], corner) => { if (corner === 0) context.moveTo(x + dx * size, y + dy * size); else context.lineTo(x + dx * size, y + dy * size); });
  context.closePath();
}

/** The shape alone, as a path of an SVG whose middle is (0, 0). */
export function outlinePath(shape: LineageMark['shape'], size: number): string {
  if (shape === 'circle') return `M${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0`;
  return `${CORNERS[shape].map(([dx, dy], corner) => `${corner === 0 ? 'M' : 'L'}${(dx * size).toFixed(2)} ${(dy * size).toFixed(2)}`).join('')}Z`;
}

function drawLabels(pen: Pen, { layout, marks }: LineageDrawing): void {
  const { context, view: { k, x: left, y: top }, colours } = pen;
  const size = fontSize(k);
  context.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = 'middle';
  context.fillStyle = colours('--ink');
  for (const [node, { label }] of marks.entries()) {
    const [x, y] = [worldX(layout, node) * k + left, worldY(layout, node) * k + top];
    const room = labelWidth(layout, node) * k;
    if (inBox(pen, x, y, room + 20)) context.fillText(cut(label, room, size), x + 10, y + 0.5);
  }
}

const fontSize = (k: number): number => Math.min(13, Math.max(9, 12 * k));
/** By an average width of letters: measuring thousands of labels takes longer than drawing them. */
const widthOf = (label: string, size: number): number => label.length * size * 0.54;
/** As many letters as have room. */
const cut = (label: string, room: number, size: number): string => { const most = Math.max(3, Math.floor(room / (size * 0.54))); return label.length > most ? `${label.slice(0, most - 1)}…` : label; };

/** The chosen node with its links, over what is drawn. */
export function drawChosen(pen: Pen, drawing: LineageDrawing, chosen: number): void {
  const { context, view: { k, x: left, y: top }, colours } = pen;
  const { links, layout } = drawing;
  const own: { from: number[]; to: number[] } = { from: [], to: [] };
  links.from.forEach((from, place) => { const to = links.to[place] ?? 0; if (from === chosen || to === chosen) { own.from.push(from); own.to.push(to); } });
  context.strokeStyle = colours('--ink-2');
  context.lineWidth = 1.5;
  strokeLinks(pen, drawing, own);
  const [x, y] = [worldX(layout, chosen) * k + left, worldY(layout, chosen) * k + top];
  context.strokeStyle = colours('--accent');
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 9, 0, 2 * Math.PI);
  context.stroke();
}

/** The node nearest to a point of the screen, at most 14 pixels away, or in its row where labels are drawn; -1 for none. */
export function nodeAt({ layout, marks }: LineageDrawing, view: View, point: { readonly x: number; readonly y: number }): number {
  let [found, nearest] = [-1, 14];
  for (let node = 0; node < marks.length; node += 1) {
    const dx = point.x - (worldX(layout, node) * view.k + view.x);
    const dy = point.y - (worldY(layout, node) * view.k + view.y);
    const label = view.k >= LABELS_FROM ? labelWidth(layout, node) * view.k : 0;
    const distance = dx > 0 && dx < label && Math.abs(dy) < ROW * view.k / 2 ? Math.abs(dy) : Math.hypot(dx, dy);
    if (distance < nearest) [found, nearest] = [node, distance];
  }
  return found;
}
