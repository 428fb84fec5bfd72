import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { cropAround, cropOver } from '../../_charts/chart-crop.ts';
import type { ChartSeries, Span, YKind } from '../../_charts/chart-series.ts';
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
  return typeof at === 'number'
    ? { kind: 'point', metric, step: at, ...cropped(cropAround({ ...drawn, step: at })) }
    : { kind: 'range', metric, from: at[0], to: at[1], ...cropped(cropOver({ ...drawn, window: at })) };
}
