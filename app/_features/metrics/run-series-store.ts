import type { LoggedSeries } from '../../_charts/x-axis.ts';
import { type ArrivedPoints, withArrived } from './logged-points.ts';

const NONE: LoggedSeries = { steps: [], timestamps: [], values: [] };

/** The points of one run in this browser: what was read, and what has arrived since. A listener hears only of the key it asked for. */
export class RunSeriesStore {
  readonly #series = new Map<string, LoggedSeries>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #anyListeners = new Set<() => void>();
  #keys: readonly string[] = [];
  #newest = 0;
  #lastStep: number | null = null;

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Hears of every arrival, whatever its key. */
  readonly subscribeAny = (listener: () => void): (() => void) => {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  };

  series(key: string): LoggedSeries {
    return this.#series.get(key) ?? NONE;
  }

  readonly keys = (): readonly string[] => this.#keys;

  /** Epoch milliseconds of the newest point; 0 before there is one. */
  readonly newest = (): number => this.#newest;

  /** The furthest step of any series; null before there is one. */
  readonly lastStep = (): number | null => this.#lastStep;

  /** A full reading: replaces what is there, and keeps what arrived meanwhile. */
  read(all: readonly ArrivedPoints[]): void {
    for (const one of all) {
      const before = this.#series.get(one.key);
      this.#set(one.key, before === undefined ? one : withArrived(one, before));
    }
    this.#announce();
  }

  arrived(batch: readonly ArrivedPoints[]): void {
    for (const one of batch) this.#set(one.key, withArrived(this.series(one.key), one));
    this.#announce();
  }

  #set(key: string, series: LoggedSeries): void {
    if (!this.#series.has(key)) this.#keys = [...this.#keys, key];
    this.#series.set(key, series);
    this.#newest = Math.max(this.#newest, series.timestamps.at(-1) ?? 0);
    const step = series.steps.at(-1);
    if (step !== undefined) this.#lastStep = Math.max(this.#lastStep ?? step, step);
    for (const listener of this.#listeners.get(key) ?? []) listener();
  }

  #announce(): void {
    for (const listener of this.#anyListeners) listener();
  }
}
