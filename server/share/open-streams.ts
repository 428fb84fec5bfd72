/** How many streams one address holds open at one target. An address is that of the socket, as AttemptLimit has it. */
export class OpenStreams {
  readonly #open = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a place until what is handed back is called; null when all of them are taken. */
  take(target: string, address: string): (() => void) | null {
    const key = `${address} at ${target}`;
    const open = this.#open.get(key) ?? 0;
    if (open >= this.#most) return null;
    this.#open.set(key, open + 1);
    return () => {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left > 0) this.#open.set(key, left);
      else this.#open.delete(key);
    };
  }
}
