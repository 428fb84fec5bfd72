import { conflict } from '../refusal.ts';
import { requireLive, type MeetingState } from './meeting.ts';

/** What one may say to a question before a meeting: do it, not yet, or let it be. */
export const VOTE_CHOICES = ['ADOPT', 'WAIT', 'DROP'] as const;
export type VoteChoice = (typeof VOTE_CHOICES)[number];

export interface Vote { readonly personId: string; readonly choice: VoteChoice }

/** A vote may be given and changed while the item is open in a meeting that is held. */
export function requireOpenToVotes(meeting: { readonly state: MeetingState }, item: { readonly closedAt: Date | null }): void {
  requireLive(meeting.state);
  if (item.closedAt !== null) throw conflict('agenda-item/closed', 'This item is closed, and its votes are counted. Open it again to vote.');
}

/** What was answered stays what was asked. */
export function requireSameQuestion(before: string | null, after: string | null, votes: number): void {
  if (before !== after && votes > 0) throw conflict('agenda-item/voted', 'People have voted on this question already. Add another item for another question.');
}

/** One vote a person: the last of theirs. Given in the order they were cast. */
export function standingVotes(cast: readonly Vote[]): readonly Vote[] {
  return [...new Map(cast.map((vote) => [vote.personId, vote])).values()];
}

export const tally = (votes: readonly Vote[]): readonly { readonly choice: VoteChoice; readonly count: number }[] =>
  VOTE_CHOICES.map((choice) => ({ choice, count: votes.filter((vote) => vote.choice === choice).length }));
