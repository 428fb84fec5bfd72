'use client';

import { graphql } from '../../_graphql/graphql.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useSettled } from '../search/use-search.ts';
import { gradedInputOf, isEmpty, type Draft } from './draft.ts';

const GradeQuery = graphql(`query GradeHypothesis($input: GradeHypothesisInput!) { gradeHypothesis(input: $input) { grade statement reasons { part message } } }`);

export interface Grading { readonly grade: 'STRONG' | 'FAIR' | 'WEAK' | 'UNFALSIFIABLE'; readonly reasons: readonly { readonly part: string; readonly message: string }[] }

/** The grade of what is typed, a moment after the typing pauses. The last grade stays until the next one is there. */
export function useGrading(draft: Draft): Grading | null {
  const settled = useSettled(JSON.stringify(gradedInputOf(draft)), 250);
  const input = JSON.parse(settled) as ReturnType<typeof gradedInputOf>;
  const [{ data }] = useQuery({ query: GradeQuery, variables: { input }, requestPolicy: 'cache-first' });
  return data?.gradeHypothesis ?? null;
}

const MEANINGS = {
  STRONG: 'It can be wrong, and the experiment will show whether it is.',
  FAIR: 'It can be tested, and could say more.',
  WEAK: 'It can be tested, but much could be read into the result.',
  UNFALSIFIABLE: 'No result could speak against it yet.',
} as const;

/** The grade in a word, what it means, and what would raise it. */
export function GradeNote({ grading, draft }: { readonly grading: Grading | null; readonly draft?: Draft }) {
  if (!grading || (draft && isEmpty(draft))) return <p className="hint">Graded as you write.</p>;
  const strong = grading.grade === 'STRONG';
  return (
    <div role="status">
      <p><b className={`font-semibold ${strong ? '' : 'warn'}`}>{grading.grade.toLowerCase()}</b></p>
      <p className="mt-1 text-ink-2">{MEANINGS[grading.grade]}</p>
      {grading.reasons.length > 0 ? <p className="hint mt-2">{grading.reasons.length === 1 ? 'One thing' : `${grading.reasons.length} things`} would make it stronger; each stands under its question.</p> : null}
    </div>
  );
}
