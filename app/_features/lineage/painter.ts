import { drawChosen, drawLineage, type Box, type LineageDrawing, type View } from '../../_charts/draw-lineage.ts';
import { colourOf } from '../../_charts/theme-colours.ts';

/** From so many nodes on, moving shows a picture of what was drawn; fewer are drawn anew for each frame. */
const PICTURED_FROM = 800;
/** Of the picture beyond each edge of the box, in boxes. */
const MARGIN = 0.5;
const SETTLED_MS = 120;

/**
 * Draws a lineage on a canvas. While one pans or zooms through many nodes, a larger picture drawn before is moved and scaled, and drawn anew once one rests or comes to its end.
 * What is seen first is drawn without it: the picture takes several times as long, and is made once the page is there.
 */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #picture = document.createElement('canvas');
  #drawing: LineageDrawing | null = null;
  #chosen = -1;
  #view: View = { k: 1, x: 0, y: 0 };
  #box: Box = { width: 0, height: 0 };
  #pictured: View | null = null;
  #frame = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(canvas: HTMLCanvasElement) { this.#canvas = canvas; }

  get view(): View { return this.#view; }

  show(drawing: LineageDrawing, chosen: number): void {
    if (drawing !== this.#drawing) this.#pictured = null;
    this.#drawing = drawing;
    this.#chosen = chosen;
    this.#soon();
  }

  /** Colours or letters changed. */
  anew(): void { this.#pictured = null; this.#soon(); }

  resize(box: Box): void {
    this.#box = box;
    const ratio = window.devicePixelRatio || 1;
    size(this.#canvas, box, ratio);
    size(this.#picture, grown(box), ratio);
    this.#pictured = null;
    this.#soon();
  }

  move(view: View): void {
    this.#view = view;
    this.#soon();
    // Where the first picture is waited for, it is waited for no longer.
    if (this.#pictured !== null) this.#pictureSoon();
  }

  stop(): void { cancelAnimationFrame(this.#frame); this.#frame = 0; clearTimeout(this.#settling); }

  #soon(): void { if (this.#frame === 0) this.#frame = requestAnimationFrame(() => { this.#frame = 0; this.#paint(); }); }

  #pictureSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      if (this.#drawing === null || (this.#pictured !== null && same(this.#pictured, this.#view))) return;
      this.#draw(this.#drawing);
      this.#soon();
    }, SETTLED_MS);
  }

  #isPictured(): boolean { return (this.#drawing?.marks.length ?? 0) > PICTURED_FROM; }

  #paint(): void {
    const [drawing, context, box] = [this.#drawing, this.#canvas.getContext('2d'), this.#box];
    if (drawing === null || context === null || box.width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const pen = { context, view: this.#view, box, colours: colourOf };
    if (this.#isPictured() && this.#pictured !== null) this.#blit(drawing, context);
    else {
      drawLineage(pen, drawing);
      if (this.#isPictured() && this.#settling === undefined) this.#pictureSoon();
    }
    if (this.#chosen >= 0) drawChosen(pen, drawing, this.#chosen);
    this.#canvas.dataset['drawn'] = String(drawing.marks.length);
  }

  #blit(drawing: LineageDrawing, context: CanvasRenderingContext2D): void {
    const box = this.#box;
    if (this.#pictured === null || !covers(this.#pictured, this.#view, box)) this.#draw(drawing);
    const from = this.#pictured ?? this.#view;
    const factor = this.#view.k / from.k;
    const whole = grown(box);
    context.fillStyle = colourOf('--paper');
    context.fillRect(0, 0, box.width, box.height);
    context.drawImage(this.#picture, this.#view.x - (from.x + MARGIN * box.width) * factor, this.#view.y - (from.y + MARGIN * box.height) * factor, whole.width * factor, whole.height * factor);
  }

  #draw(drawing: LineageDrawing): void {
    const context = this.#picture.getContext('2d', { alpha: false });
    if (context === null) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { k, x, y } = this.#view;
    drawLineage({ context, view: { k, x: x + MARGIN * this.#box.width, y: y + MARGIN * this.#box.height }, box: grown(this.#box), colours: colourOf }, drawing);
    this.#pictured = this.#view;
  }
}

const grown = ({ width, height }: Box): Box => ({ width: width * (1 + 2 * MARGIN), height: height * (1 + 2 * MARGIN) });
const same = (one: View, other: View): boolean => one.k === other.k && one.x === other.x && one.y === other.y;

function size(canvas: HTMLCanvasElement, { width, height }: Box, ratio: number): void {
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
}

/** Whether the picture still fills most of the box: one that is small in a box, after zooming out, does until one rests. */
function covers(from: View, to: View, { width, height }: Box): boolean {
  const factor = to.k / from.k;
  if (factor > 4 || factor < 0.25) return false;
  const [left, top] = [to.x - (from.x + MARGIN * width) * factor, to.y - (from.y + MARGIN * height) * factor];
  const air = factor < 1 ? 0.5 : 0;
  return left <= air * width && top <= air * height && left + 2 * width * factor >= (1 - air) * width && top + 2 * height * factor >= (1 - air) * height;
}
