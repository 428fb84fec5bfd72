import { Refusal } from '../../domain/refusal.ts';

/** Counts attempts per name in a sliding window, in this process. Several processes together allow that many times more, which still stops guessing. */
export class AttemptLimit {
  readonly #attempts = new Map<string, number[]>();
  readonly #most: number;
  readonly #windowMs: number;
  readonly #now: () => Date;

  constructor({ most, windowMs, now }: { readonly most: number; readonly windowMs: number; readonly now: () => Date }) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Counts one attempt, or refuses with `access/too-many-attempts`. */
  take(name: string): void {
    const now = this.#now().getTime();
    const recent = (this.#attempts.get(name) ?? []).filter((at) => at > now - this.#windowMs);
    if (recent.length >= this.#most) throw new Refusal('rate-limited', 'access/too-many-attempts', 'Too many attempts. Wait a few minutes, then try again.');
    recent.push(now);
    this.#attempts.delete(name);
    this.#attempts.set(name, recent);
    // The names seen longest ago leave first, so that made-up names cannot fill the memory.
    if (this.#attempts.size > 10_000) for (const oldest of [...this.#attempts.keys()].slice(0, 1000)) this.#attempts.delete(oldest);
  }

  /** What succeeded does not count. */
  forgive(name: string): void {
    this.#attempts.delete(name);
  }
}
