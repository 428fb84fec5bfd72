import type { LoggedSeries } from '../../_charts/x-axis.ts';
import { type ArrivedPoints, withArrived } from './logged-points.ts';
import { type Averages, withDetail } from './variant-curves.ts';

/** What a reading brings: points of some metrics of some runs, and of variants what was averaged. */
export interface ReadCurves {
  readonly runs: readonly { readonly id: string; readonly start: number | null; readonly series: readonly (ArrivedPoints & { readonly count?: number })[] }[];
  /** By metric; absent where runs are drawn and not variants. */
  readonly averages?: ReadonlyMap<string, Averages> | undefined;
  /** Why nothing could be read, in words for the reader; null when all is well. */
  readonly problem: string | null;
}

/** How the server names the axes of charts. */
export const AXES = { step: 'STEP', time: 'TIME', relative: 'RELATIVE' } as const;

/** A part of the x axis, as the server names it: steps, or milliseconds. */
export interface Window {
  readonly axis: 'STEP' | 'TIME' | 'RELATIVE';
  readonly from: number;
  readonly to: number;
}

export interface CurveReader {
  /** Without a window whole series. */
  readonly read: (keys: readonly string[], window: Window | null) => Promise<ReadCurves>;
  /** Has something done once the page has drawn what it has to draw. */
  readonly soon: (act: () => void) => void;
  /** How many metrics are asked for at a time. */
  readonly most: number;
}

/** One metric of all runs, as it stands; another object whenever it changed. */
export interface KeyCurves {
  /** By run; a run that did not log it has none. */
  readonly curves: ReadonlyMap<string, LoggedSeries>;
  /** Of the variants; null where a line is a run. */
  readonly averages: Averages | null;
  readonly state: 'reading' | 'there' | 'failed';
  readonly problem: string | null;
}

interface Entry {
  now: KeyCurves;
  /** Charts in view that show it. */
  wanted: number;
  asked: boolean;
  /** The window whose detail was asked for last. */
  detail: Window | null;
  /** What has arrived since it was asked for, by run: a reading may be too early for it. */
  fresh: Map<string, LoggedSeries>;
  /** When it was last wanted, in readings. */
  usedAt: number;
}

const NOTHING: KeyCurves = { curves: new Map(), averages: null, state: 'reading', problem: null };
const NONE: LoggedSeries = { steps: [], timestamps: [], values: [] };
const CHARTS_A_FRAME = 3;
/** Points kept of metrics that are out of view: enough to scroll back without asking again. */
const MOST_POINTS_KEPT = 1_000_000;

/**
 * The curves that a page looks at. Charts say which metrics are in view; those that are not here are read in batches, one request at a time, and what has gone out of
 * view before its turn came is not read at all. What arrives live goes to what is here. A listener hears only of the metric it asked for.
 */
export class CurveStore {
  readonly #reader: CurveReader;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #anyListeners = new Set<() => void>();
  readonly #wantsListeners = new Set<() => void>();
  readonly #mostPoints: number;
  #keys: readonly string[] = [];
  readonly #known = new Set<string>();
  #wantedKeys: readonly string[] = [];
  #newest = 0;
  #lastStep: number | null = null;
  #reading = false;
  #planned = false;
  #readings = 0;
  #window: Window | null = null;

  constructor(reader: CurveReader, mostPoints = MOST_POINTS_KEPT) {
    this.#reader = reader;
    this.#mostPoints = mostPoints;
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  /** Hears of every arrival, and of new names. */
  readonly subscribeAny = (listener: () => void): (() => void) => {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  };

  /** Hears when others are wanted. */
  readonly subscribeWants = (listener: () => void): (() => void) => {
    this.#wantsListeners.add(listener);
    return () => this.#wantsListeners.delete(listener);
  };

  readonly keys = (): readonly string[] => this.#keys;
  /** What charts in view show, by name. */
  readonly wantedKeys = (): readonly string[] => this.#wantedKeys;
  /** Epoch milliseconds of the newest point heard of; 0 before there is one. */
  readonly newest = (): number => this.#newest;
  /** The furthest step heard of; null before there is one. */
  readonly lastStep = (): number | null => this.#lastStep;

  curves(key: string): KeyCurves {
    return this.#entries.get(key)?.now ?? NOTHING;
  }

  /** Names that are known to be there, whether they are in view or not. */
  learn(keys: readonly string[]): void {
    const fresh = [...new Set(keys)].filter((key) => !this.#known.has(key));
    if (fresh.length === 0) return;
    for (const key of fresh) this.#known.add(key);
    this.#keys = [...this.#keys, ...fresh];
    this.#announce([]);
  }

  /** A chart of this metric has come into view. Answers how to say that it has gone. */
  want(key: string): () => void {
    const entry = this.#entries.get(key) ?? { now: NOTHING, wanted: 0, asked: false, detail: null, fresh: new Map(), usedAt: this.#readings };
    this.#entries.set(key, entry);
    entry.wanted += 1;
    if (entry.now.state === 'failed') entry.asked = false;
    this.#wantsChanged();
    return () => {
      entry.wanted -= 1;
      entry.usedAt = this.#readings;
      this.#wantsChanged();
    };
  }

  /** Everything in view is read again, after a change of what the runs are or of how their points are to be read; what is shown stays until then. */
  readAgain(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.wanted > 0) entry.asked = false;
      else this.#entries.delete(key);
    }
    this.#plan();
  }

  /** Charts are zoomed to a part: what came thinned is read again there, in the detail that fits, and joins what is here, so that zooming out needs no reading. */
  look(window: Window | null): void {
    this.#window = window;
    this.#plan();
  }

  /** Points that have just been logged. Those of metrics nobody has looked at yet will be read when somebody does. */
  arrived(runId: string, batch: readonly ArrivedPoints[]): void {
    this.#note(batch);
    const changed: string[] = [];
    for (const one of batch) {
      const entry = this.#entries.get(one.key);
      if (entry?.asked !== true) continue;
      entry.now = { ...entry.now, curves: new Map(entry.now.curves).set(runId, withArrived(entry.now.curves.get(runId) ?? NONE, one)) };
      if (this.#reading) entry.fresh.set(runId, withArrived(entry.fresh.get(runId) ?? NONE, one));
      changed.push(one.key);
    }
    this.learn(batch.map(({ key }) => key));
    this.#announce(changed);
  }

  #note(batch: readonly ArrivedPoints[]): void {
    for (const { timestamps, steps } of batch) {
      this.#newest = Math.max(this.#newest, timestamps.at(-1) ?? 0);
      const step = steps.at(-1);
      if (step !== undefined) this.#lastStep = Math.max(this.#lastStep ?? step, step);
    }
  }

  #wantsChanged(): void {
    this.#plan();
    this.#reader.soon(() => {
      const wanted = [...this.#entries].filter(([, entry]) => entry.wanted > 0).map(([key]) => key).toSorted();
      if (wanted.length === this.#wantedKeys.length && wanted.every((key, at) => key === this.#wantedKeys[at])) return;
      this.#wantedKeys = wanted;
      for (const listener of this.#wantsListeners) listener();
    });
  }

  #plan(): void {
    if (this.#planned || this.#reading) return;
    this.#planned = true;
    this.#reader.soon(() => {
      this.#planned = false;
      void this.#readWanted();
    });
  }

  async #readWanted(): Promise<void> {
    const { keys, window } = this.#next();
    if (keys.length === 0 || this.#reading) return;
    this.#reading = true;
    this.#readings += 1;
    // From here on arrivals are kept: what the reading is too early for is among them, and points in both are one.
    for (const key of keys) this.#asked(key, window);
    const read = await this.#reader.read(keys, window);
    this.#reading = false;
    this.#takeIn(keys, read, window !== null);
    this.#evict();
    this.#plan();
  }

  /** Whole series first; then the part that charts are zoomed to, of those that came thinned. */
  #next(): { readonly keys: readonly string[]; readonly window: Window | null } {
    const wanted = [...this.#entries].filter(([, entry]) => entry.wanted > 0);
    const whole = wanted.filter(([, entry]) => !entry.asked);
    const window = whole.length > 0 ? null : this.#window;
    const coarse = window === null ? [] : wanted.filter(([, { now, detail }]) => detail !== window && now.state === 'there' && isThinned(now));
    return { keys: [...whole, ...coarse].map(([key]) => key).slice(0, this.#reader.most), window };
  }

  #asked(key: string, window: Window | null): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.asked = true;
    entry.detail = window;
    entry.fresh = new Map();
  }

  #takeIn(keys: readonly string[], { runs, averages: averaged, problem }: ReadCurves, isDetail: boolean): void {
    for (const { series } of runs) this.#note(series);
    const byKey = new Map(keys.map((key) => [key, new Map<string, LoggedSeries>()]));
    for (const { id, start, series } of runs) for (const one of series) byKey.get(one.key)?.set(id, { ...one, start });
    for (const [key, read] of byKey) {
      const entry = this.#entries.get(key);
      if (entry === undefined) continue;
      // Detail joins what is here; a whole reading replaces it, but for what has arrived since it was asked for.
      const curves = isDetail ? joined(entry.now.curves, read) : joined(read, entry.fresh);
      const own = averaged?.get(key) ?? null;
      const averages = isDetail ? withDetail(entry.now.averages, own) : own;
      entry.fresh = new Map();
      entry.now = problem === null ? { curves, averages, state: 'there', problem } : { ...entry.now, state: 'failed', problem };
    }
    this.#announceInTurns(keys);
  }

  /** Lets go of what was out of view longest, until no more than so many points are kept for nobody. */
  #evict(): void {
    const idle = [...this.#entries].filter(([, entry]) => entry.wanted === 0).toSorted(([, a], [, b]) => b.usedAt - a.usedAt);
    let points = 0;
    for (const [key, { now }] of idle) {
      for (const { steps } of now.curves.values()) points += steps.length;
      for (const { xs } of now.averages?.variants ?? []) points += xs.length;
      if (points > this.#mostPoints) this.#entries.delete(key);
    }
  }

  /** Charts of a hundred lines take time to draw: a few a frame, so that the page answers in between. */
  #announceInTurns(keys: readonly string[]): void {
    this.#announce(keys.slice(0, CHARTS_A_FRAME));
    if (keys.length > CHARTS_A_FRAME) this.#reader.soon(() => this.#announceInTurns(keys.slice(CHARTS_A_FRAME)));
  }

  #announce(keys: readonly string[]): void {
    for (const key of new Set(keys)) for (const listener of this.#listeners.get(key) ?? []) listener();
    for (const listener of this.#anyListeners) listener();
  }
}

/** Averages do not say whether they are as fine as can be. */
const isThinned = ({ curves, averages }: KeyCurves): boolean => averages !== null || [...curves.values()].some(({ steps, count }) => count !== undefined && steps.length < count);

function joined(curves: ReadonlyMap<string, LoggedSeries>, more: ReadonlyMap<string, LoggedSeries>): Map<string, LoggedSeries> {
  const all = new Map(curves);
  for (const [id, points] of more) all.set(id, withArrived(all.get(id) ?? NONE, points));
  return all;
}
