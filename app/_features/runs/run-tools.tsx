'use client';

import { Columns3, Download, Group, Palette } from 'lucide-react';
import { Button } from '../../_ui/button.tsx';
import { ColumnPicker } from './column-picker.tsx';
import { columnHead, columnText, fieldName, orderText, type Fact, type RunColumn } from './run-columns.ts';
import type { RunView } from './run-view.ts';

const GROUPABLE: readonly Fact[] = ['status', 'experiment', 'variant', 'user'];

interface RunToolsProps {
  readonly slug: string;
  readonly filter: string;
  readonly view: RunView;
  readonly columns: readonly RunColumn[];
  readonly facts: readonly Fact[];
  readonly onChange: (change: Partial<RunView>) => void;
}

/** What the table is grouped and coloured by, which columns it has, and all of it as a file. */
export function RunTools({ slug, filter, view, columns, facts, onChange }: RunToolsProps) {
  const has = (column: RunColumn): boolean => columns.some((one) => columnText(one) === columnText(column));
  const toggle = (column: RunColumn): void => onChange({ columns: has(column) ? columns.filter((one) => columnText(one) !== columnText(column)) : [...columns, column] });
  const csv = new URLSearchParams({ filter, orderBy: orderText(view.sort) ?? '', columns: columns.map(fieldName).filter((name) => name !== null).join(', ') });
  return (
    <>
      <OnePicker slug={slug} words="Group" none="Do not group" icon={<Group aria-hidden="true" />} chosen={view.group} onPick={(group) => onChange({ group })} />
      <OnePicker slug={slug} words="Colour" none="Do not colour" icon={<Palette aria-hidden="true" />} chosen={view.colour} onPick={(colour) => onChange({ colour })} />
      <ColumnPicker kind="checkbox" slug={slug} label="Columns" icon={<Columns3 aria-hidden="true" />} facts={facts} has={has} onPick={toggle}>
        <Button small look="bare" onClick={() => onChange({ columns: null, widths: new Map(), pinned: 0 })}>Back to the usual columns</Button>
      </ColumnPicker>
      <a className="btn sm" href={`/api/v1/projects/${slug}/runs.csv?${csv.toString()}`} download title="Every run that matches, with these columns"><Download aria-hidden="true" />CSV</a>
    </>
  );
}

function OnePicker({ slug, words, none, icon, chosen, onPick }: { readonly slug: string; readonly words: string; readonly none: string; readonly icon: React.ReactNode; readonly chosen: RunColumn | null; readonly onPick: (column: RunColumn | null) => void }) {
  return (
    <ColumnPicker kind="radio" slug={slug} label={chosen === null ? words : `${words}: ${columnHead(chosen)}`} icon={icon} facts={GROUPABLE} has={(column) => chosen !== null && columnText(chosen) === columnText(column)} onPick={onPick}>
      {chosen !== null && <Button small look="bare" onClick={() => onPick(null)}>{none}</Button>}
    </ColumnPicker>
  );
}
