'use client';

import Link from 'next/link';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { ActivityQuery, ProjectUpdated, type ActivityEvent } from '../projects/project-query.ts';
import { isVerdictWord, VerdictBadge } from '../verdicts/verdict-badge.tsx';
import { activityWords } from './activity-sentence.ts';

/** What was done in a project, by whom, newest first. */
export function ProjectActivity({ slug }: { readonly slug: string }) {
  const [{ data, error, fetching }, refresh] = useQuery({ query: ActivityQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], refresh);
  const events = data?.project?.activity;
  if (!events) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={refresh} />;
  return (
    <Section title="Activity" aside="the newest 60">
      <ul>
        {events.map((event) => (
          <li key={event.id} className="li grid-cols-[64px_minmax(0,1fr)]">
            <span className="whitespace-nowrap font-mono text-11 text-ink-3"><RelativeTime short at={event.at} /></span>
            <Happened event={event} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Happened({ event }: { readonly event: ActivityEvent }) {
  const { verb, tail, word } = activityWords(event.action, event.detail);
  return (
    <span className="min-w-0">
      <b className="font-medium">{event.actor?.name ?? 'Lemma'}</b> <span className="text-ink-2">{verb}</span>{event.subject && ' '}<Named subject={event.subject} /><span className="text-ink-2">{tail}</span>
      {word && isVerdictWord(word) ? <> <VerdictBadge of={word} /></> : null}
    </span>
  );
}

const plain = 'hover:text-accent';

function Named({ subject }: { readonly subject: ActivityEvent['subject'] }) {
  if (subject?.__typename === 'Hypothesis') return <Link className={`serif ${plain}`} href={`/h/${subject.id}`}>{subject.statement}</Link>;
  if (subject?.__typename === 'Experiment') return <><Link className={plain} href={`/e/${subject.key}`}>{subject.name}</Link> <span className="id text-12">{subject.key}</span></>;
  if (subject?.__typename === 'Run') return <Link className={plain} href={`/r/${subject.id}`}>{subject.name}</Link>;
  return subject?.__typename === 'Variant' ? <span>{subject.label}</span> : null;
}
