import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { cropAround, cropOver } from '../../_charts/chart-crop.ts';
import type { ChartSeries, Span, YKind } from '../../_charts/chart-series.ts';
import { stopsOf } from '../../_charts/nearest.ts';
import { cropped } from './thread-anchor.ts';

export interface Drawn {
  readonly metric: string;
  readonly series: readonly ChartSeries[];
  readonly yKind: YKind;
  /** A mark of the data it was drawn from, so that a reader is told when it has moved on. */
  readonly drawnFrom: string;
}

/** A step of a chart, or a window of steps, with what was drawn there when it was pointed at. */
export function chartAnchor({ metric, ...drawn }: Drawn, at: number | Span): ThreadAnchor {
  if (typeof at === 'number') return { kind: 'point', metric, step: at, ...cropped(cropAround({ ...drawn, step: at })) };
  const [from, to] = drawnSteps(drawn.series, at);
  return { kind: 'range', metric, from, to, ...cropped(cropOver({ ...drawn, window: [from, to] })) };
}

/** The first and the last step that were drawn in a window; where it holds fewer than two, the whole steps around it. A range begins before it ends. */
export function drawnSteps(series: readonly ChartSeries[], [from, to]: Span): Span {
  const inside = stopsOf(series).filter((step) => step >= from && step <= to);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first !== undefined && last !== undefined && first < last) return [first, last];
  const begin = Math.floor(from);
  return [begin, Math.max(Math.ceil(to), begin + 1)];
}
