import { mentionHref } from '../../domain/richtext/mentions.ts';
import type { Choice } from './choice-list.tsx';
import { typedList } from './typed-list.ts';

/** Somebody or something that a comment can point at. */
export interface MentionChoice extends Choice {
  readonly kind: 'person' | 'experiment' | 'run' | 'hypothesis' | 'metric';
  readonly id: string;
  /** What stands in the text. */
  readonly words: string;
}

/** What opens a list of mentions: @ of people first, # of things. */
export type MentionSign = '@' | '#';

export type FindMentions = (sign: MentionSign, typed: string) => Promise<readonly MentionChoice[]>;

/** How each list is called, in notes and comments alike. */
export const SIGN_WORDS = {
  '@': { label: 'People, or what else goes by that', nothing: 'Nobody and nothing of that name in what you may see.' },
  '#': { label: 'Experiments, hypotheses, runs and metrics', nothing: 'Nothing of that name in what you may see.' },
} as const;

/** Names have blanks: words may follow one another as long as something is found. What goes on from words that found nothing is prose, which no list should stand over. */
export function whileFound<Row>(find: (typed: string) => Promise<readonly Row[]>): { readonly find: typeof find; readonly allowSpaces: (typed: string) => boolean } {
  let nothing: string | null = null;
  return {
    find: async (typed) => {
      const rows = await find(typed);
      if (rows.length === 0 && typed !== '') nothing = typed;
      return rows;
    },
    allowSpaces: (typed) => !/^\s/.test(typed) && (nothing === null || !typed.startsWith(nothing)),
  };
}

/** "@" and "#" open their lists; what is chosen becomes a link, which Markdown can hold. */
export const mentionLists = (find: FindMentions) => (['@', '#'] as const).map((char) => typedList<MentionChoice>({
  char, ...SIGN_WORDS[char], waitInMs: 80,
  ...whileFound((typed) => find(char, typed)),
  choose: (editor, range, item) => {
    editor.chain().focus().insertContentAt(range, [
      { type: 'text', text: item.words, marks: [{ type: 'link', attrs: { href: mentionHref(item) } }] },
      { type: 'text', text: ' ' },
    ]).unsetMark('link').run();
  },
}));
