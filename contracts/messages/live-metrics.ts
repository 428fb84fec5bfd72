import { z } from 'zod';

/** Core NATS subject of a run's live points. */
export const liveMetricsSubject = (runId: string): string => `live.metrics.${runId}`;

/** Points as they were committed; JSON has no NaN, so values that are not finite travel as text. */
export const liveMetrics = z.object({
  runId: z.string(),
  /** The segment's position in the run's log: the resume cursor. 0 with `series: null` after a silence in which messages may have been lost. */
  sequence: z.number().int().nonnegative(),
  /** Null when the points are too many for a message: whoever listens reads on from its cursor with `MetricStore.since`. */
  series: z.array(z.object({
    key: z.string(),
    steps: z.array(z.number()),
    /** Epoch milliseconds. */
    timestamps: z.array(z.number()),
    values: z.array(z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])),
  })).nullable(),
});
export type LiveMetrics = z.output<typeof liveMetrics>;
export type LiveSeries = NonNullable<LiveMetrics['series']>[number];
