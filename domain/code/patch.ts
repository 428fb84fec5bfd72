export type LineSign = ' ' | '+' | '-';

export interface PatchLine {
  readonly sign: LineSign;
  readonly text: string;
}

/** A stretch of a file that a patch changes, with the lines around it. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What git found above it: mostly the head of a function. Empty where it found none. */
  readonly heading: string;
  readonly lines: readonly PatchLine[];
}

/** What a patch does to one file. */
export interface PatchFile {
  /** As the file is called afterwards, or was called where it went. */
  readonly path: string;
  /** Another name that it had before; null where it kept its own. */
  readonly renamedFrom: string | null;
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly binary: boolean;
  /** Git's name for the content before, as far as the patch writes it out; null where it does not. */
  readonly baseId: string | null;
  /** The same for the content afterwards. */
  readonly newId: string | null;
  readonly hunks: readonly Hunk[];
  /** A hunk is not as long as it says: the patch was masked, cut or written by hand. What it has is shown, and nothing is concluded from it. */
  readonly broken: boolean;
}

export interface ReadPatch {
  readonly files: readonly PatchFile[];
  /** There is more than was read. */
  readonly cut: boolean;
}

/** Nobody reads through more; whoever writes a larger patch does not slow the page down with it. */
export const MOST_PATCH_FILES = 2_000;
export const MOST_PATCH_LINES = 100_000;

const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.*)$/s;
const INDEX = /^index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})/;
const NOTHING = /^0+$/;

/** Reads a patch as git writes it (`git diff`), however it was damaged: what cannot be read is left out, and never more is kept than so many files and lines. https://git-scm.com/docs/diff-format */
export function readPatch(text: string): ReadPatch {
  const reader = new PatchReader();
  let at = 0;
  while (at < text.length && reader.hasRoom()) {
    const end = text.indexOf('\n', at);
    reader.take(text.slice(at, end < 0 ? text.length : end));
    at = end < 0 ? text.length : end + 1;
  }
  const files = reader.finish();
  return { files: files.slice(0, MOST_PATCH_FILES), cut: at < text.length || files.length > MOST_PATCH_FILES };
}

interface OpenHunk extends Hunk { readonly lines: PatchLine[]; oldLeft: number; newLeft: number }
interface OpenFile { header: string; before: string | null; after: string | null; renamed: boolean; change: PatchFile['change']; binary: boolean; baseId: string | null; newId: string | null; readonly hunks: OpenHunk[]; broken: boolean }

class PatchReader {
  private readonly files: PatchFile[] = [];
  private file: OpenFile | null = null;
  private hunk: OpenHunk | null = null;
  private lines = 0;

  hasRoom(): boolean {
    return this.files.length < MOST_PATCH_FILES && this.lines < MOST_PATCH_LINES;
  }

  take(line: string): void {
    this.lines += 1;
    const text = withoutReturn(line);
    if (text.startsWith('diff --git ')) this.begin(text.slice('diff --git '.length));
    else if (this.file !== null && !this.content(text)) this.head(this.file, text);
  }

  finish(): readonly PatchFile[] {
    this.close();
    return this.files;
  }

  private begin(header: string): void {
    this.close();
    this.file = { header, before: null, after: null, renamed: false, change: 'CHANGED', binary: false, baseId: null, newId: null, hunks: [], broken: false };
  }

  private close(): void {
    this.closeHunk();
    const file = this.file;
    this.file = null;
    if (file === null) return;
    const [before, after] = [file.before ?? sameName(file.header), file.after ?? sameName(file.header)];
    const path = file.change === 'REMOVED' ? before : after;
    if (path === null || path === '') return;
    const { change, binary, baseId, newId, broken } = file;
    this.files.push({ path, renamedFrom: file.renamed && before !== null && before !== path ? before : null, change, binary, baseId, newId, broken, hunks: file.hunks.map(({ oldStart, oldLines, newStart, newLines, heading, lines }) => ({ oldStart, oldLines, newStart, newLines, heading, lines })) });
  }

  private closeHunk(): void {
    if (this.file !== null && this.hunk !== null && (this.hunk.oldLeft !== 0 || this.hunk.newLeft !== 0)) this.file.broken = true;
    this.hunk = null;
  }

  /** Whether the line belongs to the hunk that is open. Its head says how long it is, so that a removed "-- " is not taken for the head of a file. */
  private content(line: string): boolean {
    const hunk = this.hunk;
    if (hunk === null || line.startsWith('\\')) return hunk !== null;
    if (hunk.oldLeft <= 0 && hunk.newLeft <= 0) return false;
    // Tools that trim the ends of lines leave nothing of a blank one.
    const sign = line === '' ? ' ' : line[0];
    if (sign !== ' ' && sign !== '+' && sign !== '-') return false;
    hunk.lines.push({ sign, text: line.slice(1) });
    if (sign !== '+') hunk.oldLeft -= 1;
    if (sign !== '-') hunk.newLeft -= 1;
    return true;
  }

  private head(file: OpenFile, line: string): void {
    const hunk = HUNK.exec(line);
    if (hunk !== null) { this.beginHunk(file, hunk); return; }
    if (file.hunks.length > 0) {
      // Behind its hunks a file says nothing more: a line here is one too many of the last.
      if (line !== '') file.broken = true;
      return;
    }
    const name = /^(---|\+\+\+|rename from|rename to) (.*)$/s.exec(line);
    if (name !== null) nameFile(file, name[1] ?? '', name[2] ?? '');
    else if (line.startsWith('new file mode ')) file.change = 'ADDED';
    else if (line.startsWith('deleted file mode ')) file.change = 'REMOVED';
    else if (line.startsWith('GIT binary patch') || line.startsWith('Binary files ')) file.binary = true;
    else nameContents(file, line);
  }

  private beginHunk(file: OpenFile, [, oldStart, oldLines = '1', newStart, newLines = '1', heading = '']: RegExpExecArray): void {
    this.closeHunk();
    this.hunk = { oldStart: Number(oldStart), oldLines: Number(oldLines), newStart: Number(newStart), newLines: Number(newLines), heading: heading.trim(), lines: [], oldLeft: Number(oldLines), newLeft: Number(newLines) };
    const last = file.hunks.at(-1);
    // Hunks go down the file; any other order is nobody's patch.
    if (last !== undefined && this.hunk.oldStart < last.oldStart + last.oldLines) file.broken = true;
    file.hunks.push(this.hunk);
  }
}

function nameContents(file: OpenFile, line: string): void {
  const [, before = '0', after = '0'] = INDEX.exec(line) ?? [];
  if (!NOTHING.test(before)) file.baseId = before;
  if (!NOTHING.test(after)) file.newId = after;
}

function nameFile(file: OpenFile, mark: string, given: string): void {
  const name = unquoted(given.replace(/\t$/, ''));
  if (mark.startsWith('rename')) {
    file.renamed = true;
    file[mark === 'rename from' ? 'before' : 'after'] = name;
    return;
  }
  if (name === '/dev/null') {
    file.change = mark === '---' ? 'ADDED' : 'REMOVED';
    return;
  }
  file[mark === '---' ? 'before' : 'after'] = name.replace(/^[ab]\//, '');
}

/** Files that are only renamed, empty or binary are named nowhere but in the first line, which names both sides; where they are the same the middle tells them apart. */
function sameName(header: string): string | null {
  const half = (header.length - 1) / 2;
  const [before, after] = [unquoted(header.slice(0, half)), unquoted(header.slice(half + 1))];
  return Number.isInteger(half) && before.startsWith('a/') && before.slice(2) === after.slice(2) ? before.slice(2) : null;
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Names with tabs, quotes or ends of lines are written as C does; bytes that are no text keep their number. */
function unquoted(name: string): string {
  if (!/^".*"$/s.test(name)) return name;
  return name.slice(1, -1).replaceAll(/\\([0-7]{3}|.)/gs, (whole, given: string) => ESCAPES[given] ?? (given.length === 3 ? whole : given));
}
