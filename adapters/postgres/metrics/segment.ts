import { endianness } from 'node:os';

/**
 * A segment is the body of one row of `metric_segments`: the points one append added to a run, as columns. Little-endian.
 *
 *     offset  size        what
 *     0       4           "LMS" and the layout's version, 1
 *     4       4           number of series, u32
 *     8       4           number of points of all series, u32
 *     12      4           zero
 *     16      4 a series  number of points of each series, u32; then zeros up to a multiple of 8
 *     …       8 a point   steps, int64, series after series
 *     …       8 a point   timestamps in epoch milliseconds, int64
 *     …       8 a point   values, float64, bit for bit
 *
 * Which series they are is in the row's `series_ids`, in the same order. Points of a series are in order of (step, timestamp, value).
 * Many short series fit in one segment; an upkeep role may later rewrite old segments in a denser layout under another version.
 */
export interface SegmentColumns {
  readonly steps: BigInt64Array;
  readonly timestamps: BigInt64Array;
  readonly values: Float64Array;
}

const MAGIC = 0x01_53_4d_4c;
const HEADER_BYTES = 16;

if (endianness() !== 'LE') throw new Error('Metric segments are read and written as little-endian typed arrays; this machine is big-endian.');

export class CorruptSegment extends Error { override readonly name = 'CorruptSegment' }

const columnsStart = (series: number): number => HEADER_BYTES + Math.ceil(series / 2) * 8;

export function segmentBytes(series: readonly SegmentColumns[]): number {
  return columnsStart(series.length) + series.reduce((points, { values }) => points + values.length, 0) * 24;
}

/** Writes a segment into `target`, whose start lies on a multiple of 8 in its buffer; answers the bytes taken. */
export function encodeSegment(series: readonly SegmentColumns[], target: Uint8Array): number {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  const start = columnsStart(series.length);
  const header = new Uint32Array(target.buffer, target.byteOffset, start / 4);
  header.fill(0);
  header.set([MAGIC, series.length, points, 0]);
  series.forEach(({ values }, at) => { header[4 + at] = values.length; });
  const steps = new BigInt64Array(target.buffer, target.byteOffset + start, points);
  const timestamps = new BigInt64Array(target.buffer, target.byteOffset + start + points * 8, points);
  const values = new Float64Array(target.buffer, target.byteOffset + start + points * 16, points);
  let at = 0;
  for (const columns of series) {
    steps.set(columns.steps, at);
    timestamps.set(columns.timestamps, at);
    values.set(columns.values, at);
    at += columns.values.length;
  }
  return start + points * 24;
}

/** The series of a segment, in the order of the row's `series_ids`. Fails with CorruptSegment when the bytes are not a segment of this layout. */
export function decodeSegment(data: Uint8Array): readonly SegmentColumns[] {
  if (data.length < HEADER_BYTES) throw new CorruptSegment(`A segment of ${data.length} bytes is too short.`);
  // Typed arrays need aligned memory, which a driver's buffer does not promise.
  const buffer = new Uint8Array(data).buffer;
  const [magic, series = 0, points = 0] = new Uint32Array(buffer, 0, 3);
  if (magic !== MAGIC) throw new CorruptSegment('The bytes do not begin like a segment of a known version.');
  const start = columnsStart(series);
  if (data.length !== start + points * 24) throw new CorruptSegment(`A segment of ${series} series and ${points} points has ${data.length} bytes.`);
  const lengths = new Uint32Array(buffer, HEADER_BYTES, series);
  if (lengths.reduce((sum, each) => sum + each, 0) !== points) throw new CorruptSegment('The lengths of the series do not add up.');
  const steps = new BigInt64Array(buffer, start, points);
  const timestamps = new BigInt64Array(buffer, start + points * 8, points);
  const values = new Float64Array(buffer, start + points * 16, points);
  let from = 0;
  return Array.from(lengths, (length) => {
    const to = from + length;
    const columns = { steps: steps.subarray(from, to), timestamps: timestamps.subarray(from, to), values: values.subarray(from, to) };
    from = to;
    return columns;
  });
}
