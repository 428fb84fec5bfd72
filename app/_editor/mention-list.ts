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

/** "@" and "#" open their lists; what is chosen becomes a link, which Markdown can hold. Names have blanks; what stands behind a "#" is looked for by one word. */
export const mentionLists = (find: FindMentions) => (['@', '#'] as const).map((char) => typedList<MentionChoice>({
  char, ...SIGN_WORDS[char], allowSpaces: char === '@', waitInMs: 80,
  find: (typed) => find(char, typed),
  choose: (editor, range, item) => {
    editor.chain().focus().insertContentAt(range, [
      { type: 'text', text: item.words, marks: [{ type: 'link', attrs: { href: mentionHref(item) } }] },
      { type: 'text', text: ' ' },
    ]).unsetMark('link').run();
  },
}));
