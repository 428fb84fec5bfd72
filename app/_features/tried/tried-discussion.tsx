import Link from 'next/link';
import { excerptOf } from '../../../domain/richtext/excerpt.ts';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { addressOf } from '../search/search-results.ts';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import type { TriedAnswer } from './tried-documents.ts';

const ROW = 'li grid-cols-[minmax(0,1fr)_max-content]';

/** Ideas that nobody tested, and what people said and wrote about it. */
export function TriedDiscussion({ tried: { untested, threads, notes } }: { readonly tried: TriedAnswer }) {
  return (
    <>
      {untested.length > 0 ? (
        <Section title="Stated, and never tested" count={untested.length} aside="abandoned ideas too">
          <ul className="finds">{untested.map((one) => <li key={one.id} className={ROW}><Link className="ti" href={`/h/${one.id}`}><HypothesisSentence of={one} size="small" /></Link><span className="self-start pt-0.5"><VerdictBadge of={wordOf(one.hypothesisStatus)} /></span></li>)}</ul>
        </Section>
      ) : null}
      {threads.length + notes.length > 0 ? (
        <Section title="Said and written about it" count={threads.length + notes.length}>
          <ul className="finds">
            {threads.map((thread) => <li key={thread.id} className={ROW}><div className="min-w-0"><Link className="ti" href={addressOf({ __typename: 'Thread', ...thread })}>“{excerptOf(thread.comments[0]?.body ?? '', 120)}”</Link><div className="hint">{thread.createdBy?.name ?? 'someone'} in {whereOf(thread)}, {count(thread.commentCount, 'comment')}</div></div><span className="hint self-start pt-0.5"><RelativeTime short at={thread.createdAt} /></span></li>)}
            {notes.map((note) => <li key={note.id} className={ROW}><div className="min-w-0"><Link className="ti" href={`/n/${note.id}`}>{note.title}</Link><div className="hint line-clamp-1">note in {note.project.name}{note.excerpt ? `: ${note.excerpt}` : ''}</div></div><span className="hint self-start pt-0.5"><RelativeTime short at={note.createdAt} /></span></li>)}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function whereOf({ subject, project }: TriedAnswer['threads'][number]): string {
  if (subject?.__typename === 'Experiment') return `${subject.key} ${subject.name}`;
  return subject?.__typename === 'Run' ? subject.name : project.name;
}
