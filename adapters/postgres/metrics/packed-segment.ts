import { promisify } from 'node:util';
import { zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { MetricStretches } from '../../../domain/metrics/stretches.ts';
import { byteColumns, readByteColumns, integerColumn, readInt64Column, readIntegerColumn, sizeOfIntegerColumn } from './column-codec.ts';
import { CorruptSegment, type SegmentColumns } from './segment.ts';

/**
 * A packed segment is what upkeep makes of many segments: the same columns, compressed, and beside each point the number of the append that brought it, so that a reader
 * far behind still resumes from its cursor. Little-endian.
 *
 *     offset  size   what
 *     0       4      "LMS" and the layout's version, 2
 *     4       4      number of series, u32
 *     8       4      number of points of all series, u32
 *     12      4      bytes of the rest when it is unpacked, u32
 *     16      …      zstd of: points of each series, u32 each; then four columns over all series: sequences, steps, timestamps, values (adapters/postgres/metrics/column-codec.ts)
 */
export interface PackedSeries extends SegmentColumns {
  /** Of each point, the position of its append in the run's log. */
  readonly sequences: Float64Array;
}

export const PACKED_MAGIC = 0x02_53_4d_4c;
const HEADER_BYTES = 16;
const compress = promisify(zstdCompress);

/** The bytes of a packed segment. Compresses beside the event loop. */
export async function encodePacked(series: readonly PackedSeries[]): Promise<Buffer> {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  const lengths = new Uint32Array(series.map(({ values }) => values.length));
  const body = Buffer.concat([
    new Uint8Array(lengths.buffer),
    integerColumn(joined(Float64Array, series.map(({ sequences }) => sequences), points)),
    integerColumn(joined(BigInt64Array, series.map(({ steps }) => steps), points)),
    integerColumn(joined(BigInt64Array, series.map(({ timestamps }) => timestamps), points)),
    byteColumns(joined(Float64Array, series.map(({ values }) => values), points)),
  ]);
  const header = Buffer.alloc(HEADER_BYTES);
  [PACKED_MAGIC, series.length, points, body.length].forEach((word, at) => header.writeUInt32LE(word, at * 4));
  return Buffer.concat([header, await compress(body)]);
}

/** The series of a packed segment, in the order of the row's `series_ids`. Fails with CorruptSegment on other bytes. */
export function decodePacked(data: Buffer): readonly PackedSeries[] {
  const opened = openPacked(data);
  const { column, bytes } = readIntegerColumn(opened.body.subarray(opened.at), opened.points);
  const sequences = asNumbers(column);
  let from = 0;
  return columnsAfter(opened, bytes).map((columns) => ({ ...columns, sequences: sequences.subarray(from, from += columns.values.length) }));
}

/** The same without the numbers of the appends, which only a reader of the log asks for. */
export function decodePackedColumns(data: Buffer): readonly SegmentColumns[] {
  const opened = openPacked(data);
  return columnsAfter(opened, sizeOfIntegerColumn(opened.body.subarray(opened.at), opened.points));
}

interface Opened { readonly body: Buffer; readonly points: number; readonly lengths: readonly number[]; readonly at: number }

function openPacked(data: Buffer): Opened {
  if (data.length < HEADER_BYTES || data.readUInt32LE(0) !== PACKED_MAGIC) throw new CorruptSegment('The bytes do not begin like a packed segment.');
  const [series, points, size] = [data.readUInt32LE(4), data.readUInt32LE(8), data.readUInt32LE(12)];
  const body = unpacked(data.subarray(HEADER_BYTES), size);
  const lengths = Array.from({ length: series }, (_, at) => body.readUInt32LE(at * 4));
  if (lengths.reduce((sum, each) => sum + each, 0) !== points) throw new CorruptSegment('The lengths of the series do not add up.');
  return { body, points, lengths, at: series * 4 };
}

/** Steps, timestamps and values, which lie behind the sequences. */
function columnsAfter({ body, points, lengths, at: start }: Opened, sequencesBytes: number): readonly SegmentColumns[] {
  let at = start + sequencesBytes;
  const next = <Column>(read: (from: Buffer, length: number) => { readonly column: Column; readonly bytes: number }): Column => {
    const { column, bytes } = read(body.subarray(at), points);
    at += bytes;
    return column;
  };
  const [steps, timestamps, values] = [next(readInt64Column), next(readInt64Column), next(readByteColumns)];
  if (at !== body.length) throw new CorruptSegment('The columns do not fill the segment.');
  let from = 0;
  return lengths.map((length) => {
    const to = from + length;
    const own = { steps: steps.subarray(from, to), timestamps: timestamps.subarray(from, to), values: values.subarray(from, to) };
    from = to;
    return own;
  });
}

/**
 * Stretches of a series in the same layout, as three series with the same steps: of the first, the values are the means, and the counts stand where the numbers of the appends do; of the
 * others, the values are the lows and the highs. Stretches from before those are the first series alone, and their means stand for both.
 */
export function encodeStretches({ steps, timestamps, means, lows, highs, counts }: MetricStretches): Promise<Buffer> {
  const series = (values: Float64Array): PackedSeries => ({ sequences: counts, steps, timestamps, values });
  return encodePacked([series(means), series(lows.map((low) => -upwards(-low))), series(highs.map(upwards))]);
}

export function decodeStretches(data: Buffer): MetricStretches {
  const [first, low = first, high = first] = decodePacked(data);
  if (!first || !low || !high) throw new CorruptSegment('There are no stretches where some should be.');
  return { key: '', steps: first.steps, timestamps: first.timestamps, means: first.values, lows: low.values, highs: high.values, counts: first.sequences };
}

/** The next larger number with 16 significant bits, at most 0.004 % away: a band is drawn no differently, and its ends take two thirds of their room. What float32 cannot hold stays as it is. */
function upwards(value: number): number {
  ROUNDING.setFloat32(0, value);
  const bits = ROUNDING.getUint32(0);
  ROUNDING.setUint32(0, (value > 0 ? (bits + 0xff) & 0xffff_ff00 : bits & 0xffff_ff00) >>> 0);
  const rounded = ROUNDING.getFloat32(0);
  return Number.isFinite(rounded) ? rounded : value;
}
const ROUNDING = new DataView(new ArrayBuffer(4));

function unpacked(data: Buffer, size: number): Buffer {
  try {
    const body = zstdDecompressSync(data, { maxOutputLength: Math.max(1, size) });
    if (body.length === size) return body;
  } catch (problem) {
    throw new CorruptSegment('A packed segment cannot be unpacked.', { cause: problem });
  }
  throw new CorruptSegment('A packed segment has another size than it says.');
}

const asNumbers = (column: Float64Array | BigInt64Array): Float64Array => (column instanceof Float64Array ? column : Float64Array.from(column, Number));

function joined<Column extends Float64Array | BigInt64Array>(Type: new (length: number) => Column, pieces: readonly Column[], points: number): Column {
  const whole = new Type(points);
  let at = 0;
  for (const piece of pieces) {
    (whole.set as (from: Column, at: number) => void).call(whole, piece, at);
    at += piece.length;
  }
  return whole;
}
