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

export type FindMentions = (typed: string) => Promise<readonly MentionChoice[]>;

/** "@" opens the list; what is chosen becomes a link, which Markdown can hold. */
export const mentionList = (find: FindMentions) => typedList<MentionChoice>({
  char: '@', label: 'People and things to mention', nothing: 'Nobody goes by that.', allowSpaces: true, waitInMs: 80, find,
  choose: (editor, range, item) => {
    editor.chain().focus().insertContentAt(range, [
      { type: 'text', text: item.words, marks: [{ type: 'link', attrs: { href: mentionHref(item) } }] },
      { type: 'text', text: ' ' },
    ]).unsetMark('link').run();
  },
});
