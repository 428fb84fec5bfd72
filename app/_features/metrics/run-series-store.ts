import type { LoggedSeries } from '../../_charts/x-axis.ts';
import { type ArrivedPoints, withArrived } from './logged-points.ts';

const NONE: LoggedSeries = { steps: [], timestamps: [], values: [] };

/** The points of one run in this browser: what was read, and what has arrived since. A listener hears only of the key it asked for. */
export class RunSeriesStore {
  readonly #series = new Map<string, LoggedSeries>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #keyListeners = new Set<() => void>();
  #keys: readonly string[] = [];
  #newest = 0;

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  readonly subscribeKeys = (listener: () => void): (() => void) => {
    this.#keyListeners.add(listener);
    return () => this.#keyListeners.delete(listener);
  };

  series(key: string): LoggedSeries {
    return this.#series.get(key) ?? NONE;
  }

  readonly keys = (): readonly string[] => this.#keys;

  /** Epoch milliseconds of the newest point; 0 before there is one. */
  readonly newest = (): number => this.#newest;

  /** A full reading: replaces what is there, and keeps what arrived meanwhile. */
  read(all: readonly ArrivedPoints[]): void {
    for (const one of all) {
      const before = this.#series.get(one.key);
      this.#set(one.key, before === undefined ? one : withArrived(one, before));
    }
  }

  arrived(batch: readonly ArrivedPoints[]): void {
    for (const one of batch) this.#set(one.key, withArrived(this.series(one.key), one));
  }

  #set(key: string, series: LoggedSeries): void {
    const isNew = !this.#series.has(key);
    this.#series.set(key, series);
    for (const at of series.timestamps.slice(-1)) this.#newest = Math.max(this.#newest, at);
    for (const listener of this.#listeners.get(key) ?? []) listener();
    if (!isNew) return;
    this.#keys = [...this.#series.keys()];
    for (const listener of this.#keyListeners) listener();
  }
}
