import type { Span } from './chart-series.ts';

export interface GroupState {
  /** Where the crosshair stands in x; null when nowhere. */
  readonly crosshair: number | null;
  /** The crosshair stays when the pointer leaves. */
  readonly pinned: boolean;
  readonly zoom: Span | null;
}

const EMPTY: GroupState = { crosshair: null, pinned: false, zoom: null };

/** Charts that share their x: a crosshair or a zoom in one is seen in all. */
export class ChartGroup {
  #state: GroupState;
  readonly #listeners = new Set<() => void>();

  constructor(zoom: Span | null = null) {
    this.#state = { ...EMPTY, zoom };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly current = (): GroupState => this.#state;
  readonly crosshair = (): number | null => this.#state.crosshair;
  readonly zoom = (): Span | null => this.#state.zoom;

  moveTo(x: number | null): void {
    if (x === this.#state.crosshair) return;
    this.#set({ ...this.#state, crosshair: x, pinned: x !== null && this.#state.pinned });
  }

  leave(): void {
    if (!this.#state.pinned) this.moveTo(null);
  }

  pinAt(x: number): void {
    this.#set({ ...this.#state, crosshair: x, pinned: true });
  }

  unpin(): void {
    this.#set({ ...this.#state, crosshair: null, pinned: false });
  }

  zoomTo(zoom: Span | null): void {
    this.#set({ ...this.#state, zoom });
  }

  #set(next: GroupState): void {
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
