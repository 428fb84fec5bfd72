/**
 * One table of a FlatBuffers message, read where it lies (https://flatbuffers.dev/internals). Fields are named by their place in the schema; what a message leaves out has its default.
 * A RangeError says that the bytes are no such message: every read is checked against their end, and no length they claim is believed further than that.
 */
export class FlatTable {
  private readonly view: DataView;
  private readonly at: number;
  private constructor(view: DataView, at: number) {
    this.view = view;
    this.at = at;
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.view.getUint8(at);
  }

  short(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.view.getInt16(at, true);
  }

  int(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.view.getInt32(at, true);
  }

  /** An int64 that fits a number; else a RangeError, as nothing of ours is that large. */
  long(field: number): number {
    const at = this.place(field);
    return at === null ? 0 : this.safe(at);
  }

  table(field: number): FlatTable | null {
    const at = this.place(field);
    return at === null ? null : new FlatTable(this.view, this.indirect(at));
  }

  text(field: number): string {
    const at = this.place(field);
    if (at === null) return '';
    const { start, length } = this.vector(at, 1);
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(this.view.buffer, this.view.byteOffset + start, length));
  }

  tables(field: number): readonly FlatTable[] {
    const at = this.place(field);
    if (at === null) return [];
    const { start, length } = this.vector(at, 4);
    return Array.from({ length }, (_, index) => new FlatTable(this.view, this.indirect(start + index * 4)));
  }

  /** A vector of structs that are each two int64. */
  pairs(field: number): readonly (readonly [number, number])[] {
    const at = this.place(field);
    if (at === null) return [];
    const { start, length } = this.vector(at, 16);
    return Array.from({ length }, (_, index) => [this.safe(start + index * 16), this.safe(start + index * 16 + 8)] as const);
  }

  /** Where a field is; null when the message leaves it out. The table begins with the distance back to the list of its fields' places. */
  private place(field: number): number | null {
    const places = this.at - this.view.getInt32(this.at, true);
    const offset = 4 + field * 2;
    if (offset >= this.view.getUint16(places, true)) return null;
    const place = this.view.getUint16(places + offset, true);
    return place === 0 ? null : this.at + place;
  }

  private indirect(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  private vector(at: number, width: number): { readonly start: number; readonly length: number } {
    const start = this.indirect(at) + 4;
    const length = this.view.getUint32(start - 4, true);
    if (start + length * width > this.view.byteLength) throw new RangeError('A vector is longer than its message.');
    return { start, length };
  }

  private safe(at: number): number {
    const number = Number(this.view.getBigInt64(at, true));
    if (!Number.isSafeInteger(number)) throw new RangeError('A number of this message is too large.');
    return number;
  }
}
