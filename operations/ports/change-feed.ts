import type { LiveConsole } from '../../contracts/messages/live-console.ts';
import type { LiveMetrics } from '../../contracts/messages/live-metrics.ts';
import type { Change } from '../../contracts/messages/change.ts';

/** Changes as they happen, fanned out to every server process. */
export interface ChangeFeed {
  /** Changes from now on for which `wanted` is true. Ends when `signal` aborts. A slow reader gets the newest, never unbounded memory. */
  subscribe(wanted: (change: Change) => boolean, signal: AbortSignal): AsyncIterable<Change>;
  /** What was heard in the last half minute, oldest first, at most five thousand: for who asks a question and begins to listen at the same time, and would miss what falls between the two. */
  lately(wanted: (change: Change) => boolean): readonly Change[];
}

/** Points of one run as they are committed, anywhere. */
export interface LiveMetricsSource {
  /**
   * A message with `series: null` says to read on from one's cursor with `MetricStore.since`: the first one, told as soon as nothing can be missed any more,
   * and whenever something may have been missed. Ends when `signal` aborts.
   */
  subscribe(runId: string, signal: AbortSignal): AsyncIterable<LiveMetrics>;
}

/** Lines of one run as they are committed, anywhere. */
export interface LiveConsoleSource {
  /** As for metrics; here `lines: null` says to read on from one's line number with `ConsoleStore.read`. */
  subscribe(runId: string, signal: AbortSignal): AsyncIterable<LiveConsole>;
}
