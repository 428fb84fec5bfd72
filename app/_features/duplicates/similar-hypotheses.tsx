'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Section } from '../../_ui/section.tsx';
import { inputOf, type Draft } from '../hypotheses/draft.ts';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { SimilarHypotheses as SimilarQuery } from './duplicate-documents.ts';

const PAUSE_MS = 250;
const LEAST_CHARACTERS = 6;

/** The value once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Hypotheses that say nearly what is being typed, with what became of them. */
export function SimilarHypotheses({ project, draft }: { readonly project: string; readonly draft: Draft }) {
  const said = useSettled(draft.ownWords.trim() || draft.change.trim() ? inputOf(draft).statement : '');
  const metric = draft.metric.trim();
  const [{ data }] = useQuery({ query: SimilarQuery, variables: { project, statement: said, metric: metric || null }, pause: said.length < LEAST_CHARACTERS });
  const found = said.length < LEAST_CHARACTERS ? [] : (data?.duplicates ?? []).flatMap(({ hypothesis }) => hypothesis ?? []);
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <Section title="Said before" count={found.length}>
          <ul className="pt-3">{found.map(({ id, statement: other, status, experiments: { nodes: [test] } }) => (
            <li key={id} className="py-1">
              <Link className="lk font-serif text-14" href={`/h/${id}`}>{other}</Link>
              <span className="hint block">{test?.verdict ? <><VerdictBadge of={wordOf(test.verdict.outcome)} /> in <Link className="lk" href={`/e/${test.key}`}>{test.key}</Link></> : status.toLowerCase()}</span>
            </li>
          ))}</ul>
        </Section>
      )}
    </div>
  );
}
