/** Where metric series lie on the disk, seen by upkeep: in partitions bounded in size, without any reader or writer seeing a difference. Safe to repeat, to run in several processes and to be killed at any moment. */
export interface MetricPartitions {
  /** Has new points go into the next partition once the one they go to has reached its bound, and one more stand ready behind it. */
  advance(): Promise<void>;
  /** Looks at one of the partitions that nothing is added to, the next one each time. Where most of it is room that nobody uses, what is left moves to the newest and the room is given back. */
  reclaim(signal: AbortSignal): Promise<void>;
}
