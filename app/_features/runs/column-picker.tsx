'use client';

import { Popover } from 'radix-ui';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { columnId, columnHead, FACTS, type Fact, type RunColumn } from './run-columns.ts';
import { RunKeysQuery } from './run-table-documents.ts';

const HEADS = { fact: 'Facts', metric: 'Metrics', param: 'Parameters', tag: 'Tags' } as const;
const KINDS = ['fact', 'metric', 'param', 'tag'] as const;

interface PickerProps {
  readonly slug: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** Facts that are offered. */
  readonly facts: readonly Fact[];
  readonly has: (column: RunColumn) => boolean;
  readonly onPick: (column: RunColumn) => void;
  /** One of them, or many. */
  readonly kind: 'radio' | 'checkbox';
  readonly children?: ReactNode;
}

/** Chooses columns among the names of all runs of the project, which the server searches: there may be thousands. */
export function ColumnPicker({ slug, label, icon, facts, has, onPick, kind, children }: PickerProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const [{ data }] = useQuery({ query: RunKeysQuery, variables: { slug, text: asked }, pause: !open });
  const found = (data?.project?.runKeys ?? []).map((one): RunColumn => ({ kind: one.kind.toLowerCase() as 'metric' | 'param' | 'tag', key: one.key }));
  const own = facts.filter((key) => FACTS[key].head.includes(asked.toLowerCase())).map((key): RunColumn => ({ kind: 'fact', key }));
  const shown = [...own, ...found];
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild><Button small>{icon}{label}</Button></Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu columns" align="end" sideOffset={4} collisionPadding={8} aria-label={label}>
          <input className="field" placeholder="Search names" aria-label="Search names" value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} autoComplete="off" />
          <div className="names">
            {KINDS.map((each) => {
              const names = shown.filter((column) => column.kind === each);
              if (names.length === 0) return null;
              return (
                <fieldset key={each}><legend className="menu-head">{HEADS[each]}</legend>
                  {names.map((column) => <label key={columnId(column)} className="tick menu-item"><input type={kind} checked={has(column)} onChange={() => onPick(column)} onClick={() => { if (kind === 'radio') setOpen(false); }} /><span className={`${column.kind === 'fact' ? '' : 'mono '}text-12`} style={{ overflowWrap: 'anywhere' }}>{columnHead(column)}</span></label>)}
                </fieldset>
              );
            })}
            {shown.length === 0 && data !== undefined && <p className="hint p-2">No metric, parameter or tag of this project has “{asked}” in its name.</p>}
            {found.length === 100 && <p className="hint p-2">The first 100 names. Type more of the one you want.</p>}
          </div>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
