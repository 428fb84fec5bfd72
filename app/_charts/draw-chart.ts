import type { DrawnLine, LineChartLayout } from './line-chart-layout.ts';
import type { Polyline } from './polyline.ts';
import { FAINT, quietOpacity } from './series-style.ts';
import type { Colours } from './theme-colours.ts';

/** Room around the plot for dots and line caps that sit on its edge, in CSS pixels. */
export const CANVAS_MARGIN = 6;

/** Sizes a canvas to device pixels. Setting the size clears it, so it is only set when it changed: nothing flickers while points arrive. */
export function fitCanvas(canvas: HTMLCanvasElement, size: { readonly width: number; readonly height: number }): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.round((size.width + 2 * CANVAS_MARGIN) * ratio);
  const height = Math.round((size.height + 2 * CANVAS_MARGIN) * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, CANVAS_MARGIN * ratio, CANVAS_MARGIN * ratio);
  return context;
}

function clear(context: CanvasRenderingContext2D, layout: LineChartLayout): void {
  context.clearRect(-CANVAS_MARGIN, -CANVAS_MARGIN, layout.size.width + 2 * CANVAS_MARGIN, layout.size.height + 2 * CANVAS_MARGIN);
}

function trace(context: CanvasRenderingContext2D, line: Polyline): void {
  let drawing = false;
  for (let index = 0; index + 1 < line.length; index += 2) {
    const x = line[index] ?? Number.NaN;
    const y = line[index + 1] ?? Number.NaN;
    if (Number.isNaN(y)) {
      drawing = false;
      continue;
    }
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    drawing = true;
  }
}

/** Points with a gap on both sides have no line to show them: each gets a dot. */
function traceLonePoints(context: CanvasRenderingContext2D, line: Polyline, radius: number): void {
  for (let index = 0; index + 1 < line.length; index += 2) {
    const y = line[index + 1] ?? Number.NaN;
    if (Number.isNaN(y) || !Number.isNaN(line[index - 1] ?? Number.NaN) || !Number.isNaN(line[index + 3] ?? Number.NaN)) continue;
    const x = line[index] ?? 0;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function drawLine(context: CanvasRenderingContext2D, line: DrawnLine, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  if (line.raw !== null) {
    context.setLineDash([]);
    context.globalAlpha = 0.28;
    context.lineWidth = 1;
    context.beginPath();
    trace(context, line.raw);
    context.stroke();
  }
  context.globalAlpha = line.style.faint === true ? FAINT.opacity : 1;
  context.lineWidth = line.style.faint === true ? FAINT.width : width;
  context.setLineDash([...line.style.dash]);
  context.beginPath();
  trace(context, line.points);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  traceLonePoints(context, line.points, 2);
  context.fill();
  context.globalAlpha = 1;
}

function drawBands(context: CanvasRenderingContext2D, line: DrawnLine, colour: string): void {
  context.globalAlpha = 0.16;
  context.fillStyle = colour;
  for (const band of line.bands) {
    context.beginPath();
    trace(context, band);
    context.closePath();
    context.fill();
  }
  context.globalAlpha = 1;
}

function dot(context: CanvasRenderingContext2D, at: { readonly x: number; readonly y: number }, colours: { readonly fill: string; readonly paper: string }): void {
  context.beginPath();
  context.arc(at.x, at.y, 3.5, 0, 2 * Math.PI);
  context.fillStyle = colours.fill;
  context.strokeStyle = colours.paper;
  context.lineWidth = 1.5;
  context.stroke();
  context.fill();
}

/** Grid, bands, quiet lines, lines, heads: from the back to the front. */
export function drawChart(context: CanvasRenderingContext2D, layout: LineChartLayout, colours: Colours, lineWidth = 1.75): void {
  clear(context, layout);
  const { width, height } = layout.size;
  context.lineJoin = 'round';
  context.globalAlpha = 1;
  context.strokeStyle = colours('--line');
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  for (const tick of layout.yTicks) {
    const y = Math.round(tick.pixel) + (Math.round(tick.pixel) >= height ? -0.5 : 0.5);
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
  context.save();
  context.beginPath();
  context.rect(0, -1, width, height + 2);
  context.clip();
  const quiet = layout.lines.filter((line) => line.style.token === '--ink-4');
  const spoken = layout.lines.filter((line) => line.style.token !== '--ink-4');
  drawQuiet(context, quiet, colours('--ink-4'));
  for (const line of spoken) drawBands(context, line, colours(line.style.token));
  for (const line of spoken) drawLine(context, line, colours(line.style.token), lineWidth);
  context.restore();
  drawGaps(context, layout, colours('--inconclusive'));
  for (const line of spoken) if (line.live && line.head !== null) dot(context, line.head, { fill: colours(line.style.token), paper: colours('--paper') });
}

/** A short stroke on the base line wherever something was logged that is no number. */
function drawGaps(context: CanvasRenderingContext2D, layout: LineChartLayout, colour: string): void {
  if (layout.gaps.length === 0) return;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const x of layout.gaps) {
    context.moveTo(x, layout.size.height);
    context.lineTo(x, layout.size.height - 5);
  }
  context.stroke();
}

function drawQuiet(context: CanvasRenderingContext2D, lines: readonly DrawnLine[], colour: string): void {
  if (lines.length === 0) return;
  context.globalAlpha = quietOpacity(lines.length);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  for (const line of lines) {
    // One path a line, not one for all: where lines cross the ink must add up, or there is no density to see.
    context.beginPath();
    trace(context, line.points);
    context.stroke();
  }
  context.globalAlpha = 1;
}

export interface OverlayMarks {
  /** Pixel of the crosshair, or null. */
  readonly crosshair: number | null;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly token: string }[];
  /** The brush being drawn, in pixels. */
  readonly brush: readonly [number, number] | null;
  readonly hovered: DrawnLine | null;
}

/** What follows the pointer, on a canvas of its own, so that the lines below are not drawn again. */
export function drawOverlay(context: CanvasRenderingContext2D, layout: LineChartLayout, marks: OverlayMarks, colours: Colours): void {
  clear(context, layout);
  const { height, width } = layout.size;
  if (marks.brush !== null) {
    context.globalAlpha = 0.14;
    context.fillStyle = colours('--accent');
    context.fillRect(marks.brush[0], 0, marks.brush[1] - marks.brush[0], height);
    context.globalAlpha = 1;
  }
  if (marks.hovered !== null) {
    context.save();
    context.beginPath();
    context.rect(0, -1, width, height + 2);
    context.clip();
    drawLine(context, { ...marks.hovered, raw: null, style: { ...marks.hovered.style, faint: false } }, colours(marks.hovered.style.token === '--ink-4' ? '--ink' : marks.hovered.style.token), 2);
    context.restore();
  }
  if (marks.crosshair !== null) {
    context.strokeStyle = colours('--ink-4');
    context.lineWidth = 1;
    context.setLineDash([]);
    context.beginPath();
    const x = Math.round(marks.crosshair) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
  }
  for (const mark of marks.dots) dot(context, mark, { fill: colours(mark.token), paper: colours('--paper') });
}
