/** Where metric series live, seen by upkeep: the log of a run is packed into few dense rows, without any reader or writer seeing a difference. */
export interface MetricPacking {
  /** Runs whose log is worth packing now, at most `limit`, those that rest longest first. */
  due(limit: number): Promise<readonly string[]>;
  /**
   * Packs what a run logged so far; safe to repeat, to run in several processes at once and to be killed at any moment. Answers whether rows were written:
   * not when there was nothing to pack, or when somebody else packed or deleted the run meanwhile.
   */
  pack(runId: string): Promise<boolean>;
}
