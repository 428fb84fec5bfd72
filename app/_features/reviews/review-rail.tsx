'use client';

import { useCallback, useState } from 'react';
import { useViewer } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { Section } from '../../_ui/section.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { RailThreads } from '../threads/rail-threads.tsx';
import { VerdictBadge } from '../verdicts/verdict-badge.tsx';
import { Checks } from './checks.tsx';
import { SinceYouLooked } from './evidence-changes.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { RequestReviewDialog } from './request-review-dialog.tsx';
import { ReviewDialog, type Decision } from './review-dialog.tsx';
import { ReviewRecord } from './review-record.tsx';

/** Reviewers and buttons, checks, evidence, threads: in this order. */
export function ReviewRail({ experiment, onChanged, withThreads }: { readonly experiment: ExperimentDetail; readonly onChanged: () => void; /** Not beside the discussion itself. */ readonly withThreads: boolean }) {
  const { evidenceDigest } = experiment;
  const dataNow = useCallback(() => evidenceDigest, [evidenceDigest]);
  return (
    <aside className="rail" aria-label="Review">
      {!experiment.exploratory && <ReviewSection experiment={experiment} onChanged={onChanged} />}
      {!experiment.exploratory && <Checks experiment={experiment} />}
      <EvidenceSection experiment={experiment} />
      {withThreads && <RailThreads subject={experiment.id} experimentKey={experiment.key} dataNow={dataNow} />}
    </aside>
  );
}

/** "needs 1 approval", "1 of 2 approvals" */
function approvalWords({ approval, reviews, project, evidenceDigest }: ExperimentDetail): string {
  const { approvals } = project.reviewPolicy;
  const given = new Set(reviews.filter((review) => review.state === 'APPROVED' && !review.stale && review.dismissal === null && review.evidenceDigest === evidenceDigest).map((review) => review.reviewer.id)).size;
  switch (approval) {
    case 'NONE': return 'not asked';
    case 'REQUESTED': return given > 0 ? `${given} of ${approvals} approvals` : `needs ${approvals === 1 ? '1 approval' : `${approvals} approvals`}`;
    case 'CHANGES_REQUESTED': return 'changes asked for';
    case 'APPROVED': return 'approved';
    case 'STALE': return 'approval is stale';
  }
}

function ReviewSection({ experiment, onChanged }: { readonly experiment: ExperimentDetail; readonly onChanged: () => void }) {
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const [asking, setAsking] = useState(false);
  const { viewerCan, reviews } = experiment;
  const { viewer } = useViewer();
  const viewerId = viewer?.person.id ?? null;
  const nobodyYet = reviews.every(({ reviewer }) => reviewer.id === experiment.owner?.id);
  const begin = (): void => {
    if (viewerCan.approve) setDeciding('APPROVE');
    else if (viewerCan.requestChanges) setDeciding('COMMENT');
    else setAsking(viewerCan.requestReview);
  };
  useKeys({ r: begin });
  return (
    <Section title="Review" aside={<ApprovalWord experiment={experiment} />}>
      <div aria-live="polite">
        {experiment.approval === 'STALE' && <p className="note mt-2 mb-3 text-12" style={{ borderColor: 'var(--stale)' }}>{experiment.staleReason} Another look is needed.</p>}
      </div>
      <SinceYouLooked experiment={experiment} />
      <ReviewRecord reviews={reviews} viewerId={viewerId} mayDismiss={experiment.project.viewerCan.manage} />
      {nobodyYet && <p className="text-12 text-ink-3 mt-2">Nobody has been asked yet.</p>}
      <div className="dec">
        <DecisionButtons may={viewerCan} onDecide={setDeciding} />
        {viewerCan.requestReview && <Button className={viewerCan.commentInReview ? '' : 'wide'} onClick={() => setAsking(true)}>{nobodyYet ? 'Ask for a review' : 'Ask someone else'}</Button>}
      </div>
      <EthicsNote experiment={experiment} />
      {viewerCan.approveRefusal !== null && <p className="hint mt-2">{viewerCan.approveRefusal}</p>}
      <ReviewDialog decision={deciding} onClose={() => setDeciding(null)} experiment={experiment} onRefused={onChanged} />
      <RequestReviewDialog open={asking} onClose={() => setAsking(false)} experiment={experiment} />
    </Section>
  );
}

/** What its data asks for before anything is shared. */
function EthicsNote({ experiment: { ethics } }: { readonly experiment: ExperimentDetail }) {
  if (ethics.reasons.length === 0) return null;
  return <p className={ethics.needed && !ethics.approved ? 'note warn-edge mt-3 text-12' : 'hint mt-3'}>{ethics.reasons.join(' ')}{ethics.needed && (ethics.approved ? ' Ethics has approved this evidence.' : ' Until then it cannot be shared.')}</p>;
}

/** Comments and requests for changes need no finished evidence, an approval does; one's own work gets comments only. */
function DecisionButtons({ may, onDecide }: { readonly may: ExperimentDetail['viewerCan']; readonly onDecide: (decision: Decision) => void }) {
  return (
    <>
      {may.approve && <Button look="primary" onClick={() => onDecide('APPROVE')} hint="R">Approve</Button>}
      {may.requestChanges && <Button onClick={() => onDecide('REQUEST_CHANGES')}>Ask for changes</Button>}
      {may.commentInReview && <Button onClick={() => onDecide('COMMENT')}>Comment</Button>}
    </>
  );
}

function ApprovalWord({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { approval } = experiment;
  const words = approvalWords(experiment);
  if (approval === 'STALE') return <VerdictBadge of="stale" text={words} />;
  return <span className={`text-12 ${approval === 'APPROVED' ? 'ok font-medium' : approval === 'CHANGES_REQUESTED' ? 'bad font-medium' : 'text-ink-3'}`}>{words}</span>;
}
