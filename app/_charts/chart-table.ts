import type { ChartSeries } from './chart-series.ts';
import { SPREAD_COLUMNS } from './spread.ts';

export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | null)[])[];
}

/** The numbers behind a chart: one row an x, one column a line, and the band's ends where there is one. Null where a line has no point at that x. */
export function chartTable(series: readonly ChartSeries[], xName: string): ChartTable {
  const columns = [xName];
  const rows = new Map<number, (number | null)[]>();
  const width = 1 + series.reduce((sum, one) => sum + (one.band === undefined ? 1 : 3), 0);
  for (const one of series) {
    const at = columns.length;
    columns.push(...columnsOf(one));
    for (const [index, x] of one.xs.entries()) {
      const row = rows.get(x) ?? [x, ...Array.from({ length: width - 1 }, () => null)];
      row[at] = orNull(one.ys[index]);
      if (one.band !== undefined) {
        row[at + 1] = orNull(one.band.lower[index]);
        row[at + 2] = orNull(one.band.upper[index]);
      }
      rows.set(x, row);
    }
  }
  return { columns, rows: [...rows.entries()].toSorted((a, b) => a[0] - b[0]).map(([, row]) => row) };
}

function columnsOf({ label, band }: ChartSeries): string[] {
  if (band === undefined) return [label];
  const { middle, lower, upper } = SPREAD_COLUMNS[band.spread ?? 'ci'];
  return [middle, lower, upper].map((name) => `${label}, ${name}`);
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** RFC 4180, with a guard: a text cell that a spreadsheet would run as a formula gets a quote in front. */
export function toCsv(table: ChartTable): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [table.columns.map(cell).join(','), ...table.rows.map((row) => row.map((value) => (value === null ? '' : String(value))).join(','))];
  return `${lines.join('\r\n')}\r\n`;
}
