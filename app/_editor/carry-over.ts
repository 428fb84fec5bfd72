import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';

export interface PlainText {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What was typed into a plain box behind the Markdown it began with goes on in the editor that began with the same, the caret where it was. */
export function carryOver(editor: Editor, initial: string, { text, from, to }: PlainText): void {
  const goesOn = text.startsWith(initial);
  if (!goesOn) editor.commands.setContent(text, { contentType: 'markdown' });
  editor.commands.setTextSelection(editor.state.doc.content.size);
  const typed = goesOn ? text.slice(initial.length) : '';
  if (typed === '') return;
  const { tr } = editor.state;
  for (const [at, line] of typed.split('\n').entries()) {
    if (at > 0) tr.split(tr.selection.from);
    if (line !== '') tr.insertText(line);
  }
  // From one paragraph into the next it is two steps, where a line's end is one letter.
  const back = (place: number): number => {
    const behind = text.slice(Math.max(place, initial.length));
    return tr.selection.from - behind.length - (behind.split('\n').length - 1);
  };
  const [start, end] = [back(from), back(to)];
  editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, start, end)));
}
