import { endianness } from 'node:os';
import { badInput } from '../../domain/refusal.ts';
import type { MetricColumns } from '../../operations/ports/metric-store.ts';
import type { ByteReader } from './byte-reader.ts';
import { MOST_BYTES, MOST_POINTS, MOST_SERIES, type GivenBatch } from './given-batch.ts';

const MAGIC = 0x01_43_4d_4c;
const HEADER_BYTES = 16;

if (endianness() !== 'LE') throw new Error('Packed columns are read as little-endian typed arrays; this machine is big-endian.');

/**
 * application/vnd.lemma.columns: frames, one after another. Little-endian; a frame is one number of its stream.
 *
 *     offset  size         what
 *     0       4            "LMC" and the layout's version, 1
 *     4       4            number of series, u32
 *     8       4            number of points of all series, u32
 *     12      4            bytes of all names, u32
 *     16      4 a series   points of each series, u32
 *     …       4 a series   bytes of each series' name, u32
 *     …       1 a byte     names in UTF-8, one behind the other; then zeros up to a multiple of 8 from the frame's begin
 *     …       8 a point    steps, int64, series after series
 *     …       8 a point    timestamps in epoch milliseconds, int64
 *     …       8 a point    values, float64
 *
 * The points are not copied: each frame's columns are views of its own memory.
 */
export async function* packedBatches(reader: ByteReader): AsyncGenerator<GivenBatch> {
  while (await reader.hasMore()) {
    const header = headerOf(await reader.exactly(HEADER_BYTES));
    const start = columnsStart(header);
    const rest = await reader.exactly(start - HEADER_BYTES + header.points * 24);
    yield { series: seriesIn(rest, start - HEADER_BYTES, header), numbers: 1, bytes: reader.handOver() };
  }
}

interface Header { readonly series: number; readonly points: number; readonly nameBytes: number }

const columnsStart = ({ series, nameBytes }: Header): number => Math.ceil((HEADER_BYTES + series * 8 + nameBytes) / 8) * 8;

function headerOf(bytes: Uint8Array): Header {
  const [magic, series = 0, points = 0, nameBytes = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4);
  if (magic !== MAGIC) throw malformed('A frame does not begin with "LMC" and the version 1.');
  if (series > MOST_SERIES || points > MOST_POINTS) throw badInput('stream/too-large', `A frame may hold ${MOST_SERIES} series and ${MOST_POINTS} points; this one says ${series} and ${points}. Send more and smaller ones.`);
  if (nameBytes > MOST_BYTES / 2) throw badInput('stream/too-large', `The names of a frame may have ${MOST_BYTES / 2} bytes; this one says ${nameBytes}.`);
  return { series, points, nameBytes };
}

function seriesIn(bytes: Uint8Array, start: number, { series, points, nameBytes }: Header): readonly MetricColumns[] {
  const lengths = new Uint32Array(bytes.buffer, 0, series);
  const nameLengths = new Uint32Array(bytes.buffer, series * 4, series);
  if (sum(lengths) !== points) throw malformed(`The series of a frame have ${sum(lengths)} points, and the frame says ${points}.`);
  if (sum(nameLengths) !== nameBytes) throw malformed(`The names of a frame have ${sum(nameLengths)} bytes, and the frame says ${nameBytes}.`);
  const steps = new BigInt64Array(bytes.buffer, start, points);
  const timestamps = new BigInt64Array(bytes.buffer, start + points * 8, points);
  const values = new Float64Array(bytes.buffer, start + points * 16, points);
  const text = new TextDecoder('utf-8', { fatal: true });
  let [from, nameAt] = [0, series * 8];
  return Array.from(lengths, (length, at) => {
    const [to, nameEnd] = [from + length, nameAt + (nameLengths[at] ?? 0)];
    const columns = { key: nameIn(text, bytes.subarray(nameAt, nameEnd)), steps: steps.subarray(from, to), timestamps: timestamps.subarray(from, to), values: values.subarray(from, to) };
    [from, nameAt] = [to, nameEnd];
    return columns;
  });
}

function nameIn(text: TextDecoder, bytes: Uint8Array): string {
  try {
    return text.decode(bytes);
  } catch {
    throw malformed('The name of a metric is not UTF-8.');
  }
}

const sum = (numbers: Uint32Array): number => numbers.reduce((total, each) => total + each, 0);
const malformed = (message: string) => badInput('stream/malformed', message);
