/** The first rows of a table that is kept in a binary form, as text. */
export interface BinaryTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** A cell is null where there is no value. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Null where only reading all of a large file would tell. */
  readonly total: number | null;
  /** Columns beyond those that are shown. */
  readonly more: number;
}

export type BinaryForm = 'parquet' | 'arrow';

/** A file of which parts are read; both are in bytes, the end exclusive. */
export interface FileParts {
  readonly size: number;
  read(start: number, end: number): Promise<ArrayBuffer>;
}

export const MOST_ROWS = 200;
/** A table wider than this is shown in part: each column of a file costs requests of its own. */
export const MOST_COLUMNS = 100;
const MOST_CHARACTERS = 300;

/** What a cell shows. */
export function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = textOf(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function textOf(value: NonNullable<unknown>): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString().replace('T00:00:00.000Z', '');
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  return typeof value === 'object' ? JSON.stringify(value, inside) : `${value as number | bigint | boolean}`;
}

function inside(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? `${value.byteLength} bytes` : value;
}
