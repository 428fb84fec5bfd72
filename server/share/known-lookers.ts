/** A page that stands open for longer without reading is looked at anew. */
const KNOWN_MS = 12 * 3_600_000;
const MOST_KNOWN = 20_000;

/** Which address had which page lately. Kept by each server process for itself and until it ends: who is not known any more counts once more. */
export class KnownLookers {
  readonly #seenAt = new Map<string, number>();

  /** Whether the address had the page already; from now on it did. */
  meets(address: string, page: string, now: Date): boolean {
    const key = `${address} at ${page}`;
    const before = this.#seenAt.get(key);
    this.#seenAt.delete(key);
    this.#seenAt.set(key, now.getTime());
    // The one that was seen longest ago leaves first.
    if (this.#seenAt.size > MOST_KNOWN) this.#seenAt.delete(this.#seenAt.keys().next().value ?? '');
    return before !== undefined && now.getTime() - before < KNOWN_MS;
  }
}
