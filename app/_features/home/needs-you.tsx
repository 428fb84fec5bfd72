'use client';

import Link from 'next/link';
import { ListTodo, MessageSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf, VerdictGlyph } from '../verdicts/verdict-badge.tsx';
import type { HomeAction, HomeExperiment, HomeReview } from './home-query.ts';

interface NeedsYouProps {
  readonly reviews: readonly HomeReview[];
  readonly actions: readonly HomeAction[];
  readonly stale: readonly HomeExperiment[];
  readonly exploratory: readonly HomeExperiment[];
}

/** What waits for this person: reviews asked of them, what meetings gave them to do, approvals that no longer hold, runs without a hypothesis. */
export function NeedsYou({ reviews, actions, stale, exploratory }: NeedsYouProps) {
  return (
    <ul>
      {reviews.map((review) => (
        <Row key={review.id} glyph={<MessageSquare size={16} className="text-ink-2" aria-hidden="true" />} href={`/e/${review.experiment.key}`} title={`Review “${review.experiment.name}”`} at={review.createdAt}>
          <span className="id">{review.experiment.key}</span>{review.requestedBy ? ` · asked by ${review.requestedBy.name}` : ''} <VerdictInWords of={review.experiment} />
        </Row>
      ))}
      {actions.map(({ id, body, dueOn, createdAt, meeting }) => (
        <Row key={id} glyph={<ListTodo size={16} className="text-ink-2" aria-hidden="true" />} href={meeting ? `/m/${meeting.id}` : '/'} title={body} at={createdAt}>
          {dueOn === null ? 'To do' : `Due on ${dueOn}`}{meeting ? `, from “${meeting.title}”` : ''}
        </Row>
      ))}
      {stale.map((experiment) => (
        <Row key={experiment.id} glyph={<VerdictGlyph of="stale" />} href={`/e/${experiment.key}`} title={`The approval of “${experiment.name}” went stale`} at={experiment.updatedAt}>
          <span className="id">{experiment.key}</span> · {experiment.staleReason ?? 'the evidence changed after it was approved'} <VerdictInWords of={experiment} />
        </Row>
      ))}
      {exploratory.map((experiment) => (
        <Row key={experiment.id} glyph={<VerdictGlyph of="exploratory" />} href={`/e/${experiment.key}`} title={`“${experiment.name}” has no hypothesis yet`} at={experiment.updatedAt}>
          <span className="id">{experiment.key}</span> · {experiment.runCount} {experiment.runCount === 1 ? 'run' : 'runs'}; it cannot be reviewed or shared before someone says what it tests
        </Row>
      ))}
    </ul>
  );
}

const VerdictInWords = ({ of: { verdict, hypothesis } }: { readonly of: { readonly verdict: HomeReview['experiment']['verdict']; readonly hypothesis: { readonly minEffect: number | null } | null } }) => (
  verdict ? <Effect short effect={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} kind={kindOf(verdict.outcome)} bar={hypothesis?.minEffect} /> : null
);

function Row({ glyph, href, title, at, children }: { readonly glyph: ReactNode; readonly href: string; readonly title: string; readonly at: string; readonly children: ReactNode }) {
  return (
    <li className="li grid-cols-[16px_minmax(0,1fr)_max-content]">
      <span className="self-start pt-0.5">{glyph}</span>
      <div className="min-w-0"><Link className="ti" href={href}>{title}</Link><div className="text-12 text-ink-2">{children}</div></div>
      <span className="hint self-start pt-0.5"><RelativeTime short at={at} /></span>
    </li>
  );
}
