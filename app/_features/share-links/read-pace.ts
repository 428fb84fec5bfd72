/** Gaps between readings while news keep coming: what follows from one deed is read closely, a sweep every three seconds. */
const GAPS_MS = [300, 700, 1500, 3000] as const;

/** After so long without a reading, news are read at once again. */
const QUIET_MS = 6000;

/** When an open page reads what is new: the first at once, and the more there is the less often. Moments are given, in milliseconds. */
export class ReadPace {
  #readAt = Number.NEGATIVE_INFINITY;
  #inARow = 0;

  /** How long to wait with reading what was heard of at this moment. */
  waitFrom(now: number): number {
    const since = now - this.#readAt;
    if (since >= QUIET_MS) this.#inARow = 0;
    if (this.#inARow === 0) return 0;
    return Math.max(0, (GAPS_MS[Math.min(this.#inARow, GAPS_MS.length) - 1] ?? 0) - since);
  }

  read(now: number): void {
    this.#readAt = now;
    this.#inARow += 1;
  }
}
