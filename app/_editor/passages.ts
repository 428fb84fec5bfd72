import type { Passage, PassageEnds } from './passage.ts';

/** A passage that is talked about. */
export interface MarkedPassage extends Passage {
  readonly id: string;
  /** Shown at its end. */
  readonly number: number;
}

/** So many names of one passage's letters are remembered. */
const MOST_NAMES = 8;

type Renamed = (id: string, ends: PassageEnds) => void;

/** What the editor is asked to do; there once it is. */
interface Text {
  readonly mark: () => void;
  readonly show: (id: string) => void;
}

/**
 * What is said beside a text and the text itself hold on to each other by this: beside it one knows which passages are talked about, in it where they stand. Free of the editor, which
 * comes later than the page.
 */
export class Passages {
  /** Those to be marked. */
  marked: readonly MarkedPassage[] = [];
  /** The one that is looked at. */
  chosen: string | null = null;
  /** Words that somebody is about to say something on. */
  draft: Passage | null = null;
  /** What each says now, null where it is gone; without those that nobody has looked for yet. */
  words: ReadonlyMap<string, string | null> = new Map();
  private readonly ends = new Map<string, readonly PassageEnds[]>();
  private text: Text | null = null;
  private whenRenamed: Renamed | null = null;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  };

  readonly mark = (marked: readonly MarkedPassage[]): void => {
    this.marked = marked;
    for (const { id, from, to } of marked) this.learn(id, { from, to });
    this.text?.mark();
  };

  /** The names of its letters, newest first. Former ones hold again when an edit is undone. */
  readonly endsOf = (id: string): readonly PassageEnds[] => this.ends.get(id) ?? [];

  /** Called by the editor. */
  readonly renamed = (id: string, ends: PassageEnds): void => {
    this.learn(id, ends);
    this.whenRenamed?.(id, ends);
  };

  readonly choose = (id: string | null): void => {
    if (this.chosen === id) return;
    this.chosen = id;
    this.changed();
  };

  readonly begin = (draft: Passage | null): void => {
    this.draft = draft;
    this.changed();
  };

  /** Brings a passage into sight. */
  readonly show = (id: string): void => {
    this.choose(id);
    this.text?.show(id);
  };

  /** Called by the editor: what it found. */
  readonly found = (words: ReadonlyMap<string, string | null>): void => {
    if (words.size === this.words.size && [...words].every(([id, said]) => this.words.get(id) === said)) return;
    this.words = words;
    this.tell();
  };

  /** Called by the editor when it is there; answers how it leaves. */
  readonly takeText = (text: Text): (() => void) => {
    this.text = text;
    return () => { if (this.text === text) this.text = null; };
  };

  /** Calls when the editor has written the letters of a passage anew, so that others can be told their new names. Answers how to leave. */
  readonly tellRenamed = (renamed: Renamed): (() => void) => {
    this.whenRenamed = renamed;
    return () => { if (this.whenRenamed === renamed) this.whenRenamed = null; };
  };

  private learn(id: string, ends: PassageEnds): void {
    const known = this.endsOf(id);
    if (!known.some(({ from, to }) => from === ends.from && to === ends.to)) this.ends.set(id, [ends, ...known].slice(0, MOST_NAMES));
  }

  private changed(): void {
    this.text?.mark();
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
