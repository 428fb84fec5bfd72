import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** number: right-aligned mono. interval: the glyph fills the cell. */
  readonly kind?: 'text' | 'number' | 'interval';
  /** Leaves at 1100 px, or at 820 px. */
  readonly leaves?: 'wide' | 'narrow';
  readonly width?: string;
}

interface DataTableProps<Row> {
  /** Says what the table holds; names its scrolling region, as "Table: …". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Ink rules above and below: this table carries a finding. */
  readonly finding?: boolean;
  readonly rowClass?: (row: Row) => string | undefined;
}

const KINDS = { text: '', number: 'num', interval: 'ivt' } as const;

const classOf = <Row,>(column: Column<Row>): string =>
  [KINDS[column.kind ?? 'text'], column.leaves === 'narrow' ? 'p2' : column.leaves === 'wide' ? 'p2 p3' : ''].filter(Boolean).join(' ');

/** A table in its own scrolling box, so that the page never scrolls sideways. */
export function DataTable<Row>({ label, columns, rows, rowKey, finding = false, rowClass }: DataTableProps<Row>) {
  return (
    <div className="tw" tabIndex={0} role="region" aria-label={`Table: ${label}`}>
      <table className={finding ? 'tb bk' : 'tb'}>
        <thead><tr>{columns.map((column) => <th key={column.key} scope="col" className={classOf(column)} style={column.width ? { width: column.width } : undefined}>{column.head}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <tr key={rowKey(row)} className={rowClass?.(row)}>{columns.map((column) => <td key={column.key} className={classOf(column)}>{column.cell(row)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
