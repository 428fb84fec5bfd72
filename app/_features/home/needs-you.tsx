'use client';

import Link from 'next/link';
import { AtSign, ListTodo, MessageSquare, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMutation } from 'urql';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { MarkNotificationsRead } from '../notifications/notification-documents.ts';
import { Effect } from '../verdicts/effect.tsx';
import { kindOf, VerdictGlyph } from '../verdicts/verdict-badge.tsx';
import type { HomeNeed } from './home-query.ts';

const GLYPHS: Readonly<Record<HomeNeed['kind'], ReactNode>> = {
  REVIEW: <MessageSquare size={16} className="text-ink-2" aria-hidden="true" />,
  STALE_APPROVAL: <VerdictGlyph of="stale" />,
  FAILURE: <X size={16} className="text-refuted" aria-hidden="true" />,
  MENTION: <AtSign size={16} className="text-ink-2" aria-hidden="true" />,
  ACTION: <ListTodo size={16} className="text-ink-2" aria-hidden="true" />,
  EXPLORATORY: <VerdictGlyph of="exploratory" />,
};

/** What waits for this person, the most urgent first, each with the reason. Opening a mention reads it. */
export function NeedsYou({ needs }: { readonly needs: readonly HomeNeed[] }) {
  const [, markRead] = useMutation(MarkNotificationsRead);
  return (
    <ul>
      {needs.map((need) => (
        <li key={need.id} className="li grid-cols-[16px_minmax(0,1fr)_max-content]">
          <span className="self-start pt-0.5">{GLYPHS[need.kind]}</span>
          <div className="min-w-0">
            <Link className="ti" href={need.path} data-step onClick={() => { if (need.kind === 'MENTION') void markRead({ input: { notifications: [need.id] } }); }}>{need.title}</Link>
            <div className="line-clamp-2 text-12 text-ink-2">{need.experiment ? <><span className="id">{need.experiment.key}</span> · </> : null}{need.reason} <Result of={need} /></div>
          </div>
          <span className="hint self-start pt-0.5"><RelativeTime short at={need.at} /></span>
        </li>
      ))}
    </ul>
  );
}

/** What the experiment says now, where somebody decides about it. */
function Result({ of: { kind, experiment } }: { readonly of: HomeNeed }) {
  const verdict = experiment?.verdict;
  if (!verdict || (kind !== 'REVIEW' && kind !== 'STALE_APPROVAL')) return null;
  return <Effect short effect={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} kind={kindOf(verdict.outcome)} bar={experiment.hypothesis?.minEffect} />;
}
