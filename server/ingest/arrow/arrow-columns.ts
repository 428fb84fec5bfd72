import { badInput } from '../../../domain/refusal.ts';
import type { FlatTable } from './flat-table.ts';

// Numbers of Arrow's format: https://github.com/apache/arrow/tree/main/format, Schema.fbs.
const TYPE = { int: 2, float: 3, utf8: 5, timestamp: 10, largeUtf8: 20 } as const;
const SINGLE = 1;
const DOUBLE = 2;

/** The integers a column may hold; unsigned ones of 64 bits could not be kept. */
export type Width = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64';

/** How the column of each part of a point is written. */
export interface ArrowColumns {
  /** Names in the order of the columns: where each one's buffers stand. */
  readonly order: readonly ColumnName[];
  readonly key: { readonly offsets: 'int32' | 'int64'; readonly dictionary: { readonly id: number; readonly indexes: Width } | null };
  readonly step: Width;
  readonly timestamp: { readonly width: Width; readonly unit: TimeUnit };
  readonly value: 'float32' | 'float64';
}

const NAMES = ['key', 'step', 'timestamp', 'value'] as const;
export type ColumnName = (typeof NAMES)[number];

const UNITS = ['second', 'millisecond', 'microsecond', 'nanosecond'] as const;
export type TimeUnit = (typeof UNITS)[number];

/** Reads a schema message. Refuses what is not exactly the four columns of a point. */
export function columnsIn(schema: FlatTable): ArrowColumns {
  if (schema.short(0) !== 0) throw badInput('arrow/big-endian', 'This Arrow stream is big-endian. Send it little-endian.');
  const fields = new Map(schema.tables(1).map((field) => [field.text(0), field]));
  const unknown = [...fields.keys()].find((name) => !isName(name));
  if (unknown !== undefined) throw badInput('stream/unknown-column', `The column ${JSON.stringify(unknown.slice(0, 100))} is unknown: a point has key, step, timestamp and value.`);
  const field = (name: ColumnName): FlatTable => {
    const found = fields.get(name);
    if (!found) throw badInput('arrow/missing-column', `The column "${name}" is missing: a point has key, step, timestamp and value.`);
    return found;
  };
  return { key: keyOf(field('key')), step: wholeOf('step', field('step')), timestamp: timestampOf(field('timestamp')), value: valueOf(field('value')), order: [...fields.keys()].filter(isName) };
}

const isName = (name: string): name is ColumnName => (NAMES as readonly string[]).includes(name);

function keyOf(field: FlatTable): ArrowColumns['key'] {
  const type = field.byte(2);
  if (type !== TYPE.utf8 && type !== TYPE.largeUtf8) throw wrongType('key', 'utf8, large_utf8, or a dictionary of either');
  const encoding = field.table(4);
  return {
    offsets: type === TYPE.utf8 ? 'int32' : 'int64',
    // An index without a type of its own is an int32.
    dictionary: encoding && { id: encoding.long(0), indexes: encoding.table(1) ? widthOf('key', encoding.table(1)) : 'int32' },
  };
}

function wholeOf(name: ColumnName, field: FlatTable): Width {
  if (field.byte(2) !== TYPE.int || field.table(4)) throw wrongType(name, 'a plain integer of up to 64 bits, signed where it has 64');
  return widthOf(name, field.table(3));
}

function widthOf(name: ColumnName, int: FlatTable | null): Width {
  const width = `${int && int.byte(1) === 1 ? '' : 'u'}int${int?.int(0) ?? 0}`;
  if (!['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64'].includes(width)) throw wrongType(name, 'a plain integer of up to 64 bits, signed where it has 64');
  return width as Width;
}

function timestampOf(field: FlatTable): ArrowColumns['timestamp'] {
  if (field.byte(2) !== TYPE.timestamp) return { width: wholeOf('timestamp', field), unit: 'millisecond' };
  return { width: 'int64', unit: UNITS[field.table(3)?.short(0) ?? 0] ?? 'second' };
}

function valueOf(field: FlatTable): ArrowColumns['value'] {
  const precision = field.byte(2) === TYPE.float ? field.table(3)?.short(0) ?? 0 : -1;
  if (precision === SINGLE) return 'float32';
  if (precision === DOUBLE) return 'float64';
  throw wrongType('value', 'float32 or float64');
}

const wrongType = (name: ColumnName, types: string) => badInput('arrow/wrong-type', `The column "${name}" must be ${types}.`);
