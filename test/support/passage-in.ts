import { createRelativePositionFromTypeIndex, encodeRelativePosition, XmlText, type Doc, type XmlElement, type XmlFragment } from 'yjs';
import type { Api, As } from './api.ts';
import { openNote } from './note-client.ts';

export interface TextAnchor { readonly kind: 'text'; readonly from: string; readonly to: string; readonly quote: string }

function textsOf(within: XmlFragment | XmlElement): XmlText[] {
  return within.toArray().flatMap((child) => (child instanceof XmlText ? [child] : 'toArray' in child ? textsOf(child as XmlElement) : []));
}

/** The words as an anchor, as the editor makes it: by their first letter and their last. From the words to others, in another paragraph too, where `upTo` says so. */
export function passageIn(doc: Doc, words: string, upTo = words): TextAnchor {
  const texts = textsOf(doc.getXmlFragment('default'));
  const [first, last] = [words, upTo].map((some) => texts.find((text) => text.toJSON().includes(some)));
  if (first === undefined || last === undefined) throw new Error(`nobody wrote ${words}`);
  const name = (text: XmlText, index: number, side: 0 | -1): string => Buffer.from(encodeRelativePosition(createRelativePositionFromTypeIndex(text, index, side))).toString('base64');
  return { kind: 'text', from: name(first, first.toJSON().indexOf(words), 0), to: name(last, last.toJSON().indexOf(upTo) + upTo.length, -1), quote: words };
}

/** The same, of a note on a server. */
export async function passageOf(api: Api, note: string, words: string, as: As): Promise<TextAnchor> {
  const client = await openNote(api.url, note, as);
  try {
    return passageIn(client.doc, words);
  } finally {
    client.close();
  }
}
