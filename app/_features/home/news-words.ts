import { count } from '../../_ui/numbers.ts';
import type { HomeNewsItem } from './home-query.ts';

/** How the verdict came to be what it is now, before its badge: "went from inconclusive to"; null when it is no news. */
export function turnWords({ judged, outcomeBefore, now }: { readonly judged: boolean; readonly outcomeBefore: string | null; readonly now: string | null }): string | null {
  if (!judged || now === null) return null;
  if (outcomeBefore === null) return 'is';
  return outcomeBefore === now ? 'is still' : `went from ${outcomeBefore.toLowerCase()} to`;
}

/** What else is new, in the order in which it matters: "approved, 12 new runs, 2 of them failed, 3 comments". */
export function otherWords({ newRuns, failedRuns, approvals, objections, comments }: Pick<HomeNewsItem, 'newRuns' | 'failedRuns' | 'approvals' | 'objections' | 'comments'>): string {
  return [
    objections > 0 ? 'changes asked for' : '',
    approvals > 0 ? (approvals === 1 ? 'approved' : `${approvals} approvals`) : '',
    newRuns > 0 ? count(newRuns, 'new run') : '',
    failedRuns > 0 ? (failedRuns === newRuns ? (newRuns === 1 ? 'which failed' : 'all of which failed') : `${failedRuns} of them failed`) : '',
    comments > 0 ? count(comments, 'comment') : '',
  ].filter((part) => part !== '').join(', ');
}
