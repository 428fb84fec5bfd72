import type { ChartSeries, Span } from './chart-series.ts';

export interface EndLabel {
  readonly id: string;
  readonly text: string;
  /** Middle of the text in pixels. */
  readonly y: number;
  /** Left end of a text that stands inside the plot, because its line ends there; null beside the plot. */
  readonly x: number | null;
}

/** Moves labels apart so that none overlap and all stay in the plot, each as near its line's end as the others allow; order on the page is kept. */
export function placeEndLabels(wanted: readonly EndLabel[], range: Span, lineHeight = 14): EndLabel[] {
  const sorted = wanted.filter((label) => Number.isFinite(label.y)).toSorted((a, b) => a.y - b.y);
  const top = Math.min(range[0], range[1]);
  const bottom = Math.max(range[0], range[1]);
  const placed: number[] = [];
  for (const label of sorted) placed.push(Math.max(Math.min(label.y, bottom), (placed.at(-1) ?? top - lineHeight) + lineHeight));
  let limit = bottom;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    placed[index] = Math.min(placed[index] ?? limit, limit);
    limit = (placed[index] ?? limit) - lineHeight;
  }
  return sorted.map((label, index) => ({ ...label, y: placed[index] ?? label.y }));
}

/** A line that ends well before the edge, as finished repeats do beside a run that goes on, is named where it ends. */
const NEAR_THE_EDGE = 40;
const LINE = 14;
const CHARACTER = 6.6;
/** How far from its line's end a name inside the plot may stand: further away it would be taken for another line's. */
const SHIFTS = [0, -LINE, LINE] as const;

interface EndingLine { readonly id: string; readonly points: ArrayLike<number>; readonly head: { readonly x: number; readonly y: number } | null }
interface Size { readonly width: number; readonly height: number }

/** The names of lines where they end. Labels beside the plot keep clear of each other; one inside it stands clear of lines and names, or is left to the key. */
export function labelsAtEnds(series: readonly ChartSeries[], lines: readonly EndingLine[], size: Size): EndLabel[] {
  const labels = lines.flatMap((line, index): EndLabel[] => {
    const text = series[index]?.label;
    if (line.head === null || text === undefined) return [];
    const beside = line.head.x > Math.min(size.width - NEAR_THE_EDGE, size.width * 0.8);
    return [{ id: line.id, text, y: line.head.y, x: beside ? null : line.head.x + 8 }];
  });
  return [...placeEndLabels(labels.filter(({ x }) => x === null), [0, size.height]), ...placeInside(labels.filter(({ x }) => x !== null), lines, size)];
}

function placeInside(labels: readonly EndLabel[], lines: readonly EndingLine[], { width, height }: Size): EndLabel[] {
  const placed: EndLabel[] = [];
  for (const label of labels.toSorted((a, b) => (a.x ?? 0) - (b.x ?? 0))) {
    const free = SHIFTS.map((shift) => ({ ...label, y: label.y + shift })).find((at) => {
      const box = boxOf(at);
      return box.right <= width && box.top >= 0 && box.bottom <= height && placed.every((other) => !overlap(box, boxOf(other))) && lines.every(({ points }) => !passes(points, box));
    });
    if (free) placed.push(free);
  }
  return placed;
}

interface Box { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

const boxOf = ({ x, y, text }: EndLabel): Box => ({ left: x ?? 0, right: (x ?? 0) + text.length * CHARACTER, top: y - LINE / 2, bottom: y + LINE / 2 });
const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line has a point in the box, or crosses it between two. */
function passes(points: ArrayLike<number>, box: Box): boolean {
  for (let at = 0; at + 3 < points.length; at += 2) {
    const [x = 0, y = 0, nextX = 0, nextY = 0] = [points[at], points[at + 1], points[at + 2], points[at + 3]];
    if (Math.max(x, nextX) < box.left || Math.min(x, nextX) > box.right) continue;
    const within = (wanted: number): number => (nextX === x ? y : y + ((nextY - y) * (Math.max(Math.min(wanted, Math.max(x, nextX)), Math.min(x, nextX)) - x)) / (nextX - x));
    const [one, other] = nextX === x ? [y, nextY] : [within(box.left), within(box.right)];
    if (Math.max(one, other) > box.top && Math.min(one, other) < box.bottom) return true;
  }
  return false;
}
