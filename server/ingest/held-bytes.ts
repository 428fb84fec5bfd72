import { Refusal } from '../../domain/refusal.ts';

/** What all streams of this process may hold together, in bytes: unfinished frames, and points on their way to the store. */
const MOST_HELD = 256 * 1024 * 1024;

/** One account of memory for all streams. Who asks for more than there is must come again later; nobody waits for room while holding some. */
export class HeldBytes {
  private held = 0;
  private readonly most: number;
  constructor(most = MOST_HELD) {
    this.most = most;
  }

  take(bytes: number): void {
    if (this.held + bytes > this.most) throw new Refusal('rate-limited', 'stream/busy', 'More is coming in from all streams together than can be written down. Go on after a moment from what was acknowledged.');
    this.held += bytes;
  }

  give(bytes: number): void {
    this.held -= bytes;
  }

  /** Holds the bytes for as long as the work takes. */
  async during(bytes: number, work: () => Promise<void>): Promise<void> {
    this.take(bytes);
    try {
      await work();
    } finally {
      this.give(bytes);
    }
  }

  /** Whether streams should wait for what they have under way before they read on. */
  get isTight(): boolean {
    return this.held > this.most / 2;
  }
}
