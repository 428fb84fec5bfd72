const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** How long an open page waits before it opens its events again: longer each time they fail in a row, and never at the same moment as all others. Moments are given, in milliseconds. */
export class ReopenPace {
  #failures = 0;
  #openedAt: number | null = null;

  opened(now: number): void {
    this.#openedAt = now;
  }

  /** What held for a while begins anew; what is cut as soon as it is open does not. */
  waitAfterFailure(now: number, chance: number): number {
    if (this.#openedAt !== null && now - this.#openedAt >= LONGEST_MS) this.#failures = 0;
    this.#openedAt = null;
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    return longest * (0.5 + chance / 2);
  }
}
