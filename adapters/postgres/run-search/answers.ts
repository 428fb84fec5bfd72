const MOST_ANSWERS = 24;

/** Lists of places that were found a moment ago: the next page, the count and the groups of a view ask for the same ones. */
export class Answers {
  readonly #known = new Map<string, Int32Array>();

  knows(key: string): boolean { return this.#known.has(key); }

  /** The list known by this key, which says all that the list depends on; else the one that `find` makes. */
  of(key: string, find: () => Int32Array): Int32Array {
    const found = this.#known.get(key) ?? find();
    this.#known.delete(key);
    this.#known.set(key, found);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_ANSWERS) break;
      this.#known.delete(oldest);
    }
    return found;
  }
}
