import type { Node } from '@tiptap/pm/model';
import { createAbsolutePositionFromRelativePosition, createRelativePositionFromTypeIndex, decodeRelativePosition, encodeRelativePosition, XmlElement, XmlText, type Doc, type XmlFragment } from 'yjs';

/** Where a passage stands in the text at this moment. */
export interface Place { readonly from: number; readonly to: number }

/** The first and the last letter of a passage, by the names that Yjs gave them, base64. */
export interface PassageEnds { readonly from: string; readonly to: string }

/** A passage as it is kept, with what it said. */
export interface Passage extends PassageEnds { readonly quote: string }

/** What a thread quotes of a longer passage. */
const MOST_QUOTE = 1000;
/** Fewer letters may well stand somewhere else by chance: a passage that is gone must not come back as another. */
const ENOUGH_LETTERS = 12;

const labelOf = ({ attrs }: Node): string => (typeof attrs['label'] === 'string' ? attrs['label'] : '');
export const wordsAt = (doc: Node, { from, to }: Place): string => doc.textBetween(from, to, ' ', labelOf).slice(0, MOST_QUOTE);

/** The passage that a choice of words is; null where no letter was chosen. Anchored to its letters, so that what is written before or after does not join it. */
export function passageAt(fragment: XmlFragment, doc: Node, chosen: Place): Passage | null {
  const place = lettersIn(doc, chosen);
  if (place === null) return null;
  const texts = [...startsOfTexts(fragment, doc)];
  const first = texts.find(([text, start]) => start <= place.from && place.from < start + text.length);
  const last = texts.find(([text, start]) => start < place.to && place.to <= start + text.length);
  if (first === undefined || last === undefined) return null;
  return { from: named(first[0], place.from - first[1], 0), to: named(last[0], place.to - last[1], -1), quote: wordsAt(doc, place) };
}

const named = (text: XmlText, index: number, side: 0 | -1): string => btoa(String.fromCharCode(...encodeRelativePosition(createRelativePositionFromTypeIndex(text, index, side))));

/** From the first chosen letter to the last: what is no text, and spaces around it, are left out. */
function lettersIn(doc: Node, { from, to }: Place): Place | null {
  let first: number | null = null;
  let last: number | null = null;
  doc.nodesBetween(from, to, (node, start) => {
    if (!node.isText) return;
    const [begin, end] = [Math.max(from, start), Math.min(to, start + node.nodeSize)];
    const words = (node.text ?? '').slice(begin - start, end - start);
    if (words.trim() === '') return;
    first ??= begin + words.length - words.trimStart().length;
    last = end - (words.length - words.trimEnd().length);
  });
  return first === null || last === null ? null : { from: first, to: last };
}

/** Where each text of the shared document begins in the editor's, by walking both: they are alike once what came was drawn. */
export function startsOfTexts(fragment: XmlFragment, doc: Node): ReadonlyMap<XmlText, number> {
  const starts = new Map<XmlText, number>();
  const walk = (shared: XmlFragment, node: Node, begin: number): void => {
    let offset = 0;
    let index = 0;
    for (const child of shared.toArray()) {
      if (child instanceof XmlText) {
        starts.set(child, begin + offset);
        offset += child.length;
        continue;
      }
      // In a line of text the editor counts letters, elsewhere blocks.
      const drawn = node.inlineContent ? node.nodeAt(offset) : node.maybeChild(index);
      index += 1;
      if (drawn == null) return;
      if (child instanceof XmlElement) walk(child, drawn, begin + offset + 1);
      offset += drawn.nodeSize;
    }
  };
  walk(fragment, doc, 0);
  return starts;
}

/** Finds passages again, all in one look at the document. */
export class PassageFinder {
  private readonly shared: Doc;
  private readonly fragment: XmlFragment;
  private readonly doc: Node;
  private starts: ReadonlyMap<XmlText, number> | null = null;
  private text: Letters | null = null;

  constructor(shared: Doc, fragment: XmlFragment, doc: Node) {
    this.shared = shared;
    this.fragment = fragment;
    this.doc = doc;
  }

  /**
   * Where the passage stands now, null where nothing of it is left. Its letters are asked first, by their newest names. Where its paragraph was moved or pasted somewhere else, the
   * editor has written the same words anew: they are then known by what they say.
   */
  find(quote: string, ends: readonly PassageEnds[]): Place | null {
    const place = ends.map((one) => this.letters(one)).find((one) => one !== null) ?? null;
    if (place !== null && bare(wordsAt(this.doc, place)) === bare(quote)) return place;
    return this.byWords(quote, place, ends[0] === undefined ? null : this.at(ends[0].from) ?? this.at(ends[0].to));
  }

  /** Where its letters are; null where they are none. What was deleted and undone here is known to be the same here only: `forOthers` leaves that out. */
  letters(ends: PassageEnds, forOthers = false): Place | null {
    const [from, to] = [this.at(ends.from, !forOthers), this.at(ends.to, !forOthers)];
    return from !== null && to !== null && from < to ? { from, to } : null;
  }

  /** Only by what it says: where the shared document is not yet what the editor shows. */
  byWords(quote: string, place: Place | null, near: number | null): Place | null {
    const words = place === null ? '' : bare(wordsAt(this.doc, place));
    // Edited in its middle: it is still what its letters say.
    if (!bare(quote).includes(words)) return place;
    this.text ??= new Letters(this.doc);
    const found = this.text.find(quote);
    if (place !== null) return found.find((one) => one.from <= place.from && place.to <= one.to) ?? place;
    if (bare(quote).length < ENOUGH_LETTERS) return null;
    if (near === null) return found.length === 1 ? found[0] ?? null : null;
    return found.toSorted((a, b) => Math.abs(a.from - near) - Math.abs(b.from - near))[0] ?? null;
  }

  private at(name: string, undone = true): number | null {
    try {
      const position = createAbsolutePositionFromRelativePosition(decodeRelativePosition(Uint8Array.from(atob(name), (letter) => letter.codePointAt(0) ?? 0)), this.shared, undone);
      this.starts ??= startsOfTexts(this.fragment, this.doc);
      const start = position?.type instanceof XmlText ? this.starts.get(position.type) : undefined;
      return position === null || start === undefined ? null : start + position.index;
    } catch {
      // An anchor comes from someone's machine: what is no place is none.
      return null;
    }
  }
}

/** Words without the spaces between them, which splitting and joining paragraphs adds and takes. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '');

/** The letters of a text without spaces, each with its place. */
class Letters {
  private readonly text: string;
  private readonly places: readonly number[];

  constructor(doc: Node) {
    let text = '';
    const places: number[] = [];
    doc.descendants((node, start) => {
      const words = node.isText ? node.text ?? '' : node.isLeaf ? labelOf(node) : '';
      for (let at = 0; at < words.length; at += 1) {
        if (/\s/.test(words.charAt(at))) continue;
        text += words.charAt(at);
        places.push(node.isText ? start + at : start);
      }
    });
    this.text = text;
    this.places = places;
  }

  find(quote: string): readonly Place[] {
    const wanted = bare(quote);
    const found: Place[] = [];
    if (wanted === '') return found;
    for (let at = this.text.indexOf(wanted); at !== -1; at = this.text.indexOf(wanted, at + wanted.length)) {
      const [first, last] = [this.places[at], this.places[at + wanted.length - 1]];
      if (first !== undefined && last !== undefined) found.push({ from: first, to: last + 1 });
    }
    return found;
  }
}
