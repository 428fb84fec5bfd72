/** Whether a person hears of a thread. */
export const FOLLOWING = ['SUBSCRIBED', 'MUTED'] as const;
export type Following = (typeof FOLLOWING)[number];
/** Why: the first reason stays until the person chooses. */
export type FollowingReason = 'STARTED' | 'WROTE' | 'MENTIONED' | 'OWNER' | 'CHOSEN';

export interface Follower {
  readonly personId: string;
  readonly state: Following;
  readonly reason: FollowingReason;
}

export interface Written {
  readonly authorId: string;
  readonly starts: boolean;
  /** Who owns what the thread is about. */
  readonly ownerId: string | null;
  /** People mentioned who may read it. */
  readonly mentioned: readonly string[];
}

/** Who begins to follow when a comment is written: its author, whom it mentions, and the owner of the subject. Who has chosen, or follows already, stays as they are. */
export function followersAfter(before: readonly Follower[], { authorId, starts, ownerId, mentioned }: Written): readonly Follower[] {
  const known = new Set(before.map(({ personId }) => personId));
  const reasons: readonly (readonly [string | null, FollowingReason])[] = [[authorId, starts ? 'STARTED' : 'WROTE'], ...mentioned.map((personId) => [personId, 'MENTIONED'] as const), [ownerId, 'OWNER']];
  const added: Follower[] = [];
  for (const [personId, reason] of reasons) {
    if (personId === null || known.has(personId)) continue;
    known.add(personId);
    added.push({ personId, state: 'SUBSCRIBED', reason });
  }
  return added;
}
