'use client';

import { ErrorNote, Loading } from '../../_ui/waiting.tsx';
import type { BinaryForm, BinaryTable } from './binary-table.ts';
import { TableRows } from './table-rows.tsx';
import { useBinaryTable } from './use-binary-table.ts';

/** The first rows of a Parquet or Arrow file, its columns with their types, and how many rows there are. */
export function BinaryTableShown({ url, size, form, path }: { readonly url: string; readonly size: number; readonly form: BinaryForm; readonly path: string }) {
  const reading = useBinaryTable(url, size, form);
  if (reading.state === 'loading') return <div className="p-4"><Loading label={`Reading ${path}`} /></div>;
  if (reading.state === 'failed') return <div className="p-4"><ErrorNote title="This file could not be shown.">{reading.why}</ErrorNote></div>;
  const { columns, rows } = reading.table;
  return (
    <>
      <p className="hint p-2">{countWords(reading.table)}</p>
      <TableRows columns={columns.map(({ name }) => name)} types={columns.map(({ type }) => type)} rows={rows} path={path} />
    </>
  );
}

const count = (number: number, noun: string): string => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

function countWords({ columns, rows, total, more }: BinaryTable): string {
  const width = more > 0 ? `the first ${columns.length} of ${count(columns.length + more, 'column')}` : count(columns.length, 'column');
  if (total === null) return `The first ${count(rows.length, 'row')} of a large file, ${width}.`;
  return total > rows.length ? `The first ${rows.length} of ${count(total, 'row')}, ${width}.` : `${count(total, 'row')}, ${width}.`;
}
