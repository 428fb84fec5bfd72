'use client';

import { Ban, Check, CircleX, Clock, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { Initials } from '../../_ui/initials.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { VerdictBadge } from '../verdicts/verdict-badge.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';

export type Review = ExperimentDetail['reviews'][number];

const STANDS = {
  REQUESTED: { word: 'asked', tone: 'warn', Icon: Clock },
  APPROVED: { word: 'approved', tone: 'ok', Icon: Check },
  CHANGES_REQUESTED: { word: 'asked for changes', tone: 'bad', Icon: CircleX },
  COMMENTED: { word: 'commented', tone: 'text-ink-2', Icon: MessageSquare },
} as const;

interface ReviewerLineProps {
  readonly review: Review;
  readonly isViewer: boolean;
  readonly mayDismiss: boolean;
  readonly onChanged: () => void;
}

/** One reviewer's stand: the word, when, on what, and what they wrote. */
export function ReviewerLine({ review, isViewer, mayDismiss, onChanged }: ReviewerLineProps) {
  const [dismissing, setDismissing] = useState(false);
  return (
    <div className="li" style={{ gridTemplateColumns: '20px minmax(0, 1fr) auto' }}>
      <Initials letters={review.reviewer.initials} name={review.reviewer.name} />
      <span className="tr">{review.reviewer.name}{isViewer && <span className="text-ink-3"> you</span>}</span>
      <Stand review={review} />
      {review.body && <p className="text-12 text-ink-2" style={{ gridColumn: '2 / -1', marginTop: 4, whiteSpace: 'pre-wrap' }}>{review.body}</p>}
      <span className="hint" style={{ gridColumn: '2 / -1' }}>
        <OfEvidence review={review} />
        {(isViewer || mayDismiss) && isInForce(review) && <button type="button" className="lk" onClick={() => setDismissing(true)}>Dismiss</button>}
      </span>
      {dismissing && <DismissDialog review={review.id} reviewer={review.reviewer.name} onClose={() => setDismissing(false)} onChanged={onChanged} />}
    </div>
  );
}

const isInForce = ({ state, dismissal }: Review): boolean => (state === 'APPROVED' || state === 'CHANGES_REQUESTED') && dismissal === null;

function OfEvidence({ review: { state, evidenceDigest, ethics, dismissal } }: { readonly review: Review }) {
  if (dismissal !== null) return <>dismissed by {dismissal.by?.name ?? 'someone who left'}: {dismissal.reason}</>;
  return state === 'APPROVED' && evidenceDigest !== null ? <>of evidence <span className="mono">{evidenceDigest.slice(0, 8)}</span>{ethics && ', also for ethics'} </> : null;
}

function Stand({ review }: { readonly review: Review }) {
  const { word, tone, Icon } = STANDS[review.state];
  if (review.dismissal !== null) return <span className="st text-ink-3"><Ban aria-hidden="true" />dismissed</span>;
  if (review.stale && review.state !== 'REQUESTED') return <VerdictBadge of="stale" text={`${word}, stale`} />;
  return <span className={`st ${tone}`}><Icon aria-hidden="true" />{word}, <RelativeTime at={review.decidedAt ?? review.createdAt} /></span>;
}
