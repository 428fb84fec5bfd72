'use client';

import type { Failure } from '../_graphql/refusal.ts';
import { NotRead } from './not-read.tsx';
import { ErrorNote, Loading } from './waiting.tsx';

interface AbsentProps {
  readonly failure: Failure | null;
  readonly fetching: boolean;
  /** What is not there: "project", "hypothesis". */
  readonly what: string;
  readonly again: () => void;
}

const TITLES: Readonly<Record<string, string>> = { OFFLINE: 'The server did not answer.', TEMPORARILY_UNAVAILABLE: 'This page could not be read yet.' };

/** What stands where something should: still loading, not there, or an error with what to do. */
export function Absent({ failure, fetching, what, again }: AbsentProps) {
  if (failure && failure.code !== 'NOT_FOUND') {
    return <NotRead title={TITLES[failure.code] ?? failure.message} failure={failure} again={again} />;
  }
  if (fetching) return <Loading rows={6} />;
  return <ErrorNote quiet title={`There is no such ${what}, or you may not see it.`}><p>The address may be mistyped. Search finds it by any word it contains.</p></ErrorNote>;
}
