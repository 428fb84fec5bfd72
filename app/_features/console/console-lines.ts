/** A line as pages hold it. */
export interface ShownLine {
  readonly number: number;
  readonly stream: 'stdout' | 'stderr';
  readonly source: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly text: string;
}

export interface Cut { readonly from: number; readonly to: number }
export interface ConsolePage { readonly lines: readonly ShownLine[]; readonly lineCount: number; readonly cut: Cut | null }

export type ReadLines = (from: number, first: number) => Promise<ConsolePage>;

const PAGE = 500;
/** About 30,000 lines stay in memory, those looked at last. */
const MOST_PAGES = 60;

interface Page { readonly lines: (ShownLine | undefined)[]; state: 'reading' | 'read' | 'failed' }

/** The lines of one console in this browser: read by page where one looks, and added to as they arrive. Indexes count shown rows from 0, numbers are the lines' own. */
export class ConsoleLines {
  readonly #read: ReadLines;
  readonly #pages = new Map<number, Page>();
  readonly #listeners = new Set<() => void>();
  #lineCount = 0;
  #cut: Cut | null = null;
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
  get cut(): Cut | null { return this.#cut; }
  get sources(): ReadonlySet<string> { return this.#sources; }

  /** Rows to show: the kept lines, and one row that says which are not kept. */
  get rows(): number {
    return this.#cut === null ? this.#lineCount : this.#lineCount - (this.#cut.to - this.#cut.from);
  }

  /** The line of a row; null for the row that stands for those that were let go. */
  numberAt(row: number): number | null {
    if (this.#cut === null || row < this.#cut.from - 1) return row + 1;
    return row === this.#cut.from - 1 ? null : row + 1 + this.#cut.to - this.#cut.from;
  }

  rowOf(number: number): number {
    if (this.#cut === null || number < this.#cut.from) return number - 1;
    return number <= this.#cut.to ? this.#cut.from - 1 : number - 1 - (this.#cut.to - this.#cut.from);
  }

  line(number: number): ShownLine | undefined {
    return this.#pages.get(pageOf(number))?.lines[(number - 1) % PAGE];
  }

  /** What the console is known to hold; never less than before. */
  know({ lineCount, cut }: Pick<ConsolePage, 'lineCount' | 'cut'>): void {
    this.#lineCount = Math.max(this.#lineCount, lineCount);
    this.#cut = cut ?? this.#cut;
    this.#announce();
  }

  /** Makes sure that these lines are here or on their way. */
  want(from: number, to: number): void {
    for (let at = pageOf(Math.max(1, from)); at <= pageOf(Math.min(to, this.#lineCount)); at += 1) {
      const page = this.#pages.get(at);
      // Taken out and put back: the map's order is that of use.
      if (page) { this.#pages.delete(at); this.#pages.set(at, page); }
      if (!page || page.state === 'failed') void this.#fetch(at);
    }
  }

  arrived(lines: readonly ShownLine[], cut: Cut | null): void {
    for (const line of lines) {
      const at = pageOf(line.number);
      // A page that begins with this line is whole without being read.
      if (!this.#pages.has(at) && line.number % PAGE === 1) this.#keep(at, { lines: [], state: 'read' });
      this.#put(line);
      this.#lineCount = Math.max(this.#lineCount, line.number);
    }
    this.#cut = cut ?? this.#cut;
    this.#announce();
  }

  async #fetch(at: number): Promise<void> {
    const page: Page = { lines: this.#pages.get(at)?.lines ?? [], state: 'reading' };
    this.#keep(at, page);
    try {
      const { lines, ...known } = await this.#read(at * PAGE + 1, PAGE);
      for (const line of lines) if (pageOf(line.number) === at) this.#put(line);
      page.state = 'read';
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

  #announce(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const pageOf = (number: number): number => Math.floor((number - 1) / PAGE);
