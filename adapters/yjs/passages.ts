import * as Y from 'yjs';
import type { PassageEnds, QuotedPassage } from '../../operations/ports/note-documents.ts';

/** Fewer letters may well stand somewhere else by chance: as in the page, which finds a passage again by the same rule. */
const ENOUGH_LETTERS = 12;
/** A quote so long was cut there. */
const MOST_QUOTE = 1000;
const DEEPEST = 200;
/** A passage of more blocks is only compared with what it says now. */
const MOST_BLOCKS = 200;

/** Words without the spaces between them, which splitting and joining paragraphs adds and takes. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '');

/** Whether words are what is quoted: of a long passage the beginning is. */
const isQuoteOf = (quote: string, words: string): boolean => (quote.length < MOST_QUOTE ? bare(words) === bare(quote) : bare(words).startsWith(bare(quote)));

interface Place { readonly from: number; readonly to: number }

/** A note's text in one line, as the editor would quote it: with the labels of mentions, and a space between blocks. */
export class NoteLine {
  private text = '';
  private readonly doc: Y.Doc;
  private readonly starts = new Map<unknown, number>();
  private letters: { readonly text: string; readonly places: readonly number[] } | null = null;

  constructor(doc: Y.Doc, blocks: readonly unknown[]) {
    this.doc = doc;
    this.add(blocks, 0);
  }

  /** What stands between the two letters; null where one of them is not in the text. */
  between(ends: PassageEnds): string | null {
    const place = this.placeOf(ends);
    return place === null ? null : this.text.slice(place.from, place.to);
  }

  /** What the passage says now, its words found where they were moved to; null where nothing of it is left, and for ends that were never letters of this note. */
  now(passage: QuotedPassage): string | null {
    if (!isKnown(this.doc, passage.from) || !isKnown(this.doc, passage.to)) return null;
    const place = this.placeOf(passage);
    if (place === null) return this.elsewhere(passage);
    const words = this.text.slice(place.from, place.to);
    if (isQuoteOf(passage.quote, words)) return passage.quote;
    // Edited in its middle, it is still what its letters say; where some of them were written anew, all of it is around the rest.
    const whole = bare(passage.quote).includes(bare(words)) && this.find(passage.quote).some((one) => one.from <= place.from && place.to <= one.to);
    return whole ? passage.quote : words.slice(0, MOST_QUOTE);
  }

  /** None of its letters is left: the same words may have been written somewhere else. */
  private elsewhere({ quote, from, to }: QuotedPassage): string | null {
    if (bare(quote).length < ENOUGH_LETTERS) return null;
    const found = this.find(quote).length;
    // Where it was is known as long as its paragraph is there: of several the nearest is it. Otherwise nobody knows which.
    return found === 1 || (found > 1 && [from, to].some((end) => placed(this.doc, end) !== null)) ? quote : null;
  }

  private add(children: readonly unknown[], depth: number): void {
    if (depth > DEEPEST) return;
    for (const child of children) {
      if (child instanceof Y.XmlText) {
        this.starts.set(child, this.text.length);
        this.text += lettersOf(child);
      } else if (child instanceof Y.XmlElement) {
        const label: unknown = child.nodeName === 'mention' ? child.getAttribute('label') : null;
        if (typeof label === 'string') { this.text += label; continue; }
        const inside = child.toArray() as readonly unknown[];
        if (inside.some((each) => each instanceof Y.XmlText)) this.text += ' ';
        this.add(inside, depth + 1);
      }
    }
  }

  private placeOf(ends: PassageEnds): Place | null {
    const [from, to] = [this.at(ends.from), this.at(ends.to)];
    return from !== null && to !== null && from < to ? { from, to } : null;
  }

  private at(name: string): number | null {
    const found = placed(this.doc, name);
    const start = found === null ? undefined : this.starts.get(found.type);
    return found === null || start === undefined ? null : start + found.index;
  }

  private find(quote: string): readonly Place[] {
    this.letters ??= lettersWithPlaces(this.text);
    const { text, places } = this.letters;
    const wanted = bare(quote);
    const found: Place[] = [];
    for (let at = wanted === '' ? -1 : text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) found.push({ from: places[at] ?? 0, to: (places[at + wanted.length - 1] ?? 0) + 1 });
    return found;
  }
}

/** Whether the passage says what is quoted of it, read from its own blocks only: it is asked again and again, as a note grows. */
export function says(doc: Y.Doc, fragment: Y.XmlFragment, passage: QuotedPassage): boolean {
  const blocks = fragment.toArray() as readonly unknown[];
  const [first, last] = [passage.from, passage.to].map((name) => blocks.indexOf(blockOf(fragment, placed(doc, name))));
  if (first === undefined || last === undefined || first === -1 || last < first || last - first >= MOST_BLOCKS) return false;
  const words = new NoteLine(doc, blocks.slice(first, last + 1)).between(passage);
  return words !== null && isQuoteOf(passage.quote, words);
}

/** The block of the note that a place is in, however deep. */
function blockOf(fragment: Y.XmlFragment, place: Y.AbsolutePosition | null): unknown {
  let inside: unknown = place?.type;
  while (inside instanceof Y.AbstractType && inside.parent !== fragment) inside = inside.parent;
  return inside;
}

const placed = (doc: Y.Doc, name: string): Y.AbsolutePosition | null => {
  const position = positionOf(name);
  return position && Y.createAbsolutePositionFromRelativePosition(position, doc, false);
};

function lettersWithPlaces(line: string): { readonly text: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let text = '';
  for (let at = 0; at < line.length; at += 1) {
    if (/\s/.test(line.charAt(at))) continue;
    text += line.charAt(at);
    places.push(at);
  }
  return { text, places };
}

/** One character for each place that Yjs counts: what is no text counts as one. */
const lettersOf = (text: Y.XmlText): string => (text.toDelta() as readonly { readonly insert?: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : ' ')).join('');

/** The letter that a name says; null for what is none: other bytes, more than one letter's, or a place that is no letter. */
function positionOf(name: string): Y.RelativePosition | null {
  try {
    const bytes = Buffer.from(name, 'base64');
    const position = Y.decodeRelativePosition(bytes);
    return position.item !== null && Buffer.from(Y.encodeRelativePosition(position)).toString('base64') === name ? position : null;
  } catch {
    // An anchor comes from someone's machine: what is no place is none.
    return null;
  }
}

/** Whether this note ever had a letter of this name; it may be deleted. */
function isKnown({ store }: Y.Doc, name: string): boolean {
  const letter = positionOf(name)?.item ?? null;
  return letter !== null && Y.getState(store, letter.client) > letter.clock;
}
