interface TableRowsProps {
  readonly columns: readonly string[];
  /** Said below each name, where a file says them. */
  readonly types?: readonly string[] | undefined;
  readonly rows: readonly (readonly unknown[])[];
  readonly path: string;
}

/** A table that scrolls within itself; columns of numbers stand by their digits. */
export function TableRows({ columns, types, rows, path }: TableRowsProps) {
  const isNumber = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '' && Number.isFinite(Number(value)));
  const numeric = columns.map((_, column) => rows.length > 0 && rows.every((row) => isNumber(row[column]) || row[column] === '' || row[column] === null));
  return (
    <div className="tw" tabIndex={0} role="region" aria-label={`Table ${path}`}>
      <table className="tb compact">
        <thead><tr>{columns.map((column, index) => <th key={`${index}${column}`} className={numeric[index] ? 'num' : undefined}>{column}{types?.[index] !== undefined && <span className="th-type">{types[index]}</span>}</th>)}</tr></thead>
        <tbody>{rows.map((row, at) => <tr key={at}>{columns.map((column, index) => <td key={`${index}${column}`} className={numeric[index] ? 'num' : 'mono text-12'}>{cellText(row[index])}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
