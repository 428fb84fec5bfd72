'use client';

import { useMemo } from 'react';
import type { ChartSeries } from './chart-series.ts';
import { chartTable } from './chart-table.ts';
import { valueText } from './number-words.ts';

const MOST_ROWS = 500;

interface ChartDataTableProps {
  readonly title: string;
  readonly xName: string;
  readonly series: readonly ChartSeries[];
  /** Whether the CSV file holds more than is drawn: every point that was logged. */
  readonly everyPoint?: boolean;
}

/** The points that the chart draws. Beyond 500 rows the rest is in the CSV, and the table says so. */
export function ChartDataTable({ title, xName, series, everyPoint = false }: ChartDataTableProps) {
  const table = useMemo(() => chartTable(series, xName), [series, xName]);
  return (
    <div className="lc-data" tabIndex={0} role="region" aria-label={`Values of ${title}`}>
      <table className="tb compact">
        <thead><tr>{table.columns.map((column) => <th key={column} className="num">{column}</th>)}</tr></thead>
        <tbody>
          {table.rows.slice(0, MOST_ROWS).map((row) => (
            <tr key={row[0]}>{row.map((value, index) => <td key={table.columns[index]} className="num">{value === null ? '–' : valueText(value, 6)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > MOST_ROWS && <p className="hint" style={{ padding: '8px 0' }}>The first {MOST_ROWS} of {table.rows.length} rows that are drawn. The CSV file holds {everyPoint ? 'every point that was logged' : 'all that are drawn'}.</p>}
    </div>
  );
}
