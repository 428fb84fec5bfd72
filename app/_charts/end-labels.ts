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

/** The names of lines where they end. Labels beside the plot keep clear of each other; so do those inside it. */
export function labelsAtEnds(series: readonly ChartSeries[], lines: readonly { readonly id: string; readonly head: { readonly x: number; readonly y: number } | null }[], { width, height }: { readonly width: number; readonly height: number }): EndLabel[] {
  const labels: EndLabel[] = [];
  for (const [index, line] of lines.entries()) {
    const text = series[index]?.label;
    if (line.head !== null && text !== undefined) labels.push({ id: line.id, text, y: line.head.y, x: line.head.x > width - NEAR_THE_EDGE || line.head.x > width * 0.8 ? null : line.head.x + 8 });
  }
  return [labels.filter((label) => label.x === null), labels.filter((label) => label.x !== null)].flatMap((group) => placeEndLabels(group, [0, height]));
}
