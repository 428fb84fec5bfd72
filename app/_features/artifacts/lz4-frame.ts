const MAGIC = 0x184d2204;

/** Reads an LZ4 frame, as Feather files are packed; the format is lz4_Frame_format.md of the LZ4 project. Throws where it is damaged, or holds more than `most` bytes. */
export function readLz4Frame(frame: Uint8Array, most: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.byteLength < 7 || view.getUint32(0, true) !== MAGIC) throw new Error('this is no LZ4 frame');
  const flags = view.getUint8(4);
  let at = 4 + 2 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0) + 1;
  const out = new Growing(most);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return out.bytes();
    const block = frame.subarray(at, at + (size & 0x7fffffff));
    if (block.byteLength !== (size & 0x7fffffff)) throw new Error('the LZ4 frame is cut off');
    if (size & 0x80000000) out.add(block);
    else readBlock(block, out);
    at += block.byteLength + (flags & 0x10 ? 4 : 0);
  }
}

/** Bytes that are added at the end, and copied from before it: a block may refer to those before it. */
class Growing {
  private held = new Uint8Array(64 * 1024);
  private length = 0;
  private readonly most: number;

  constructor(most: number) { this.most = most; }

  add(part: Uint8Array): void {
    this.reserve(part.byteLength);
    this.held.set(part, this.length);
    this.length += part.byteLength;
  }

  again(back: number, count: number): void {
    if (back === 0 || back > this.length) throw new Error('the LZ4 frame refers to what is not there');
    this.reserve(count);
    // One by one: what is copied may be what was just written.
    for (let copied = 0; copied < count; copied += 1, this.length += 1) this.held[this.length] = this.held[this.length - back] ?? 0;
  }

  bytes(): Uint8Array { return this.held.slice(0, this.length); }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.most) throw new Error(`the LZ4 frame holds more than ${this.most} bytes`);
    if (needed <= this.held.byteLength) return;
    const larger = new Uint8Array(Math.max(needed, this.held.byteLength * 2));
    larger.set(this.held.subarray(0, this.length));
    this.held = larger;
  }
}

function readBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const byte = (): number => {
    const value = block[at];
    if (value === undefined) throw new Error('the LZ4 frame is cut off');
    at += 1;
    return value;
  };
  const long = (short: number): number => {
    if (short !== 15) return short;
    let sum = short;
    for (let more = 255; more === 255; sum += more) more = byte();
    return sum;
  };
  while (at < block.byteLength) {
    const token = byte();
    const literals = long(token >> 4);
    out.add(block.subarray(at, at + literals));
    at += literals;
    // The last sequence of a block has literals alone.
    if (at >= block.byteLength) return;
    const back = byte() + byte() * 256;
    out.again(back, long(token & 15) + 4);
  }
}
