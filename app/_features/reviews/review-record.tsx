'use client';

import { useRef } from 'react';
import { Kbd } from '../../_ui/kbd.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import { recordOf, type Review } from './record.ts';
import { ReviewerLine } from './reviewer-line.tsx';

interface ReviewRecordProps {
  readonly reviews: readonly Review[];
  readonly viewerId: string | null;
  readonly mayDismiss: boolean;
}

/** All that reviewers decided: what each says now, and what was decided before in a fold. Nothing of it is ever taken away. */
export function ReviewRecord({ reviews, viewerId, mayDismiss }: ReviewRecordProps) {
  const { now, earlier } = recordOf(reviews);
  const fold = useRef<HTMLDetailsElement>(null);
  useKeys({
    e: () => {
      if (fold.current === null) return;
      fold.current.open = !fold.current.open;
      fold.current.querySelector('summary')?.focus();
    },
  });
  return (
    <>
      {now.length > 0 && <ul aria-label="What reviewers say">{now.map((review) => <ReviewerLine key={review.id} review={review} isViewer={review.reviewer.id === viewerId} mayDismiss={mayDismiss} />)}</ul>}
      {earlier.length > 0 && (
        <details ref={fold} className="mt-2">
          <summary className="text-12 text-ink-3 py-1">{earlier.length === 1 ? 'One earlier decision' : `${earlier.length} earlier decisions`} <Kbd keys="E" /></summary>
          <ol aria-label="Earlier decisions, newest first">{earlier.map((review) => <ReviewerLine key={review.id} review={review} isViewer={review.reviewer.id === viewerId} mayDismiss={false} />)}</ol>
        </details>
      )}
    </>
  );
}
