import { decompress } from 'fzstd';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type Compressors, type FileMetaData, type SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js';
import { gunzip } from 'hyparquet-compressors/src/gzip.js';
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js';
import { cellOf, MOST_COLUMNS, MOST_ROWS, type BinaryTable, type FileParts } from './binary-table.ts';

/** A page holds a megabyte at most where nobody asked for more, and a column begins with its dictionary: two of them. */
const FIRST_PAGES = 2 * 1024 * 1024 + 64 * 1024;
/** Where the first pages were not enough; beyond it a column is not read for the sake of a glance. */
const MOST_BYTES = 32 * 1024 * 1024;
const LIMITS: Limits = { first: FIRST_PAGES, most: MOST_BYTES };
/** What a page says it holds is believed up to here. */
const MOST_UNPACKED = 256 * 1024 * 1024;
const FOOTER = 64 * 1024;

/** One by one and not the package's own list, which makes a WebAssembly program that our pages do not allow to run. */
const COMPRESSORS: Compressors = {
  ZSTD: (input) => decompress(input),
  GZIP: (input, length) => gunzip(input, new Uint8Array(sane(length))),
  BROTLI: (input, length) => decompressBrotli(input, sane(length)),
  LZ4: (input, length) => decompressLz4(input, sane(length)),
  LZ4_RAW: (input, length) => decompressLz4Raw(input, sane(length)),
};

function sane(length: number): number {
  if (length > MOST_UNPACKED) throw new Error(`a page says that it holds ${length} bytes`);
  return length;
}

/** How many bytes of a column are read at first, and at most. */
interface Limits { readonly first: number; readonly most: number }

/** Reads the footer and, of each column, the first pages: two megabytes a column, however large the file is. Rejects where it is no Parquet file, or a damaged one. */
export async function parquetTable(parts: FileParts, limits = LIMITS): Promise<BinaryTable> {
  const file: AsyncBuffer = { byteLength: parts.size, slice: (start, end = parts.size) => parts.read(start, end) };
  const metadata = await parquetMetadataAsync(file, { initialFetchSize: FOOTER, geoparquet: false });
  const all = parquetSchema(metadata).children;
  const shown = all.slice(0, MOST_COLUMNS);
  const columns = await Promise.all(shown.map((column) => firstValues(parts, limits, { metadata, name: column.element.name, wanted: Math.min(MOST_ROWS, Number(metadata.num_rows)) })));
  const length = Math.max(0, ...columns.map((values) => values.length));
  return {
    columns: shown.map((column) => ({ name: column.element.name, type: typeOf(column) })), rows: Array.from({ length }, (_, row) => columns.map((values) => cellOf(values[row]))),
    total: Number(metadata.num_rows), more: all.length - shown.length,
  };
}

/** The first rows of one column; from its first pages, and from more of it where those hold no whole page, or fewer rows than are shown. */
async function firstValues(parts: FileParts, limits: Limits, wanted: Wanted): Promise<readonly unknown[]> {
  const first = await valuesWithin(parts, limits.first, wanted);
  return !first.isCut || first.values.length >= wanted.wanted ? first.values : (await valuesWithin(parts, limits.most, wanted)).values;
}

interface Wanted { readonly metadata: FileMetaData; readonly name: string; readonly wanted: number }

async function valuesWithin(parts: FileParts, most: number, { metadata, name, wanted }: Wanted): Promise<{ readonly values: readonly unknown[]; readonly isCut: boolean }> {
  let isCut = false;
  // The reader asks for a column whole. It reads on from page to page while there are any, so pages left out at the end are rows left out.
  const slice = async (start: number, end = parts.size): Promise<ArrayBuffer> => {
    if (end - start <= most) return parts.read(start, end);
    isCut = true;
    return wholePages(await parts.read(start, start + most));
  };
  const file: AsyncBuffer = { byteLength: parts.size, slice };
  try {
    const rows = await parquetReadObjects({ file, metadata, columns: [name], rowStart: 0, rowEnd: wanted, compressors: COMPRESSORS, geoparquet: false });
    const values = rows.map((row) => row[name]);
    return { isCut, values: isCut ? values.slice(0, values.findLastIndex((value) => value !== undefined) + 1) : values };
  } catch (problem) {
    if (!isCut) throw problem;
    return { isCut, values: [] };
  }
}

/** The beginning of a column up to the last page that is all there. */
function wholePages(bytes: ArrayBuffer): ArrayBuffer {
  const reader = { view: new DataView(bytes), offset: 0 };
  let end = 0;
  try {
    while (reader.offset < bytes.byteLength) {
      // The header moves the reader on by itself first.
      const { compressed_page_size: pageBytes } = parquetHeader(reader);
      reader.offset += pageBytes;
      if (reader.offset <= bytes.byteLength) end = reader.offset;
    }
  } catch {
    // A page's own header is cut.
  }
  return bytes.slice(0, end);
}

function typeOf({ element, children }: SchemaTree): string {
  const { logical_type: logical, converted_type: converted, type } = element;
  if (logical?.type === 'DECIMAL') return `decimal(${logical.precision}, ${logical.scale})`;
  if (logical?.type === 'INTEGER') return `${logical.isSigned ? '' : 'u'}int${logical.bitWidth}`;
  const named = logical?.type ?? converted ?? (children.length > 0 ? 'STRUCT' : type) ?? 'unknown';
  return NAMES[named] ?? named.toLowerCase();
}

const NAMES: Readonly<Record<string, string>> = { UTF8: 'string', BYTE_ARRAY: 'bytes', FIXED_LEN_BYTE_ARRAY: 'bytes', INT96: 'timestamp', TIMESTAMP_MILLIS: 'timestamp', TIMESTAMP_MICROS: 'timestamp' };
