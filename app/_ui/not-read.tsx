'use client';

import { beyondTitle, type Failure } from '../_graphql/refusal.ts';
import { Button } from './button.tsx';
import { ErrorNote } from './waiting.tsx';

interface NotReadProps {
  readonly title: string;
  readonly failure: Failure;
  readonly again: () => void;
}

/** What could not be read, why, and a way to try again; calm where it passes by itself. */
export function NotRead({ title, failure, again }: NotReadProps) {
  const passes = failure.code === 'TEMPORARILY_UNAVAILABLE';
  const more = beyondTitle(title, failure.message);
  return (
    <ErrorNote quiet={passes} title={title}>
      {more !== '' && <p>{more}</p>}
      <div className="mt-2"><Button small onClick={again}>Try again</Button></div>
    </ErrorNote>
  );
}
