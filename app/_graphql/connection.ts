'use client';

import { useSyncExternalStore } from 'react';

/** Whether live updates reach this page, and since when they do not. */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'lost';
  /** Epoch milliseconds of the loss and of the next try; null while live. */
  readonly lostAt: number | null;
  readonly nextTryAt: number | null;
  /** Grows by one each time a lost connection came back: what was read before may be behind. */
  readonly reconnections: number;
}

const START: Connection = { state: 'connecting', lostAt: null, nextTryAt: null, reconnections: 0 };

/** The one place that knows the socket's state; the socket writes, pages read. */
export class ConnectionMonitor {
  #now: Connection = START;
  #endPause: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): Connection => this.#now;

  opened(): void {
    const returned = this.#now.lostAt !== null;
    this.#set({ state: 'live', lostAt: null, nextTryAt: null, reconnections: this.#now.reconnections + (returned ? 1 : 0) });
  }

  lost(at: number): void {
    if (this.#now.state === 'lost') return;
    this.#set({ ...this.#now, state: 'lost', lostAt: at, nextTryAt: null });
  }

  retrying(nextTryAt: number): void {
    this.#set({ ...this.#now, nextTryAt });
  }

  /** Resolves after the wait, or as soon as the server was heard from in another way. */
  pause(waitInMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitInMs);
      this.#endPause = () => { clearTimeout(timer); resolve(); };
    });
  }

  /** The server answered something, or the network is back: who waits to try again need not wait any more. */
  heard(): void {
    this.#endPause?.();
    this.#endPause = null;
  }

  #set(next: Connection): void {
    this.#now = next;
    for (const listener of this.#listeners) listener();
  }
}

export const connectionMonitor = new ConnectionMonitor();

export const useConnection = (): Connection => useSyncExternalStore(connectionMonitor.subscribe, connectionMonitor.current, () => START);
