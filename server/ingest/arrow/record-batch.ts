import { badInput } from '../../../domain/refusal.ts';
import type { MetricColumns } from '../../../operations/ports/metric-store.ts';
import { MOST_POINTS, MOST_SERIES } from '../given-batch.ts';
import type { ArrowColumns, ColumnName, TimeUnit, Width } from './arrow-columns.ts';
import type { FlatTable } from './flat-table.ts';

type Numbers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** The part of a record batch's message that says where its buffers lie, with the bytes they lie in. */
interface Body {
  readonly rows: number;
  readonly bytes: Uint8Array;
  readonly buffers: readonly (readonly [offset: number, length: number])[];
}

function bodyOf(batch: FlatTable, bytes: Uint8Array, columns: number): Body {
  const rows = batch.long(0);
  if (rows < 0 || rows > MOST_POINTS) throw badInput('stream/too-large', `A record batch may hold ${MOST_POINTS} rows; this one says ${rows}. Send more and smaller ones.`);
  if (batch.table(3)) throw badInput('arrow/compressed', 'This record batch is compressed. Send it without compression.');
  const nodes = batch.pairs(1);
  if (nodes.length !== columns || nodes.some(([length]) => length !== rows)) throw malformed('The columns of a record batch are not those of its schema, or differ in length.');
  if (nodes.some(([, nulls]) => nulls !== 0)) throw badInput('arrow/null', 'A record batch has nulls. Every point has a key, a step, a timestamp and a value; leave the others out.');
  return { rows, bytes, buffers: batch.pairs(2) };
}

/** One buffer as numbers; a copy only where it is not aligned. */
function view<Column>(Type: { new (buffer: ArrayBufferLike, from: number, length: number): Column; readonly BYTES_PER_ELEMENT: number }, { bytes, buffers }: Body, index: number, length: number): Column {
  const [offset = 0, size = 0] = buffers[index] ?? [];
  const wanted = length * Type.BYTES_PER_ELEMENT;
  if (offset < 0 || size < wanted || offset + wanted > bytes.length) throw malformed('A buffer of a record batch is shorter than its column, or lies outside of the batch.');
  const start = bytes.byteOffset + offset;
  return start % Type.BYTES_PER_ELEMENT === 0 ? new Type(bytes.buffer, start, length) : new Type(bytes.slice(offset, offset + wanted).buffer, 0, length);
}

const NUMBERS = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array, uint32: Uint32Array } as const;

function whole(width: Width, body: Body, index: number): BigInt64Array {
  return width === 'int64' ? view(BigInt64Array, body, index, body.rows) : BigInt64Array.from(numbers(width, body, index), BigInt);
}

const numbers = (width: Exclude<Width, 'int64'>, body: Body, index: number): Numbers => view<Numbers>(NUMBERS[width], body, index, body.rows);

/** Texts of a column, or of a dictionary. `first` is the place of its buffers: validity, offsets, characters. */
function texts(offsets: 'int32' | 'int64', body: Body, first: number): readonly string[] {
  const ends = offsets === 'int32' ? Array.from(view(Int32Array, body, first + 1, body.rows + 1)) : Array.from(view(BigInt64Array, body, first + 1, body.rows + 1), Number);
  const characters = view(Uint8Array, body, first + 2, body.buffers[first + 2]?.[1] ?? 0);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const known = new Map<string, string>();
  return Array.from({ length: body.rows }, (_, row) => {
    const [from = 0, to = 0] = [ends[row], ends[row + 1]];
    if (from < 0 || to < from || to > characters.length) throw malformed('The texts of a column lie outside of it.');
    const bytes = characters.subarray(from, to);
    // Most rows repeat a name: looking it up by its bytes is cheaper than decoding it.
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const text = known.get(raw) ?? decoder.decode(bytes);
    known.set(raw, text);
    return text;
  });
}

/** A dictionary batch: the names that record batches name by number. */
export function dictionaryIn(batch: FlatTable | null, bytes: Uint8Array, { key }: ArrowColumns): readonly string[] {
  if (!batch) throw malformed('A dictionary batch holds none.');
  const body = bodyOf(batch, bytes, 1);
  if (body.rows > MOST_SERIES) throw badInput('stream/too-large', `A dictionary may hold ${MOST_SERIES} keys; this one has ${body.rows}.`);
  return texts(key.offsets, body, 0);
}

/** The points of a record batch, a metric after the other, rows of each in the order they came. */
export function seriesIn(batch: FlatTable, bytes: Uint8Array, columns: ArrowColumns, dictionary: readonly string[]): readonly MetricColumns[] {
  const body = bodyOf(batch, bytes, columns.order.length);
  const place = new Map<ColumnName, number>();
  columns.order.reduce((at, name) => { place.set(name, at); return at + (name === 'key' && !columns.key.dictionary ? 3 : 2); }, 0);
  const at = (name: ColumnName): number => place.get(name) ?? 0;
  const { names, codes } = keysOf(columns, body, at('key'), dictionary);
  const steps = whole(columns.step, body, at('step') + 1);
  const timestamps = inMilliseconds(whole(columns.timestamp.width, body, at('timestamp') + 1), columns.timestamp.unit);
  const values = columns.value === 'float64' ? view(Float64Array, body, at('value') + 1, body.rows) : Float64Array.from(view(Float32Array, body, at('value') + 1, body.rows));
  return grouped(names, codes, { steps, timestamps, values });
}

function keysOf({ key }: ArrowColumns, body: Body, at: number, dictionary: readonly string[]): { readonly names: readonly string[]; readonly codes: Uint32Array } {
  if (key.dictionary) {
    const { indexes } = key.dictionary;
    const codes = Uint32Array.from(indexes === 'int64' ? Array.from(whole(indexes, body, at + 1), Number) : numbers(indexes, body, at + 1));
    if (codes.some((code) => code >= dictionary.length)) throw malformed('A record batch names a key that its dictionary does not hold.');
    return { names: dictionary, codes };
  }
  const found = new Map<string, number>();
  const codes = Uint32Array.from(texts(key.offsets, body, at), (name) => {
    const code = found.get(name) ?? found.size;
    found.set(name, code);
    return code;
  });
  return { names: [...found.keys()], codes };
}

/** Puts the rows of each key together, by counting. */
function grouped(names: readonly string[], codes: Uint32Array, { steps, timestamps, values }: Omit<MetricColumns, 'key'>): readonly MetricColumns[] {
  const starts = new Uint32Array(names.length + 1);
  for (const code of codes) starts[code + 1] = (starts[code + 1] ?? 0) + 1;
  for (let code = 1; code <= names.length; code += 1) starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0);
  const to = { steps: new BigInt64Array(codes.length), timestamps: new BigInt64Array(codes.length), values: new Float64Array(codes.length) };
  const next = starts.slice();
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? 0;
    const at = next[code] ?? 0;
    next[code] = at + 1;
    to.steps[at] = steps[row] ?? 0n;
    to.timestamps[at] = timestamps[row] ?? 0n;
    to.values[at] = values[row] ?? 0;
  }
  return names.flatMap((key, code) => {
    const [from, end] = [starts[code] ?? 0, starts[code + 1] ?? 0];
    return from === end ? [] : [{ key, steps: to.steps.subarray(from, end), timestamps: to.timestamps.subarray(from, end), values: to.values.subarray(from, end) }];
  });
}

const PER_MILLISECOND = { second: 1n, millisecond: 1n, microsecond: 1000n, nanosecond: 1_000_000n } as const;

function inMilliseconds(timestamps: BigInt64Array, unit: TimeUnit): BigInt64Array {
  if (unit === 'millisecond') return timestamps;
  if (unit !== 'second') return timestamps.map((timestamp) => timestamp / PER_MILLISECOND[unit]);
  return timestamps.map((timestamp) => {
    const milliseconds = timestamp * 1000n;
    if (BigInt.asIntN(64, milliseconds) !== milliseconds) throw badInput('metric/timestamp-out-of-range', `The timestamp ${timestamp} s does not fit in 64 bits of milliseconds.`);
    return milliseconds;
  });
}

const malformed = (message: string) => badInput('stream/malformed', message);
