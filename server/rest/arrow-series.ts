import { AsyncByteQueue, Dictionary, Field, Float64, Int32, Int64, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct, TimestampMillisecond, Utf8, vectorFromArray } from 'apache-arrow';
import type { RunSeries } from '../../operations/ports/metric-store.ts';

/** Points a record batch holds at least, but for the last one. */
const BATCH_POINTS = 65_536;

/** A column as long as this is sent as it lies in memory; what is shorter is sent together. */
const LONG_BYTES = 16_384;

/** What the writer wrote since it was last taken. The library's own queue would grow as long as nobody reads. */
class Taken extends AsyncByteQueue {
  #pieces: Uint8Array[] = [];
  #short: Uint8Array[] = [];
  override write(chunk: Uint8Array): void {
    if (chunk.length < LONG_BYTES) {
      this.#short.push(chunk);
      return;
    }
    this.#join();
    this.#pieces.push(chunk);
  }
  take(): readonly Uint8Array[] {
    this.#join();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }
  #join(): void {
    if (this.#short.length > 0) this.#pieces.push(Buffer.concat(this.#short));
    this.#short = [];
  }
}

interface Names { readonly runs: readonly string[]; readonly keys: readonly string[] }

/** Series as an Arrow IPC stream, made as it is read: columns run and key as dictionaries, step, timestamp and value. Every run and key there may be is named beforehand. */
export async function* arrowStream(series: AsyncIterable<RunSeries>, names: Names): AsyncGenerator<Uint8Array> {
  const table = new SeriesTable(names);
  const sink = new Taken();
  const writer = new RecordBatchStreamWriter<Columns>();
  writer.reset(sink, table.schema);
  let waiting: RunSeries[] = [];
  let points = 0;
  for await (const each of series) {
    waiting.push(each);
    points += each.columns.values.length;
    if (points < BATCH_POINTS) continue;
    writer.write(table.batch(waiting));
    waiting = [];
    points = 0;
    yield* sink.take();
  }
  if (points > 0) writer.write(table.batch(waiting));
  writer.finish();
  yield* sink.take();
}

// A type, not an interface: the library asks for an index signature, which only types have by themselves.
type Columns = { run: Dictionary<Utf8, Int32>; key: Dictionary<Utf8, Int32>; step: Int64; timestamp: TimestampMillisecond; value: Float64 };

/** The columns, and how series become rows of them. */
class SeriesTable {
  readonly #types: Columns = { run: new Dictionary(new Utf8(), new Int32(), 0), key: new Dictionary(new Utf8(), new Int32(), 1), step: new Int64(), timestamp: new TimestampMillisecond('UTC'), value: new Float64() };
  readonly schema = new Schema<Columns>(Object.entries(this.#types).map(([name, type]) => new Field(name, type, false)));
  readonly #runs: NamesColumn;
  readonly #keys: NamesColumn;

  constructor({ runs, keys }: Names) {
    this.#runs = namesColumn(runs);
    this.#keys = namesColumn(keys);
  }

  batch(series: readonly RunSeries[]): RecordBatch<Columns> {
    const length = series.reduce((sum, { columns }) => sum + columns.values.length, 0);
    const [run, key, step, timestamp, value] = [new Int32Array(length), new Int32Array(length), new BigInt64Array(length), new BigInt64Array(length), new Float64Array(length)];
    let at = 0;
    for (const { runId, columns } of series) {
      const end = at + columns.values.length;
      run.fill(this.#runs.places.get(runId) ?? 0, at, end);
      key.fill(this.#keys.places.get(columns.key) ?? 0, at, end);
      step.set(columns.steps, at);
      timestamp.set(columns.timestamps, at);
      value.set(columns.values, at);
      at = end;
    }
    const of = { length, nullCount: 0 };
    const children = [
      makeData({ ...of, type: this.#types.run, data: run, dictionary: this.#runs.dictionary }),
      makeData({ ...of, type: this.#types.key, data: key, dictionary: this.#keys.dictionary }),
      makeData({ ...of, type: this.#types.step, data: step }),
      makeData({ ...of, type: this.#types.timestamp, data: timestamp }),
      makeData({ ...of, type: this.#types.value, data: value }),
    ];
    return new RecordBatch<Columns>(this.schema, makeData({ ...of, type: new Struct<Columns>(this.schema.fields), children }));
  }
}

const namesColumn = (names: readonly string[]) => ({ places: new Map(names.map((name, at) => [name, at])), dictionary: vectorFromArray([...names], new Utf8()) });
type NamesColumn = ReturnType<typeof namesColumn>;
