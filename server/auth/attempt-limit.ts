import type { Refusal } from '../../domain/refusal.ts';

export interface AttemptBounds {
  readonly windowMs: number;
  /** Attempts in a window, of one address at one target: as many as somebody who forgot may need. */
  readonly most: number;
  /** Attempts in a window of all addresses together at one target: far more, or whoever likes could lock its owner out; yet too few to guess. */
  readonly mostPerTarget: number;
  /** Attempts in a window of one address at all targets; absent where a target can only be tried by who was given it. */
  readonly mostPerAddress?: number;
  readonly now: () => Date;
  readonly refusal: () => Refusal;
}

/** Counters kept at a time. */
const MOST_COUNTERS = 20_000;

/**
 * Slows down guessing at a target (an account, a share link), in a sliding window. Addresses are read by server/http/client-address.ts.
 * Kept by each server process for itself: several together allow that many times more, still far too few.
 */
export class AttemptLimit {
  readonly #attempts = new Map<string, number[]>();
  readonly #bounds: AttemptBounds;

  constructor(bounds: AttemptBounds) {
    this.#bounds = bounds;
  }

  /** Counts one attempt, or refuses. To be called before the attempt is looked at, so that many at once are counted too. */
  take(target: string, address: string): void {
    const now = this.#bounds.now().getTime();
    const counters = this.#counters(target, address).map(({ name, most }) => ({ name, most, recent: (this.#attempts.get(name) ?? []).filter((at) => at > now - this.#bounds.windowMs) }));
    if (counters.some(({ most, recent }) => recent.length >= most)) throw this.#bounds.refusal();
    for (const { name, recent } of counters) {
      this.#attempts.delete(name);
      this.#attempts.set(name, [...recent, now]);
    }
    // The counters used longest ago leave first, so that made-up names cannot fill the memory.
    for (const name of this.#attempts.keys()) {
      if (this.#attempts.size <= MOST_COUNTERS) break;
      this.#attempts.delete(name);
    }
  }

  /** What succeeded does not count, nor does what this address got wrong at this target before. */
  forgive(target: string, address: string): void {
    const [pair, ...wider] = this.#counters(target, address);
    if (pair) this.#attempts.delete(pair.name);
    for (const { name } of wider) this.#attempts.get(name)?.pop();
  }

  #counters(target: string, address: string): readonly { readonly name: string; readonly most: number }[] {
    const { most, mostPerTarget, mostPerAddress } = this.#bounds;
    return [
      { name: `${address} at ${target}`, most },
      { name: `anybody at ${target}`, most: mostPerTarget },
      ...(mostPerAddress === undefined ? [] : [{ name: `${address} anywhere`, most: mostPerAddress }]),
    ];
  }
}
