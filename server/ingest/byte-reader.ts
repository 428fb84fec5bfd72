import { badInput } from '../../domain/refusal.ts';
import type { HeldBytes } from './held-bytes.ts';

/** How long a client may be silent in the middle of something, in milliseconds. Between frames it may be silent for as long as it likes. */
const LONGEST_SILENCE_MS = 60_000;

/** Takes frames of known length from bytes that arrive in pieces; reads on only when asked, so that a client that is too fast is held up by its socket. */
export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>;
  private readonly held: HeldBytes;
  private readonly longestSilenceMs: number;
  private piece: Uint8Array = new Uint8Array(0);
  private taken = 0;
  constructor(source: AsyncIterable<Uint8Array>, held: HeldBytes, longestSilenceMs = LONGEST_SILENCE_MS) {
    this.source = source[Symbol.asyncIterator]();
    this.held = held;
    this.longestSilenceMs = longestSilenceMs;
  }

  /** Whether anything more comes; waits until that is known. */
  async hasMore(): Promise<boolean> {
    while (this.piece.length === 0) {
      const { done, value } = await this.source.next();
      if (done === true) return false;
      this.piece = value;
    }
    return true;
  }

  /** Exactly so many bytes, in memory of their own that begins on a multiple of 8. Refuses with `stream/truncated` when they do not come. */
  async exactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (this.piece.length === 0 && !(await this.inTime())) throw badInput('stream/truncated', `The stream ends in the middle: ${length - filled} of ${length} bytes are missing.`);
      const part = this.piece.subarray(0, length - filled);
      this.held.take(part.length);
      this.taken += part.length;
      bytes.set(part, filled);
      filled += part.length;
      this.piece = this.piece.subarray(part.length);
    }
    return bytes;
  }

  /** The next bytes as they came; none at the end. */
  async some(): Promise<Uint8Array> {
    await this.hasMore();
    const { piece } = this;
    this.held.take(piece.length);
    this.taken += piece.length;
    this.piece = new Uint8Array(0);
    return piece;
  }

  /** How many bytes were taken since the last time. Whoever asks gives them back to the account when they are done with. */
  handOver(): number {
    const { taken } = this;
    this.taken = 0;
    return taken;
  }

  /** Lets go of the source, which is not read to its end. Not waited for: a source that is silent would never hear of it. */
  close(): void {
    this.source.return?.().catch(() => {});
  }

  private async inTime(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => { reject(badInput('stream/stalled', `Nothing came for ${this.longestSilenceMs / 1000} s in the middle of a batch. Connect again and go on from the number that was acknowledged.`)); }, this.longestSilenceMs);
    });
    try {
      return await Promise.race([this.hasMore(), silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}
