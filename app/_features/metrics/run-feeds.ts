import type { Followed, Follower } from './follow-run.ts';

interface Wanted {
  readonly runIds: readonly string[];
  /** Null follows every metric. */
  readonly keys: readonly string[] | null;
}

/** Metrics that were in view stay followed up to this many, so that scrolling to and fro opens nothing again. */
const MOST_KEYS = 48;

/**
 * The live feeds of some runs. Each resumes at the cursor it had reached, so that a feed that was closed, for a hidden page or to follow other metrics, misses nothing.
 * A metric that is followed from now on was read at some time before; the feed then goes back to where it stood when that reading began, since it did not carry the metric meanwhile.
 */
export class RunFeeds {
  readonly #open: (followed: Followed, follower: Follower) => () => void;
  readonly #arrived: (runId: string, points: Parameters<Follower['arrived']>[0]) => void;
  readonly #closers = new Map<string, () => void>();
  /** Where each feed has got to. */
  readonly #cursors = new Map<string, string>();
  /** Where each feed stood when the first reading since its opening began. */
  readonly #held = new Map<string, string>();
  #wanted: Wanted = { runIds: [], keys: [] };

  constructor(open: (followed: Followed, follower: Follower) => () => void, arrived: (runId: string, points: Parameters<Follower['arrived']>[0]) => void) {
    this.#open = open;
    this.#arrived = arrived;
  }

  /** A reading begins. */
  hold(): void {
    for (const [runId, cursor] of this.#cursors) if (!this.#held.has(runId)) this.#held.set(runId, cursor);
  }

  /** A reading was made at this position of the run's log. The first one is where its feed begins. */
  readAt(runId: string, cursor: string): void {
    if (this.#cursors.has(runId)) return;
    this.#cursors.set(runId, cursor);
    if (this.#wanted.runIds.includes(runId)) this.#start(runId);
  }

  /** Follows these runs and no others. */
  follow(runIds: readonly string[], keys: readonly string[] | null): void {
    const more = keysToFollow(this.#wanted.keys, keys);
    const sameKeys = more === this.#wanted.keys;
    this.#wanted = { runIds, keys: more };
    for (const runId of this.#closers.keys()) if (!sameKeys || !runIds.includes(runId)) this.#stop(runId);
    for (const runId of runIds) if (!this.#closers.has(runId) && this.#cursors.has(runId)) this.#start(runId);
  }

  /** Closes all feeds and remembers where they stood. */
  pause(): void {
    this.#wanted = { ...this.#wanted, runIds: [] };
    for (const runId of this.#closers.keys()) this.#stop(runId);
  }

  #start(runId: string): void {
    const after = this.#held.get(runId) ?? this.#cursors.get(runId) ?? null;
    this.#held.delete(runId);
    this.#closers.set(runId, this.#open({ runId, keys: this.#wanted.keys, after }, {
      arrived: (points) => this.#arrived(runId, points),
      movedTo: (cursor) => { this.#cursors.set(runId, cursor); },
    }));
  }

  #stop(runId: string): void {
    this.#closers.get(runId)?.();
    this.#closers.delete(runId);
  }
}

/** The metrics to follow when others have come into view: what was followed already, where it holds them all; else both, and once that is too much only what is in view. */
export function keysToFollow(followed: readonly string[] | null, wanted: readonly string[] | null): readonly string[] | null {
  if (followed === null || wanted === null) return wanted;
  const known = new Set(followed);
  const fresh = wanted.filter((key) => !known.has(key));
  if (fresh.length === 0) return followed;
  return followed.length + fresh.length <= MOST_KEYS ? [...followed, ...fresh] : wanted;
}
