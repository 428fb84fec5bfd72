import type { SegmentColumns } from './segment.ts';

/** A client that sends its whole log again needs the same few rows for every batch: those of some forty series. */
const MOST_BYTES = 64 * 1024 * 1024;
const BYTES_A_POINT = 24;

/**
 * Packed rows as they were unpacked last, by their version: the row's place and the transaction that wrote it, so that a row packed anew is another one. The ones used least recently make
 * room. Unpacking sixty thousand points to find out that a hundred of them came again would cost a retried batch many times what the first one did.
 */
export class UnpackedRows {
  private readonly rows = new Map<string, readonly SegmentColumns[]>();
  private readonly most: number;
  private bytes = 0;
  constructor(most = MOST_BYTES) {
    this.most = most;
  }

  get(version: string): readonly SegmentColumns[] | undefined {
    const found = this.rows.get(version);
    if (found === undefined) return undefined;
    this.rows.delete(version);
    this.rows.set(version, found);
    return found;
  }

  keep(version: string, columns: readonly SegmentColumns[]): void {
    if (this.rows.has(version) || bytesOf(columns) > this.most) return;
    this.rows.set(version, columns);
    this.bytes += bytesOf(columns);
    for (const [oldest, own] of this.rows) {
      if (this.bytes <= this.most) break;
      this.rows.delete(oldest);
      this.bytes -= bytesOf(own);
    }
  }
}

const bytesOf = (columns: readonly SegmentColumns[]): number => columns.reduce((sum, { values }) => sum + values.length * BYTES_A_POINT, 0);
