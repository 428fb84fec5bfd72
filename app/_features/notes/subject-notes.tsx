'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ResultOf } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { NoteUpdated, SubjectNotesQuery } from './note-documents.ts';
import { useWriteNote } from './use-write-note.ts';

interface SubjectNotesProps {
  /** The id of what the notes are about. */
  readonly subject: string;
  /** "experiment", "run": for the sentence that teaches. */
  readonly what: 'project' | 'hypothesis' | 'experiment' | 'run' | 'meeting';
  readonly mayWrite: boolean;
  /** In a rail there is room for less. */
  readonly narrow?: boolean;
}

const TEACHES: Readonly<Record<SubjectNotesProps['what'], string>> = {
  project: 'No note yet. A note is where a project keeps what it learned: plans, protocols, decisions, with charts that stay live.',
  hypothesis: 'No note yet. Write down why this might be true, and what would change your mind.',
  experiment: 'No note yet. Tell what was done and what follows from it, with its verdict and curves in the text.',
  run: 'No note yet. What was odd about this run is forgotten in a week, unless it is written here.',
  meeting: 'No note yet. What should be ready before it begins, or what was said around the decisions, is written here.',
};

/** The notes about something, newest first, and the way to write one. */
export function SubjectNotes({ subject, what, mayWrite, narrow = false }: SubjectNotesProps) {
  const [{ data, error }, again] = useQuery({ query: SubjectNotesQuery, variables: { id: subject }, requestPolicy: 'cache-and-network' });
  useLive(NoteUpdated, [{ subject }], again);
  const { write, writing } = useWriteNote();
  const notes = data?.node && 'notes' in data.node ? data.node.notes : null;
  const failure = failureOf(error);
  const button = mayWrite ? <Button small look={narrow ? 'bare' : 'plain'} disabled={writing} onClick={() => void write(subject)}>Write a note</Button> : undefined;
  if (notes === null) return <Section title="Notes">{failure !== null && <NotRead title="The notes could not be read." failure={failure} again={again} />}</Section>;
  if (notes.nodes.length === 0) return <Section title="Notes"><NoNotes fact={TEACHES[what]} narrow={narrow}>{button}</NoNotes></Section>;
  return <NoteRows notes={notes} button={button} />;
}

function NoNotes({ fact, narrow, children }: { readonly fact: string; readonly narrow: boolean; readonly children: ReactNode }) {
  return narrow ? <div className="mt-2 grid gap-2 justify-items-start"><p className="serif text-14 text-ink-2">{fact}</p>{children}</div> : <Empty fact={fact}>{children}</Empty>;
}

type Notes = Extract<NonNullable<ResultOf<typeof SubjectNotesQuery>['node']>, { readonly notes: unknown }>['notes'];

function NoteRows({ notes, button }: { readonly notes: Notes; readonly button: ReactNode }) {
  return (
    <Section title="Notes" count={notes.totalCount} aside={button}>
      {notes.nodes.map(({ id, title, excerpt, updatedAt, createdBy }) => (
        <Link key={id} href={`/n/${id}`} className="li note-row">
          <span className="ti">{title}</span>
          <span className="hint note-by">{createdBy && <Initials letters={createdBy.initials} name={createdBy.name} />}<RelativeTime at={updatedAt} short /></span>
          {excerpt !== '' && <span className="note-excerpt">{excerpt}</span>}
        </Link>
      ))}
      {notes.totalCount > notes.nodes.length && <p className="hint mt-2">The newest {notes.nodes.length} of {notes.totalCount}. Search finds the others.</p>}
    </Section>
  );
}
