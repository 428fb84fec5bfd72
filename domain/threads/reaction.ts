import { badInput } from '../refusal.ts';

/** The few things that can be said of a comment without words. Each has a word of its own: a picture alone is no meaning. */
export const REACTIONS = {
  AGREE: { emoji: '👍', word: 'agree' },
  DISAGREE: { emoji: '👎', word: 'disagree' },
  THANKS: { emoji: '❤️', word: 'thanks' },
  WELL_DONE: { emoji: '🎉', word: 'well done' },
  LOOKING: { emoji: '👀', word: 'looking into it' },
  UNSURE: { emoji: '🤔', word: 'not sure' },
} as const satisfies Record<string, { readonly emoji: string; readonly word: string }>;

export type Reaction = keyof typeof REACTIONS;
export const REACTION_KINDS = Object.keys(REACTIONS) as readonly Reaction[];

/** As kept; null for one of a later version. */
export const reactionFrom = (kept: string): Reaction | null => REACTION_KINDS.find((kind) => kind === kept) ?? null;

export function requireThere(comment: { readonly deletedAt: Date | null }): void {
  if (comment.deletedAt !== null) throw badInput('comment/deleted', 'This comment was deleted, so there is nothing to react to.');
}
