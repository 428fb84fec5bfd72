import type { ConsoleCut } from '../../../domain/console/console-cut.ts';
import { overwritten } from '../../../domain/console/console-line.ts';
import { HiddenLines } from './hidden-lines.ts';

/** A line as pages hold it. */
export interface ShownLine {
  readonly number: number;
  readonly stream: 'stdout' | 'stderr';
  readonly source: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly text: string;
}

export interface ConsolePage { readonly lines: readonly ShownLine[]; readonly lineCount: number; readonly cut: ConsoleCut | null }

export type ReadLines = (from: number, first: number) => Promise<ConsolePage>;

const PAGE = 500;
/** About 40,000 lines stay in memory, those looked at last. A page in view has a row at least. */
const MOST_PAGES = 80;

interface Page { readonly lines: (ShownLine | undefined)[]; state: 'reading' | 'read' | 'failed' }

/**
 * The lines of one console in this browser: read by page where one looks, and added to as they arrive. Rows are counted from 0, numbers are the lines' own.
 * A line that was printed over has no row once both lines were here: see `overwritten`.
 */
export class ConsoleLines {
  readonly #read: ReadLines;
  readonly #pages = new Map<number, Page>();
  readonly #listeners = new Set<() => void>();
  readonly #hidden = new HiddenLines();
  #lineCount = 0;
  #cut: ConsoleCut | null = null;
  #version = 0;
  #sources: ReadonlySet<string> = new Set();
  constructor(read: ReadLines) {
    this.#read = read;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with every change. */
  readonly version = (): number => this.#version;

  get lineCount(): number { return this.#lineCount; }
  get cut(): ConsoleCut | null { return this.#cut; }
  get sources(): ReadonlySet<string> { return this.#sources; }

  /** Lines known to have been printed over. */
  get hiddenCount(): number { return this.#hidden.count; }

  /** Rows to show: the kept lines, and one row that says which are not kept. */
  get rows(): number {
    return this.#lineCount - (this.#cut === null ? 0 : this.#cut.to - this.#cut.from) - this.#hidden.count;
  }

  /** The line of a row; null for the row that stands for those that were let go. */
  numberAt(row: number): number | null {
    const before = row + this.#hidden.countAbove(row, this.#rowWithHidden);
    if (this.#cut === null || before < this.#cut.from - 1) return before + 1;
    return before === this.#cut.from - 1 ? null : before + 1 + this.#cut.to - this.#cut.from;
  }

  /** The row of a line; of one that was printed over, the next one. */
  rowOf(number: number): number {
    return Math.min(this.rows - 1, this.#rowWithHidden(number) - this.#hidden.countBelow(number));
  }

  readonly #rowWithHidden = (number: number): number => {
    if (this.#cut === null || number < this.#cut.from) return number - 1;
    return number <= this.#cut.to ? this.#cut.from - 1 : number - 1 - (this.#cut.to - this.#cut.from);
  };

  line(number: number): ShownLine | undefined {
    return this.#pages.get(pageOf(number))?.lines[(number - 1) % PAGE];
  }

  /** What the console is known to hold; never less than before. */
  know({ lineCount, cut }: Pick<ConsolePage, 'lineCount' | 'cut'>): void {
    this.#lineCount = Math.max(this.#lineCount, lineCount);
    this.#letGo(cut);
    this.#announce();
  }

  /** Makes sure that these lines are here or on their way, but those that nobody sees. */
  want(from: number, to: number): void {
    for (let at = pageOf(Math.max(1, from)); at <= pageOf(Math.min(to, this.#lineCount)); at += 1) {
      if (this.#isUnseen(at)) continue;
      const page = this.#pages.get(at);
      // Taken out and put back: the map's order is that of use.
      if (page) { this.#pages.delete(at); this.#pages.set(at, page); }
      if (!page || page.state === 'failed') void this.#fetch(at);
    }
  }

  arrived(lines: readonly ShownLine[], cut: ConsoleCut | null): void {
    for (const line of lines) {
      const at = pageOf(line.number);
      // A page that begins with this line is whole without being read.
      if (!this.#pages.has(at) && line.number % PAGE === 1) this.#keep(at, { lines: [], state: 'read' });
      this.#put(line);
      this.#lineCount = Math.max(this.#lineCount, line.number);
    }
    for (const at of new Set(lines.map(({ number }) => pageOf(number)))) this.#hide(at);
    this.#letGo(cut);
    this.#announce();
  }

  async #fetch(at: number): Promise<void> {
    const page: Page = { lines: this.#pages.get(at)?.lines ?? [], state: 'reading' };
    this.#keep(at, page);
    try {
      const { lines, ...known } = await this.#read(at * PAGE + 1, PAGE);
      for (const line of lines) if (pageOf(line.number) === at) this.#put(line);
      page.state = 'read';
      this.#hide(at);
      this.know(known);
    } catch {
      page.state = 'failed';
    }
  }

  #keep(at: number, page: Page): void {
    this.#pages.set(at, page);
    const oldest = this.#pages.keys().next();
    if (this.#pages.size > MOST_PAGES && !oldest.done) this.#pages.delete(oldest.value);
  }

  #put(line: ShownLine): void {
    const page = this.#pages.get(pageOf(line.number));
    if (page) page.lines[(line.number - 1) % PAGE] = line;
    if (!this.#sources.has(line.source)) this.#sources = new Set([...this.#sources, line.source]);
  }

  /** Looks for lines of a page that were printed over, or that others were printed over by, on the pages beside it. */
  #hide(at: number): void {
    const near = [at - 1, at, at + 1].flatMap((each) => this.#pages.get(each)?.lines ?? []).filter((line) => line !== undefined);
    this.#hidden.add(overwritten(near).flatMap((place) => near[place]?.number ?? []));
  }

  /** Whether no line of a page has a row of its own. */
  #isUnseen(at: number): boolean {
    const [from, to] = [at * PAGE + 1, (at + 1) * PAGE];
    return this.#hidden.covers(from, to) || (this.#cut !== null && this.#cut.from <= from && this.#cut.to >= to);
  }

  #letGo(cut: ConsoleCut | null): void {
    if (cut === null) return;
    this.#cut = cut;
    this.#hidden.forget(cut);
  }

  #announce(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const pageOf = (number: number): number => Math.floor((number - 1) / PAGE);
