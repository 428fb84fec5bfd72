import type { Span } from './chart-series.ts';

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
