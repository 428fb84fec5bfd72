import type { Hunk, PatchFile } from './patch.ts';

/** Lines of a file in a row, with the number of the first. */
export interface Lines {
  readonly start: number;
  readonly lines: readonly string[];
}

/** Part of a file as it is on both sides. Between two regions, before the first and behind the last, both sides are the same, and their text was not kept. */
export interface Region {
  readonly before: Lines;
  readonly after: Lines;
  /** What stands above it: mostly the head of a function. */
  readonly heading: string;
}

/** What is kept of a file on one side: nothing is there, all of its text, the commit's text that nobody kept, or that with a patch on top. */
export type Kept =
  | { readonly kind: 'absent' }
  | { readonly kind: 'whole'; readonly lines: readonly string[] }
  | { readonly kind: 'commit' }
  | { readonly kind: 'patched'; readonly file: PatchFile };

/** What one patch does to a file, region by region. */
export const regionsOfPatch = (file: PatchFile): readonly Region[] => file.hunks.map((hunk) => ({
  heading: hunk.heading,
  before: { start: hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart, lines: hunk.lines.filter(({ sign }) => sign !== '+').map(({ text }) => text) },
  after: { start: hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart, lines: hunk.lines.filter(({ sign }) => sign !== '-').map(({ text }) => text) },
}));

/** All lines of a file that a patch adds: then nothing of it is missing. Null for every other. */
export const addedLines = ({ change, binary, broken, hunks }: PatchFile): readonly string[] | null =>
  (change === 'ADDED' && !binary && !broken ? hunks.flatMap(({ lines }) => lines.filter(({ sign }) => sign === '+').map(({ text }) => text)) : null);

/**
 * Where a file differs between two sides, as far as what was kept says all of it: both texts, or what two patches make of the same text. That text is not kept, but wherever a side differs from it a
 * patch has the lines, and elsewhere the two are the same. Null where it cannot be told: patches on different commits, or one that is damaged.
 */
export function regionsBetween(before: Kept, after: Kept, sameBase: boolean): readonly Region[] | null {
  const [was, is] = [wholeOf(before), wholeOf(after)];
  if (was !== null && is !== null) return [{ heading: '', before: { start: 1, lines: was }, after: { start: 1, lines: is } }];
  const [old, now] = [hunksOf(before), hunksOf(after)];
  return sameBase && old !== null && now !== null ? ofOneBase(old, now) : null;
}

function wholeOf(kept: Kept): readonly string[] | null {
  switch (kept.kind) {
    case 'absent': return [];
    case 'whole': return kept.lines;
    case 'commit': return null;
    case 'patched': return kept.file.change === 'REMOVED' ? [] : addedLines(kept.file);
  }
}

function hunksOf(kept: Kept): readonly Hunk[] | null {
  if (kept.kind === 'commit') return [];
  return kept.kind === 'patched' && kept.file.change !== 'ADDED' && !kept.file.binary && !kept.file.broken ? kept.file.hunks : null;
}

/** From and to of the base's lines; a hunk that only adds stands between two of them. */
interface Span { readonly from: number; readonly to: number; readonly heading: string }
const spanOf = ({ oldStart, oldLines, heading }: Hunk): Span => ({ from: oldLines === 0 ? oldStart + 1 : oldStart, to: oldLines === 0 ? oldStart + 1 : oldStart + oldLines, heading });

function ofOneBase(old: readonly Hunk[], now: readonly Hunk[]): readonly Region[] | null {
  const base = baseLines([...old, ...now]);
  if (base === null) return null;
  const regions: Region[] = [];
  const [left, right] = [new Side(old, base), new Side(now, base)];
  for (const { from, to, heading } of joined([...old, ...now].map(spanOf))) {
    const [before, after] = [left.read(from, to), right.read(from, to)];
    if (before === null || after === null) return null;
    regions.push({ before, after, heading });
  }
  return regions.filter(({ before, after }) => before.lines.length !== after.lines.length || before.lines.some((line, at) => line !== after.lines[at]));
}

/** What the hunks know of the base by the line's number; null where two say different things, for then it is not one base. */
function baseLines(hunks: readonly Hunk[]): ReadonlyMap<number, string> | null {
  const known = new Map<number, string>();
  for (const { oldStart, lines } of hunks) {
    let number = oldStart;
    for (const { sign, text } of lines) {
      if (sign === '+') continue;
      if ((known.get(number) ?? text) !== text) return null;
      known.set(number, text);
      number += 1;
    }
  }
  return known;
}

/** Spans that touch or overlap are one, under the heading of the first. */
function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = found.at(-1);
    if (last === undefined || span.from > last.to) found.push(span);
    else found[found.length - 1] = { ...last, to: Math.max(last.to, span.to) };
  }
  return found;
}

/** One side's lines, read down the base. */
class Side {
  private next = 0;
  /** How many more lines the side has than the base above the place that was read. */
  private shift = 0;
  private readonly hunks: readonly Hunk[];
  private readonly base: ReadonlyMap<number, string>;

  constructor(hunks: readonly Hunk[], base: ReadonlyMap<number, string>) {
    this.hunks = hunks;
    this.base = base;
  }

  /** The side's lines where the base has those from `from` up to `to`; null where one is not known. */
  read(from: number, to: number): Lines | null {
    const lines: string[] = [];
    const start = from + this.shift;
    let at = from;
    for (let hunk = this.nextUpTo(to); hunk !== null; hunk = this.nextUpTo(to)) {
      const span = spanOf(hunk);
      if (!this.copy(at, span.from, lines)) return null;
      for (const { sign, text } of hunk.lines) if (sign !== '-') lines.push(text);
      at = span.to;
      this.shift += hunk.newLines - hunk.oldLines;
      this.next += 1;
    }
    return this.copy(at, to, lines) ? { start, lines } : null;
  }

  private nextUpTo(to: number): Hunk | null {
    const hunk = this.hunks[this.next];
    return hunk !== undefined && spanOf(hunk).to <= to ? hunk : null;
  }

  /** Takes lines of the base over; false where one is not known. */
  private copy(from: number, to: number, lines: string[]): boolean {
    for (let at = from; at < to; at += 1) {
      const line = this.base.get(at);
      if (line === undefined) return false;
      lines.push(line);
    }
    return true;
  }
}
