'use client';

import { useConnection } from '../_graphql/connection.ts';
import { formatClock } from '../_ui/moments.ts';

/** Says when live updates stopped, and that they come back by themselves. */
export function ConnectionNote() {
  const { state, lostAt, nextTryAt } = useConnection();
  return (
    <div role="status" aria-live="polite">
      {state === 'lost' && lostAt !== null ? (
        <div className="offline">
          <b className="font-medium">Connection lost {formatClock(new Date(lostAt))}.</b> {nextTryAt ? `Next try ${formatClock(new Date(nextTryAt))}. ` : ''}
          <span className="text-ink-2">The page shows what had arrived. Nothing you typed is lost; it is not saved yet.</span>
        </div>
      ) : null}
    </div>
  );
}
