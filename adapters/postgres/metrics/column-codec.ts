import { CorruptSegment } from './segment.ts';

/**
 * Columns before compression. Bytes of equal weight stand together (all lowest bytes, then all second lowest …), which leaves long stretches alike: zstd finds in them what it
 * would not find in whole numbers. Shuffling as in Blosc (Alted, "Why modern CPUs are starving", CiSE 12(2), 2010).
 *
 * One byte says how a column is written:
 *     1  first value as float64, then differences between neighbours, zigzag, u32 each   (integers within ±2^53 whose neighbours are less than 2^31 apart)
 *     2  int64 each, as they are
 *     3  float32 each                                                                     (values that float32 holds exactly, as training frameworks log them)
 *     4  float64 each
 */
const DIFFERENCES = 1;
const WHOLE = 2;
const SINGLES = 3;
const DOUBLES = 4;

const TWO_32 = 2 ** 32;
const MOST_APART = 2 ** 31;

interface Read<Column> { readonly column: Column; readonly bytes: number }

/** Steps, timestamps (int64) or sequences (whole numbers). */
export function integerColumn(column: BigInt64Array | Float64Array): Uint8Array {
  const numbers = column instanceof Float64Array ? column : exactNumbers(column);
  const differences = numbers && differencesOf(numbers);
  if (!differences) return written(WHOLE, shuffled(column instanceof BigInt64Array ? column : BigInt64Array.from(column, BigInt)));
  const first = new Float64Array([numbers[0] ?? 0]);
  return written(DIFFERENCES, new Uint8Array(first.buffer), shuffled(differences));
}

/** What integerColumn wrote: numbers where they fit, else int64. */
export function readIntegerColumn(from: Buffer, length: number): Read<Float64Array | BigInt64Array> {
  switch (wayOf(from)) {
    case DIFFERENCES: {
      const column = new Float64Array(length);
      const differences = new Uint32Array(unshuffled(from, 9, { length, width: 4 }));
      let number = from.readDoubleLE(1);
      for (let at = 0; at < length; at += 1) {
        const zigzag = differences[at] ?? 0;
        number += (zigzag >>> 1) ^ -(zigzag & 1);
        column[at] = number;
      }
      return { column, bytes: 9 + length * 4 };
    }
    case WHOLE: return { column: new BigInt64Array(unshuffled(from, 1, { length, width: 8 })), bytes: 1 + length * 8 };
    default: throw new CorruptSegment('A column of integers is written in an unknown way.');
  }
}

/** The same column as int64. */
export function readInt64Column(from: Buffer, length: number): Read<BigInt64Array> {
  const { column, bytes } = readIntegerColumn(from, length);
  return { column: column instanceof BigInt64Array ? column : bigInts(column), bytes };
}

/** How many bytes such a column takes, for a reader that does not want it. */
export function sizeOfIntegerColumn(from: Buffer, length: number): number {
  return wayOf(from) === DIFFERENCES ? 9 + length * 4 : 1 + length * 8;
}

/** Whole numbers as int64, by their halves: BigInt arithmetic on every point would take longer than all the rest. */
function bigInts(numbers: Float64Array): BigInt64Array {
  const result = new BigInt64Array(numbers.length);
  const [low, high] = [new Uint32Array(result.buffer), new Int32Array(result.buffer)];
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    const above = Math.floor(number / TWO_32);
    high[at * 2 + 1] = above;
    low[at * 2] = number - above * TWO_32;
  }
  return result;
}

/** Metric values, bit for bit; all NaNs are one. */
export function byteColumns(values: Float64Array): Uint8Array {
  return isSingles(values) ? written(SINGLES, shuffled(Float32Array.from(values))) : written(DOUBLES, shuffled(values));
}

/** Whether float32 holds all of them exactly. */
export const isSingles = (values: Float64Array): boolean => values.every((value) => Object.is(Math.fround(value), value));

export function readByteColumns(from: Buffer, length: number): Read<Float64Array> {
  switch (wayOf(from)) {
    case SINGLES: return { column: Float64Array.from(new Float32Array(unshuffled(from, 1, { length, width: 4 }))), bytes: 1 + length * 4 };
    case DOUBLES: return { column: new Float64Array(unshuffled(from, 1, { length, width: 8 })), bytes: 1 + length * 8 };
    default: throw new CorruptSegment('A column of values is written in an unknown way.');
  }
}

/** The same integers as numbers; null when one is beyond what a number holds exactly. */
export function exactNumbers(column: BigInt64Array): Float64Array | null {
  const halves = new Int32Array(column.buffer, column.byteOffset, column.length * 2);
  const numbers = new Float64Array(column.length);
  for (let at = 0; at < column.length; at += 1) {
    const number = (halves[at * 2 + 1] ?? 0) * TWO_32 + ((halves[at * 2] ?? 0) >>> 0);
    if (!Number.isSafeInteger(number)) return null;
    numbers[at] = number;
  }
  return numbers;
}

/** Zigzag differences between neighbours, the first of them zero; null when two neighbours are too far apart. */
function differencesOf(numbers: Float64Array): Uint32Array | null {
  const differences = new Uint32Array(numbers.length);
  for (let at = 1; at < numbers.length; at += 1) {
    const difference = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0);
    if (difference >= MOST_APART || difference < -MOST_APART) return null;
    differences[at] = (difference << 1) ^ (difference >> 31);
  }
  return differences;
}

const wayOf = (from: Buffer): number => from[0] ?? 0;

function written(way: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from([way]), ...parts]);
}

function shuffled(column: BigInt64Array | Float64Array | Float32Array | Uint32Array): Uint8Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const { length, BYTES_PER_ELEMENT: width } = column;
  const planes = new Uint8Array(bytes.length);
  for (let plane = 0, to = 0; plane < width; plane += 1) for (let at = 0, from = plane; at < length; at += 1, from += width) planes[to++] = bytes[from] ?? 0;
  return planes;
}

function unshuffled(from: Buffer, start: number, { length, width }: { readonly length: number; readonly width: 4 | 8 }): ArrayBuffer {
  if (from.length < start + length * width) throw new CorruptSegment('A column ends too soon.');
  const words = new Uint32Array((length * width) / 4);
  const stride = width / 4;
  for (let word = 0; word < stride; word += 1) {
    const plane = start + word * 4 * length;
    // Four planes at once: this loop is most of what reading a column costs.
    for (let at = 0, to = word, low = plane; at < length; at += 1, to += stride, low += 1) {
      words[to] = (from[low] ?? 0) | ((from[low + length] ?? 0) << 8) | ((from[low + 2 * length] ?? 0) << 16) | ((from[low + 3 * length] ?? 0) << 24);
    }
  }
  return words.buffer;
}
