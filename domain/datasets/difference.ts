import { columnsOf, type Column } from './columns.ts';

export const COLUMN_CHANGES = ['ADDED', 'REMOVED', 'RETYPED', 'SAME'] as const;
export type ColumnChange = (typeof COLUMN_CHANGES)[number];

/** One version of a dataset, as it is compared. */
export interface ComparedVersion {
  readonly digest: string;
  readonly meaning: string | null;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly rows: number | null;
  readonly bytes: number | null;
}

export interface ColumnDifference {
  readonly name: string;
  readonly change: ColumnChange;
  readonly from: Column | null;
  readonly to: Column | null;
}

export const CONTENTS = ['SAME_BYTES', 'SAME_ROWS', 'OTHER'] as const;
export interface DatasetDifference {
  /** SAME_ROWS: written otherwise, and the rows are the same. */
  readonly content: (typeof CONTENTS)[number];
  /** Null where one of them is not known. */
  readonly rows: number | null;
  readonly bytes: number | null;
  /** What changed first, then those that are the same, each in the order of the later version. Null where a version names no columns. */
  readonly columns: readonly ColumnDifference[] | null;
}

/** What changed from one version of a dataset to another, as far as it was captured. A column that has another name is another column: nothing says that it was renamed. */
export function datasetDifference(from: ComparedVersion, to: ComparedVersion): DatasetDifference {
  const [before, after] = [columnsOf(from), columnsOf(to)];
  return {
    content: from.digest === to.digest ? 'SAME_BYTES' : from.meaning !== null && from.meaning === to.meaning ? 'SAME_ROWS' : 'OTHER',
    rows: less(to.rows, from.rows),
    bytes: less(to.bytes, from.bytes),
    columns: before === null || after === null ? null : columnDifferences(before, after),
  };
}

const less = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : one - other);

function columnDifferences(before: readonly Column[], after: readonly Column[]): readonly ColumnDifference[] {
  const [was, is] = [byName(before), byName(after)];
  const kept = [...is.values()].map((to): ColumnDifference => {
    const from = was.get(to.name) ?? null;
    return { name: to.name, change: from === null ? 'ADDED' : from.type === to.type ? 'SAME' : 'RETYPED', from, to };
  });
  const gone = [...was.values()].filter(({ name }) => !is.has(name)).map((from): ColumnDifference => ({ name: from.name, change: 'REMOVED', from, to: null }));
  const all = [...kept, ...gone];
  return COLUMN_CHANGES.flatMap((change) => all.filter((column) => column.change === change));
}

/** Of two columns of one name, which a file may have, the first. */
function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  const named = new Map<string, Column>();
  for (const column of columns) if (!named.has(column.name)) named.set(column.name, column);
  return named;
}
