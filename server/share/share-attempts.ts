import { Refusal } from '../../domain/refusal.ts';

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords in a window: of one address at one link, and of everybody at that link. */
const MOST_PER_ADDRESS = 10;
const MOST_PER_LINK = 100;
/** Counters kept at a time; the oldest go first. */
const MOST_COUNTERS = 20_000;

interface Counter { since: number; failures: number }

/** Slows down guessing. Kept by each server process for itself: with several, a guesser gets that many times more tries, still far too few. */
export class ShareAttempts {
  readonly #counters = new Map<string, Counter>();

  /** Refuses with `share/too-many-tries` when this address, or everybody together, has been wrong too often of late. */
  require(linkId: string, address: string, now: Date): void {
    if (this.#failures(linkId, now) < MOST_PER_LINK && this.#failures(`${linkId} ${address}`, now) < MOST_PER_ADDRESS) return;
    throw new Refusal('rate-limited', 'share/too-many-tries', 'The password was wrong too often. Wait a quarter of an hour, then try again.');
  }

  failed(linkId: string, address: string, now: Date): void {
    for (const key of [linkId, `${linkId} ${address}`]) {
      const counter = { since: now.getTime(), failures: 0, ...(this.#failures(key, now) > 0 ? this.#counters.get(key) : {}) };
      this.#counters.delete(key);
      this.#counters.set(key, { ...counter, failures: counter.failures + 1 });
    }
    for (const key of this.#counters.keys()) {
      if (this.#counters.size <= MOST_COUNTERS) break;
      this.#counters.delete(key);
    }
  }

  /** The right password clears what this address got wrong, and takes back the one try that was counted at the link. */
  succeeded(linkId: string, address: string): void {
    this.#counters.delete(`${linkId} ${address}`);
    const counter = this.#counters.get(linkId);
    if (counter) counter.failures -= 1;
  }

  #failures(key: string, now: Date): number {
    const counter = this.#counters.get(key);
    return counter && now.getTime() - counter.since < WINDOW_MS ? counter.failures : 0;
  }
}
