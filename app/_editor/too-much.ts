import type { Transaction } from '@tiptap/pm/state';
import { ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform';
import { MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';

/** What to do with it, wherever it is refused. */
export const TOO_MUCH_AT_ONCE = 'That is too much to put into a note at once. Put it in piece by piece, or save it as a file and drop the file here.';

/** Whether what a transaction puts in makes an update that no server takes. The update itself is only there when the page has been made anew, and taking it back takes seconds. */
export const isTooMuch = (transaction: Transaction): boolean => bytesPutIn(transaction) > MOST_UPDATE_BYTES;

/** As JSON, which is written in milliseconds and has the bytes of the update and up to two fifths more. */
export function bytesPutIn({ steps }: Transaction): number {
  const put = steps.filter((step) => step instanceof ReplaceStep || step instanceof ReplaceAroundStep).map(({ slice }) => slice.content);
  return put.reduce((bytes, content) => bytes + new TextEncoder().encode(JSON.stringify(content)).length, 0);
}
