/** As much of a thread as says whether it is settled. Times as the server writes them. */
export interface Settled {
  readonly id: string;
  readonly resolvedAt: string | null;
  readonly unread: { readonly count: number };
  readonly commentPage: { readonly nodes: readonly { readonly createdAt: string }[] };
}

/** Resolved, and something in it was not read yet. */
export const waitsUnread = ({ resolvedAt, unread }: Settled): boolean => resolvedAt !== null && unread.count > 0;

/** A resolved thread folds away, unless somebody answered in it since or it has something unread: what is hidden is never heard. */
export function foldsAway({ resolvedAt, unread, commentPage }: Settled): boolean {
  const last = commentPage.nodes.at(-1);
  return resolvedAt !== null && unread.count === 0 && (last === undefined || Date.parse(last.createdAt) <= Date.parse(resolvedAt));
}
