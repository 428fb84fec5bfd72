'use client';

import { Ban, Check, CircleX, Clock, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { Initials } from '../../_ui/initials.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { VerdictBadge } from '../verdicts/verdict-badge.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';
import type { Review } from './record.ts';

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
}

/** What one reviewer said: the word, when, on which evidence, and what they wrote. */
export function ReviewerLine({ review, isViewer, mayDismiss }: ReviewerLineProps) {
  const [dismissing, setDismissing] = useState(false);
  const { reviewer, body, dismissal } = review;
  return (
    <li className="li" style={{ gridTemplateColumns: '20px minmax(0, 1fr)', alignItems: 'start' }}>
      <Initials letters={reviewer.initials} name={reviewer.name} />
      <div className="row wrap justify-between">
        <span>{reviewer.name}{isViewer && <span className="text-ink-3"> you</span>}</span>
        <Stand review={review} />
      </div>
      {body && <p className="text-12 text-ink-2" style={{ gridColumn: 2, marginTop: 4, whiteSpace: 'pre-wrap' }}>{body}</p>}
      <span className="hint" style={{ gridColumn: 2 }}>
        <OfEvidence review={review} />
        {(isViewer || mayDismiss) && isInForce(review) && <> <button type="button" className="lk" onClick={() => setDismissing(true)}>Dismiss</button></>}
      </span>
      {dismissal !== null && <p className="hint" style={{ gridColumn: 2 }}>Dismissed by {dismissal.by?.name ?? 'someone who left'}, <RelativeTime at={dismissal.at} />: {dismissal.reason}</p>}
      {dismissing && <DismissDialog review={review.id} reviewer={reviewer.name} onClose={() => setDismissing(false)} />}
    </li>
  );
}

const isInForce = ({ state, dismissal }: Review): boolean => (state === 'APPROVED' || state === 'CHANGES_REQUESTED') && dismissal === null;

/** Where the word has no room for it, also when. */
function OfEvidence({ review: { state, evidenceDigest, ethics, dismissal, stale, decidedAt } }: { readonly review: Review }) {
  if (state === 'REQUESTED' || decidedAt === null) return null;
  return (
    <>
      {evidenceDigest ? <>of evidence <span className="mono">{evidenceDigest.slice(0, 8)}</span></> : 'before there was evidence'}
      {ethics && ', also for ethics'}
      {(stale || dismissal !== null) && <>, <RelativeTime at={decidedAt} /></>}
    </>
  );
}

function Stand({ review: { state, stale, dismissal, decidedAt, createdAt } }: { readonly review: Review }) {
  const { word, tone, Icon } = STANDS[state];
  if (dismissal !== null) return <span className="st text-ink-3"><Ban aria-hidden="true" />{word}, dismissed</span>;
  if (stale && state !== 'REQUESTED') return <VerdictBadge of="stale" text={`${word}, stale`} />;
  return <span className={`st ${tone}`}><Icon aria-hidden="true" />{word}, <RelativeTime at={decidedAt ?? createdAt} /></span>;
}
