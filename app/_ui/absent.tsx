'use client';

import type { Failure } from '../_graphql/refusal.ts';
import { Button } from './button.tsx';
import { ErrorNote, Loading } from './waiting.tsx';

interface AbsentProps {
  readonly failure: Failure | null;
  readonly fetching: boolean;
  /** What is not there: "project", "hypothesis". */
  readonly what: string;
  readonly again: () => void;
}

/** What stands where something should: still loading, not there, or an error with what to do. */
export function Absent({ failure, fetching, what, again }: AbsentProps) {
  if (failure && failure.code !== 'NOT_FOUND') {
    return (
      <ErrorNote title={failure.code === 'OFFLINE' ? 'The server did not answer.' : failure.message}>
        <div className="mt-2"><Button small onClick={again}>Try again</Button></div>
      </ErrorNote>
    );
  }
  if (fetching) return <Loading rows={6} />;
  return <ErrorNote quiet title={`There is no such ${what}, or you may not see it.`}><p>The address may be mistyped. Search finds it by any word it contains.</p></ErrorNote>;
}
