'use client';

import { Columns3 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { columnId, type RunColumn } from './run-columns.ts';
import { ColumnNamesQuery } from './run-table-documents.ts';

interface ColumnPickerProps {
  readonly slug: string;
  readonly filter: string;
  readonly metricKeys: readonly string[];
  readonly columns: readonly RunColumn[];
  readonly onColumns: (columns: readonly RunColumn[] | null) => void;
}

const HEADS = { metric: 'Metrics', param: 'Parameters', tag: 'Tags' } as const;

/** Chooses the columns. Names come from the metrics of the experiment and from its newest runs. */
export function ColumnPicker({ slug, filter, metricKeys, columns, onColumns }: ColumnPickerProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [{ data }] = useQuery({ query: ColumnNamesQuery, variables: { slug, filter }, pause: !open });
  const nodes = data?.runs.nodes ?? [];
  const names = {
    metric: unique([...metricKeys, ...nodes.flatMap((run) => run.metrics.map((one) => one.key))]),
    param: unique(nodes.flatMap((run) => run.params.map((one) => one.key))),
    tag: unique(nodes.flatMap((run) => run.tags.map((one) => one.key))),
  };
  const has = (column: RunColumn): boolean => columns.some((one) => columnId(one) === columnId(column));
  const toggle = (column: RunColumn): void => onColumns(has(column) ? columns.filter((one) => columnId(one) !== columnId(column)) : [...columns, column]);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild><Button small><Columns3 aria-hidden="true" />Columns</Button></Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu columns" align="end" sideOffset={4} collisionPadding={8} aria-label="Columns">
          <input className="field" placeholder="Filter columns" aria-label="Filter columns" value={text} onChange={(event) => setText(event.target.value)} />
          {(['metric', 'param', 'tag'] as const).map((kind) => {
            const shown = names[kind].filter((key) => key.toLowerCase().includes(text.toLowerCase()));
            if (shown.length === 0) return null;
            return (
              <fieldset key={kind}><legend className="menu-head">{HEADS[kind]}</legend>
                {shown.slice(0, 100).map((key) => <label key={key} className="tick menu-item"><input type="checkbox" checked={has({ kind, key })} onChange={() => toggle({ kind, key })} /><span className="mono text-12" style={{ overflowWrap: 'anywhere' }}>{key}</span></label>)}
              </fieldset>
            );
          })}
          <Button small look="bare" onClick={() => onColumns(null)}>Back to the usual columns</Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
