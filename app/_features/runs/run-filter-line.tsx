'use client';

import { useId, useRef, useState, type FormEvent } from 'react';
import type { Failure } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { FilterInput } from '../search/filter-input.tsx';

/** Where in what was typed a filter stopped being understood, and why; null when the failure is about something else. */
export function problemIn(failure: Failure | null, before: number): { readonly at: number; readonly message: string } | null {
  const [, position, message] = /^At position (\d+): (.*)$/s.exec(failure?.message ?? '') ?? [];
  if (failure?.reason !== 'search/bad-filter' || position === undefined || message === undefined) return null;
  return { at: Math.max(0, Number(position) - 1 - before), message };
}

interface FilterLineProps {
  readonly typed: string;
  readonly failure: Failure | null;
  /** Characters of a condition of the page's own that stand before what was typed. */
  readonly before: number;
  readonly onFilter: (text: string) => void;
  /** Whose names and values are offered. */
  readonly project: string;
}

/** A filter is sent when one presses return, not with each letter: half a filter is a wrong one. What cannot be read is marked where it stands. */
export function RunFilterLine({ typed, failure, before, onFilter, project }: FilterLineProps) {
  const [text, setText] = useState(typed);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const problem = problemIn(failure, before);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onFilter(text.trim());
  };
  return (
    <form className="grid gap-1" onSubmit={submit} role="search">
      <div className="row">
        <FilterInput ref={input} className="field fq wide" aria-label="Filter runs" placeholder="metrics.val_acc > 0.9 AND params.lr < 0.01" text={text} onText={setText} project={project}
          {...(problem ? { 'aria-invalid': true, 'aria-describedby': id } : {})} />
        <Button type="submit">Filter</Button>
        {typed !== '' && <Button look="bare" onClick={() => { setText(''); onFilter(''); input.current?.focus(); }}>Clear</Button>}
      </div>
      {problem && (
        <div id={id} role="alert" className="fprob">
          <code>{typed.slice(0, problem.at)}<mark>{typed.slice(problem.at, problem.at + 1) || ' '}</mark>{typed.slice(problem.at + 1)}</code>
          <p>At character {problem.at + 1}: {problem.message}</p>
        </div>
      )}
    </form>
  );
}
