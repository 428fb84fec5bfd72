'use client';

import { useRef, type FormEvent, type ReactNode } from 'react';
import type { Failure } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Section } from '../../_ui/section.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { partsOf, readMinEffect, type Draft } from './draft.ts';
import { GradeNote, useGrading } from './grading.tsx';
import { FIELD_NAMES, HypothesisFields } from './hypothesis-fields.tsx';
import { HypothesisSentence, type HypothesisPart } from './hypothesis-sentence.tsx';

interface HypothesisFormProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly metricKeys: readonly string[];
  readonly submit: string;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: () => void;
  /** Above the grade: what was said before. */
  readonly beside?: ReactNode;
  /** More to decide at the end: the experiment to plan. */
  readonly children?: ReactNode;
}

/** The sentence is the form: each of its parts opens the question that fills it, and is graded while it is typed. */
export function HypothesisForm({ draft, onChange, metricKeys, submit, busy, failure, onSubmit, beside, children }: HypothesisFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const grading = useGrading(draft);
  const parts = partsOf(draft);
  const reasonFor = (part: string) => grading?.reasons.find((reason) => reason.part === part)?.message ?? null;
  const mayPropose = (parts.change !== null || parts.statement !== '') && !Number.isNaN(readMinEffect(draft.minEffect) ?? 0);

  const open = (part: HypothesisPart) => {
    const at = form.current?.querySelector<HTMLElement>(`[name="${FIELD_NAMES[part]}"], #${FIELD_NAMES[part]} input`);
    at?.focus();
    at?.scrollIntoView({ block: 'center' });
  };
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (mayPropose && !busy) onSubmit();
  };

  return (
    <form ref={form} className="cols mt-5" onSubmit={send} onKeyDown={(event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send(event); }}>
      <div>
        <HypothesisSentence of={parts} onOpen={open} />
        <div className="mt-8"><HypothesisFields draft={draft} onChange={onChange} reasonFor={reasonFor} metricKeys={metricKeys} /></div>
        <div className="mt-6 grid gap-4">
          {children}
          {failure ? <ErrorNote title={failure.message} /> : null}
          <div className="row wrap"><Button type="submit" look="primary" hint="Mod ↵" disabled={!mayPropose || busy}>{busy ? 'One moment' : submit}</Button>{mayPropose ? null : <span className="hint">It needs at least the change.</span>}</div>
        </div>
      </div>
      <aside className="rail" aria-label="Grade">
        {beside}
        <Section title="Grade"><div className="pt-3"><GradeNote grading={grading} draft={draft} /></div></Section>
        <Section title="Why before the runs?"><p className="pt-3 text-ink-2">A bar that is set afterwards can be set where the result happens to be. Written first, it makes a negative result worth as much as a positive one.</p></Section>
      </aside>
    </form>
  );
}
