/** A line in one of the files that are shown, the first being file 0 and line 1. */
export interface LineAt {
  readonly file: number;
  readonly line: number;
}

/** What a row says of its line: `head` is a patch's own words, `fold` stands for lines that are not shown. */
export type RowKind = 'same' | 'added' | 'removed' | 'head' | 'fold';

/** One row of code as it is drawn. */
export interface CodeRow {
  readonly kind: RowKind;
  /** In the order of the columns; null where the line has none. */
  readonly numbers: readonly (number | null)[];
  readonly text: string;
  /** Which line a comment on the row is about; null for rows that are no line. */
  readonly at: LineAt | null;
  /** The same line in the other file. */
  readonly also: LineAt | null;
}

export const SIGNS: Readonly<Record<RowKind, string>> = { same: ' ', added: '+', removed: '-', head: '', fold: '' };

/** A file as rows, a number each. */
export const plainRows = (lines: readonly string[]): readonly CodeRow[] => lines.map((text, at) => ({ kind: 'same', numbers: [at + 1], text, at: { file: 0, line: at + 1 }, also: null }));
