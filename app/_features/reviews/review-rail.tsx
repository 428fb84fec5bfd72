'use client';

import { Check, CircleX, Clock, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { useViewer } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { RailThreads } from '../threads/rail-threads.tsx';
import { VerdictBadge } from '../verdicts/verdict-badge.tsx';
import { Checks } from './checks.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { RequestReviewDialog } from './request-review-dialog.tsx';
import { ReviewDialog, type Decision } from './review-dialog.tsx';

/** Reviewers and buttons, checks, evidence, threads: in this order. */
export function ReviewRail({ experiment, onChanged, withThreads }: { readonly experiment: ExperimentDetail; readonly onChanged: () => void; /** Not beside the discussion itself. */ readonly withThreads: boolean }) {
  return (
    <aside className="rail" aria-label="Review">
      {!experiment.exploratory && <ReviewSection experiment={experiment} onChanged={onChanged} />}
      {!experiment.exploratory && <Checks experiment={experiment} />}
      <EvidenceSection experiment={experiment} />
      {withThreads && <RailThreads subject={experiment.id} experimentKey={experiment.key} dataNow={() => experiment.evidenceDigest} />}
    </aside>
  );
}

const STATES: Readonly<Record<ExperimentDetail['approval'], string>> = { NONE: 'not asked', REQUESTED: 'needs 1 approval', CHANGES_REQUESTED: 'changes asked for', APPROVED: 'approved', STALE: 'approval is stale' };

function ReviewSection({ experiment, onChanged }: { readonly experiment: ExperimentDetail; readonly onChanged: () => void }) {
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [asking, setAsking] = useState(false);
  const { viewerCan, reviews } = experiment;
  const { viewer } = useViewer();
  const viewerId = viewer?.person.id ?? null;
  const means = meansOf(experiment, viewerId);
  // A person's newest word stands for them; what they said before is in the history.
  const newest = [...new Map(reviews.map((review) => [review.reviewer.id, review])).values()];
  const nobodyYet = newest.every(({ reviewer }) => reviewer.id === experiment.owner?.id);
  const begin = (): void => {
    if (means === 'judge') setDeciding(viewerCan.approve ? 'APPROVE' : 'COMMENT');
    else setAsking(viewerCan.requestReview);
  };
  useKeys({ r: begin });
  return (
    <Section title="Review" aside={<ApprovalWord approval={experiment.approval} />}>
      <div aria-live="polite">
        {experiment.approval === 'STALE' && <p className="note mt-2 mb-3 text-12" style={{ borderColor: 'var(--stale)' }}>{experiment.staleReason} Another look is needed.</p>}
      </div>
      {newest.map((review) => <ReviewerLine key={review.id} review={review} isViewer={review.reviewer.id === viewerId} />)}
      {nobodyYet && <p className="text-12 text-ink-3 mt-2">Nobody has been asked yet.</p>}
      <div className="dec">
        <DecisionButtons means={means} mayApprove={viewerCan.approve} onDecide={setDeciding} />
        {viewerCan.requestReview && <Button className={means === 'read' ? 'wide' : ''} onClick={() => setAsking(true)}>{nobodyYet ? 'Ask for a review' : 'Ask someone else'}</Button>}
      </div>
      {viewerCan.approveRefusal !== null && <p className="hint mt-2">{viewerCan.approveRefusal}</p>}
      <ReviewDialog decision={deciding} onClose={() => setDeciding(null)} experiment={experiment} onChanged={onChanged} />
      <RequestReviewDialog open={asking} onClose={() => setAsking(false)} experiment={experiment} />
    </Section>
  );
}

type Means = 'judge' | 'comment' | 'read';

/** Comments and requests for changes need no finished evidence, an approval does; one's own work gets comments only. */
function meansOf({ owner, viewerCan, project }: ExperimentDetail, viewerId: string | null): Means {
  const isOwn = owner?.id === viewerId;
  if (viewerCan.approve || (!isOwn && project.viewerCan.review)) return 'judge';
  return isOwn && viewerCan.comment ? 'comment' : 'read';
}

function DecisionButtons({ means, mayApprove, onDecide }: { readonly means: Means; readonly mayApprove: boolean; readonly onDecide: (decision: Decision) => void }) {
  return (
    <>
      {mayApprove && <Button look="primary" onClick={() => onDecide('APPROVE')} hint="R">Approve</Button>}
      {means === 'judge' && <Button onClick={() => onDecide('REQUEST_CHANGES')}>Ask for changes</Button>}
      {means !== 'read' && <Button onClick={() => onDecide('COMMENT')}>Comment</Button>}
    </>
  );
}

function ApprovalWord({ approval }: { readonly approval: ExperimentDetail['approval'] }) {
  if (approval === 'STALE') return <VerdictBadge of="stale" text={STATES.STALE} />;
  return <span className={`text-12 ${approval === 'APPROVED' ? 'ok font-medium' : approval === 'CHANGES_REQUESTED' ? 'bad font-medium' : 'text-ink-3'}`}>{STATES[approval]}</span>;
}

type Review = ExperimentDetail['reviews'][number];

const STANDS = {
  REQUESTED: { word: 'asked', tone: 'warn', Icon: Clock },
  APPROVED: { word: 'approved', tone: 'ok', Icon: Check },
  CHANGES_REQUESTED: { word: 'asked for changes', tone: 'bad', Icon: CircleX },
  COMMENTED: { word: 'commented', tone: 'text-ink-2', Icon: MessageSquare },
} as const;

function ReviewerLine({ review, isViewer }: { readonly review: Review; readonly isViewer: boolean }) {
  const { word, tone, Icon } = STANDS[review.state];
  return (
    <div className="li" style={{ gridTemplateColumns: '20px minmax(0, 1fr) auto' }}>
      <Initials letters={review.reviewer.initials} name={review.reviewer.name} />
      <span className="tr">{review.reviewer.name}{isViewer && <span className="text-ink-3"> you</span>}</span>
      {review.stale && review.state !== 'REQUESTED'
        ? <VerdictBadge of="stale" text={`${word}, stale`} />
        : <span className={`st ${tone}`}><Icon aria-hidden="true" />{word}, <RelativeTime at={review.decidedAt ?? review.createdAt} /></span>}
      {review.body && <p className="text-12 text-ink-2" style={{ gridColumn: '2 / -1', marginTop: 4, whiteSpace: 'pre-wrap' }}>{review.body}</p>}
      {review.state === 'APPROVED' && review.evidenceDigest && <span className="hint" style={{ gridColumn: '2 / -1' }}>of evidence <span className="mono">{review.evidenceDigest.slice(0, 8)}</span></span>}
    </div>
  );
}

