import { CompressionType, compressionRegistry, DataType, RecordBatchReader, type Field, type RecordBatch } from 'apache-arrow';
import { decompress } from 'fzstd';
import { cellOf, MOST_COLUMNS, MOST_ROWS, type BinaryTable, type FileParts } from './binary-table.ts';
import { readLz4Frame } from './lz4-frame.ts';

/** A file up to here is read to its end, so that its rows are counted; of a larger one no more than the first rows. */
const COUNTED_BYTES = 32 * 1024 * 1024;
const PIECE = 1024 * 1024;
const MOST_UNPACKED = 256 * 1024 * 1024;

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => readLz4Frame(data, MOST_UNPACKED) });
// In a buffer of its own, whose numbers lie where numbers must.
compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => decompress(data).slice() });

/** Reads an Arrow file (Feather) or stream from its beginning. Rejects where it is neither, or damaged. */
export async function arrowTable(parts: FileParts): Promise<BinaryTable> {
  const isCounted = parts.size <= COUNTED_BYTES;
  const reader = await (await RecordBatchReader.from(messagesOf(parts))).open();
  const { fields } = reader.schema;
  const shown: RecordBatch[] = [];
  let rows = 0;
  for await (const batch of reader) {
    if (rows < MOST_ROWS) shown.push(batch);
    rows += batch.numRows;
    if (rows >= MOST_ROWS && !isCounted) {
      await reader.cancel();
      return told(fields, shown, null);
    }
  }
  return told(fields, shown, rows);
}

type Fields = readonly Pick<Field, 'name' | 'type'>[];

function told(fields: Fields, batches: readonly RecordBatch[], total: number | null): BinaryTable {
  const columns = fields.slice(0, MOST_COLUMNS);
  const rows: (string | null)[][] = [];
  for (const batch of batches) {
    const vectors = columns.map(({ type }, at) => ({ type, vector: batch.getChildAt(at) }));
    for (let row = 0; row < batch.numRows && rows.length < MOST_ROWS; row += 1) rows.push(vectors.map(({ type, vector }) => cellOf(valueIn(type, vector?.get(row)))));
  }
  return { columns: columns.map(({ name, type }) => ({ name, type: nameOf(type) })), rows, total, more: fields.length - columns.length };
}

const nameOf = (type: DataType): string => (DataType.isDecimal(type) ? `decimal(${type.precision}, ${type.scale})` : textOf(type).toLowerCase().replace(/^utf8$/, 'string').replace(/^dictionary<.*$/, 'dictionary'));

/** The package tells moments as milliseconds, and decimals without their point. */
function valueIn(type: DataType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (DataType.isDecimal(type)) return withPoint(textOf(value), type.scale);
  if (typeof value === 'number' && (DataType.isTimestamp(type) || DataType.isDate(type))) return new Date(value);
  return typeof value === 'object' && 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

const textOf = (named: { toString(): string }): string => named.toString();

function withPoint(digits: string, scale: number): string {
  if (scale <= 0) return digits;
  const [sign, all] = digits.startsWith('-') ? ['-', digits.slice(1)] : ['', digits];
  const padded = all.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

const FILE_MAGIC = 'ARROW1';

/** A file holds the same messages as a stream, between eight bytes that say what it is and a footer that says where each lies: it is read as a stream, so that nothing behind the first rows is fetched. */
async function* messagesOf({ size, read }: FileParts): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < size; start += PIECE) {
    const piece = new Uint8Array(await read(start, Math.min(size, start + PIECE)));
    yield start === 0 && new TextDecoder().decode(piece.subarray(0, FILE_MAGIC.length)) === FILE_MAGIC ? piece.subarray(8) : piece;
  }
}
