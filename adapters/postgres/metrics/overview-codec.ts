import { exactNumbers, isSingles } from './column-codec.ts';
import { decodePackedColumns } from './packed-segment.ts';
import { CorruptSegment, type SegmentColumns } from './segment.ts';

/**
 * An overview stands beside a packed row: the points of its one series, thinned. One chart reads a thousand of them, so it is not compressed: reading it is little more than
 * copying. Little-endian; each column begins at a multiple of 8 and says first how many bytes it takes a point.
 *
 *     offset  size   what
 *     0       4      "LMS" and the layout's version, 3
 *     4       4      number of points, u32
 *     8       …      steps, then timestamps: 1, 2, 4 or 8, u32; zero, u32; the first number and the least difference between neighbours, float64 each; then of each point by how
 *                    much more than the least it lies behind the one before, or, with 8 bytes a point, the numbers as int64
 *     …       …      values: 4 or 8, u32; zero, u32; then float32 or float64 each
 *
 * An overview from before this layout is a packed segment, and is read as such.
 */
const MAGIC = 0x03_53_4d_4c;
const HEADER_BYTES = 8;
const INTEGERS_HEADER_BYTES = 24;
const VALUES_HEADER_BYTES = 8;

export function encodeOverview({ steps, timestamps, values }: SegmentColumns): Buffer {
  return Buffer.concat([bytesOf(new Uint32Array([MAGIC, values.length])), ...integers(steps), ...integers(timestamps), ...reals(values)]);
}

type Differences = Uint8Array | Uint16Array | Uint32Array;
type Column = Differences | Float32Array | Float64Array | BigInt64Array;
const bytesOf = (column: Column): Uint8Array => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
const filledUp = (column: Column): readonly Uint8Array[] => [bytesOf(column), new Uint8Array(padded(column.byteLength) - column.byteLength)];
const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function integers(column: BigInt64Array): readonly Uint8Array[] {
  const numbers = exactNumbers(column);
  const found = numbers && differencesOf(numbers);
  if (!numbers || !found) return [bytesOf(new Uint32Array([8, 0])), bytesOf(new Float64Array(2)), bytesOf(column)];
  return [bytesOf(new Uint32Array([found.above.BYTES_PER_ELEMENT, 0])), bytesOf(new Float64Array([numbers[0] ?? 0, found.least])), ...filledUp(found.above)];
}

/** How much more than the least each point lies behind the one before; null where that takes more than 32 bits. */
function differencesOf(numbers: Float64Array): { readonly least: number; readonly above: Differences } | null {
  let [least, most] = [Infinity, -Infinity];
  for (let at = 1; at < numbers.length; at += 1) {
    const difference = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0);
    [least, most] = [Math.min(least, difference), Math.max(most, difference)];
  }
  if (numbers.length < 2) return { least: 0, above: new Uint8Array(numbers.length) };
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most) || most - least >= 2 ** 32) return null;
  const above = narrowest(most - least, numbers.length);
  for (let at = 1; at < numbers.length; at += 1) above[at] = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0) - least;
  return { least, above };
}

const narrowest = (most: number, length: number): Differences => (most < 2 ** 8 ? new Uint8Array(length) : most < 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length));

function reals(values: Float64Array): readonly Uint8Array[] {
  const column = isSingles(values) ? Float32Array.from(values) : values;
  return [bytesOf(new Uint32Array([column.BYTES_PER_ELEMENT, 0])), ...filledUp(column)];
}

const isPacked = (data: Buffer): boolean => data.length >= 16 && data.readUInt32LE(0) !== MAGIC;

/** How many points an overview holds. Fails with CorruptSegment on bytes that cannot be one. */
export function pointsOfOverview(data: Buffer): number {
  if (data.length < HEADER_BYTES) throw new CorruptSegment(`An overview of ${data.length} bytes is too short.`);
  return data.readUInt32LE(isPacked(data) ? 8 : 4);
}

/** Reads an overview into columns of just its length. Fails with CorruptSegment on other bytes. */
export function readOverview(data: Buffer, into: SegmentColumns): void {
  if (isPacked(data)) {
    const [only] = decodePackedColumns(data);
    if (only?.values.length !== into.values.length) throw new CorruptSegment('A packed overview is not one series.');
    into.steps.set(only.steps);
    into.timestamps.set(only.timestamps);
    into.values.set(only.values);
    return;
  }
  // Typed arrays need aligned memory, which a driver's buffer does not promise.
  const bytes = data.byteOffset % 8 === 0 ? data : new Uint8Array(data);
  const afterSteps = readIntegers(bytes, HEADER_BYTES, into.steps);
  const end = readReals(bytes, readIntegers(bytes, afterSteps, into.timestamps), into.values);
  if (end !== bytes.length) throw new CorruptSegment('The columns do not fill the overview.');
}

/** Reads the column that begins at `at`; answers where the next one begins. */
function readIntegers(bytes: Uint8Array, at: number, into: BigInt64Array): number {
  const { width, start, end } = columnAt(bytes, { at, header: INTEGERS_HEADER_BYTES, length: into.length });
  const [first = 0, least = 0] = new Float64Array(bytes.buffer, bytes.byteOffset + at + 8, 2);
  switch (width) {
    case 1: addUp(new Uint8Array(bytes.buffer, start, into.length), into, first, least); break;
    case 2: addUp(new Uint16Array(bytes.buffer, start, into.length), into, first, least); break;
    case 4: addUp(new Uint32Array(bytes.buffer, start, into.length), into, first, least); break;
    default: into.set(new BigInt64Array(bytes.buffer, start, into.length));
  }
  return end;
}

/** By the halves of each number, of which storing keeps the lowest 32 bits: BigInt arithmetic on every point would take longer than all the rest. */
function addUp(above: Differences, into: BigInt64Array, first: number, least: number): void {
  const halves = new Int32Array(into.buffer, into.byteOffset, into.length * 2);
  let number = first;
  for (let at = 0; at < above.length; at += 1) {
    if (at > 0) number += least + (above[at] ?? 0);
    halves[at * 2] = number;
    halves[at * 2 + 1] = Math.floor(number / 2 ** 32);
  }
}

function readReals(bytes: Uint8Array, at: number, into: Float64Array): number {
  const { width, start, end } = columnAt(bytes, { at, header: VALUES_HEADER_BYTES, length: into.length });
  into.set(width === 4 ? new Float32Array(bytes.buffer, start, into.length) : new Float64Array(bytes.buffer, start, into.length));
  return end;
}

function columnAt(bytes: Uint8Array, { at, header, length }: { readonly at: number; readonly header: number; readonly length: number }): { readonly width: number; readonly start: number; readonly end: number } {
  if (at + header > bytes.length) throw new CorruptSegment('An overview ends too soon.');
  const [width = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset + at, 1);
  if (![1, 2, 4, 8].includes(width) || (header === VALUES_HEADER_BYTES && width < 4)) throw new CorruptSegment('A column of an overview is written in an unknown way.');
  const end = at + header + padded(length * width);
  if (end > bytes.length) throw new CorruptSegment('An overview ends too soon.');
  return { width, start: bytes.byteOffset + at + header, end };
}
