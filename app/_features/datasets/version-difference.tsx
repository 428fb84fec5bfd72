'use client';

import { useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable, type Column } from '../../_ui/data-table.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { count, formatBytes, formatNumber } from '../../_ui/numbers.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { Fact } from '../runs/fact.tsx';
import { DifferenceQuery, type ColumnRow, type Difference } from './dataset-documents.ts';
import { known } from './dataset-words.tsx';
import { SketchGlyph, sketchText } from './sketch-glyph.tsx';

/** What changed from one version to the other: the sentence, then the numbers, then each column. */
export function VersionDifference({ of, from, to }: { readonly of: string; readonly from: string; readonly to: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: DifferenceQuery, variables: { version: of, from, to } });
  const failure = failureOf(error);
  if (failure !== null) return <NotRead title="These versions could not be compared." failure={failure} again={again} />;
  const difference = data?.dataset?.difference;
  if (!difference) return fetching ? <Loading rows={4} label="Comparing the versions" /> : null;
  return (
    <>
      <p className="mt-3 font-serif text-17 max-w-[44em]" role="status">{sentenceOf(difference)}</p>
      <dl className="dl mt-3">
        <Fact name="rows">{`${known(difference.from.rows)} → ${known(difference.to.rows)}${changeText(difference.rows)}`}</Fact>
        {difference.from.bytes === null && difference.to.bytes === null ? null : <Fact name="size">{`${sizeText(difference.from.bytes)} → ${sizeText(difference.to.bytes)}`}</Fact>}
      </dl>
      <Columns difference={difference} />
    </>
  );
}

const sizeText = (bytes: number | null): string => (bytes === null ? '–' : formatBytes(bytes));
const changeText = (rows: number | null): string => (rows === null || rows === 0 ? '' : ` (${formatNumber(rows, { decimals: 0, sign: true })})`);

/** The finding in one sentence. */
export function sentenceOf({ content, rows, columns }: Pick<Difference, 'content' | 'rows' | 'columns'>): string {
  if (content === 'SAME_BYTES') return 'The two are the same, byte for byte.';
  if (content === 'SAME_ROWS') return 'The rows are the same; only how they are written differs.';
  const changed = (columns ?? []).filter(({ change }) => change !== 'SAME');
  const words = (['ADDED', 'REMOVED', 'RETYPED'] as const).flatMap((change) => {
    const many = changed.filter((column) => column.change === change).length;
    return many === 0 ? [] : [`${count(many, 'column')} ${CHANGES[change]}`];
  });
  const parts = [...(rows === null || rows === 0 ? [] : [`${count(Math.abs(rows), 'row')} ${rows > 0 ? 'more' : 'fewer'}`]), ...words];
  if (parts.length > 0) return `${parts.join(', ')}.`;
  return rows === null && columns === null ? 'The content differs; of neither rows nor columns enough was recorded to say how.' : 'The content differs, in as many rows and the same columns.';
}

const CHANGES = { ADDED: 'added', REMOVED: 'removed', RETYPED: 'of another type', SAME: 'same' } as const;

function Columns({ difference: { columns, columnCount } }: { readonly difference: Difference }) {
  const [all, setAll] = useState(false);
  if (columns === null) return <p className="hint mt-3">The columns are not known of both versions, so they cannot be compared. The Python package records them of CSV, TSV, JSONL and NPY files, arrays and frames.</p>;
  const shown = all ? columns : columns.filter(({ change, from, to }) => change !== 'SAME' || from?.sketch != null || to?.sketch != null);
  return (
    <>
      {shown.length > 0 ? <div className="mt-3"><DataTable label="Columns" rows={shown} rowKey={({ name, change }) => `${change} ${name}`} columns={COLUMNS} /></div> : null}
      <p className="hint mt-2">
        {shown.length < columns.length ? <><Button small onClick={() => setAll(true)}>Show the {columns.length - shown.length} that are the same</Button> </> : null}
        {columnCount !== null && columnCount > columns.length ? `The first ${columns.length} of ${columnCount} columns, those that changed before the others. ` : null}
        {columns.some(({ from, to }) => from?.sketch != null || to?.sketch != null) ? 'Grey is from, ink is to, both on one scale: the line goes from the least to the most, the bar holds the middle half, the tick is the median and the dot the mean.' : null}
      </p>
    </>
  );
}

const COLUMNS: readonly Column<ColumnRow>[] = [
  { key: 'name', head: 'column', width: '24%', cell: ({ name }) => <span className="mono bidi-own break-words">{name}</span> },
  { key: 'change', head: 'change', width: '112px', cell: ({ change }) => (change === 'SAME' ? <span className="text-ink-3">same</span> : CHANGES[change]) },
  { key: 'type', head: 'type', width: '136px', cell: ({ change, from, to }) => <span className="mono">{change === 'RETYPED' ? `${from?.type ?? ''} → ${to?.type ?? ''}` : (to ?? from)?.type}</span> },
  { key: 'sketch', head: 'how the numbers lie', cell: (row) => <Lies {...row} /> },
];

function Lies({ from, to }: ColumnRow) {
  const [was, is] = [from?.sketch ?? null, to?.sketch ?? null];
  if (was === null && is === null) return null;
  return (
    <div className="skts">
      <SketchGlyph sketches={[was, is].filter((sketch) => sketch !== null)} />
      <span className="hint">{was === null ? null : <span>{sketchText(was)}</span>}{was !== null && is !== null ? <span className="vh"> became </span> : null}{is === null ? null : <span className="text-ink-2">{sketchText(is)}</span>}</span>
    </div>
  );
}
