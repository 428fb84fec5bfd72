'use client';

import { useState, type ReactNode } from 'react';
import { DataTable } from '../../_ui/data-table.tsx';
import { Empty } from '../../_ui/waiting.tsx';

type Row = { readonly key: string; readonly value: string };

/** All of a list of keys and values, with a filter over both. Rows that differ from the baseline carry the wash and the old value. */
export function KeyValueTable({ label, rows, changed, mark }: { readonly label: string; readonly rows: readonly Row[]; readonly changed: ReadonlyMap<string, string | null>; /** Stands behind the key: its threads. */ readonly mark?: (key: string) => ReactNode }) {
  const [filter, setFilter] = useState('');
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter((row) => words.every((word) => `${row.key} ${row.value}`.toLowerCase().includes(word)));
  if (rows.length === 0) return <Empty fact={`${label}: nothing was logged.`} />;
  return (
    <div className="grid gap-2">
      {rows.length > 8 && <input className="field fq" type="search" placeholder={`Filter ${label.toLowerCase()}`} aria-label={`Filter ${label.toLowerCase()}`} value={filter} onChange={(event) => setFilter(event.target.value)} />}
      <DataTable<Row>
        label={label}
        rows={shown}
        rowKey={(row) => row.key}
        rowClass={(row) => (changed.has(row.key) ? 'me' : undefined)}
        columns={[
          { key: 'key', head: 'key', cell: (row) => <span className="row"><span className="mono">{row.key}</span>{mark?.(row.key)}</span>, width: '34%' },
          { key: 'value', head: 'value', cell: (row) => <KeyValue row={row} was={changed.get(row.key)} /> },
        ]}
      />
      {shown.length === 0 && <p className="text-ink-3">Nothing holds “{filter}”.</p>}
    </div>
  );
}

function KeyValue({ row, was }: { readonly row: Row; readonly was: string | null | undefined }) {
  const value = <span className="mono" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{row.value === '' ? <span className="text-ink-3">empty</span> : row.value}</span>;
  if (was === undefined) return value;
  return <span><span className="mono text-ink-3">{was ?? 'unset'} →</span> <b className="font-medium">{value}</b> <span className="vh">differs from the baseline</span></span>;
}
