import type { TableRun } from './run-table-documents.ts';

export const PAGE = 100;
/** Pages that are kept; those farthest from what is in sight go first. */
const MOST_PAGES = 40;

/** Rows of a list that are in sight: from the first to before the last. */
export interface Range { readonly list: string; readonly from: number; readonly to: number }
interface ReadPage { readonly list: string; readonly page: number; readonly rows: readonly TableRun[]; readonly total: number }

const nameOf = (list: string, page: number): string => `${page} ${list}`;
const pageNumber = (name: string): number => Number.parseInt(name, 10);

/** The pages of some lists that were read, and how long the lists are. Never changed: another one takes its place. */
export class RunPages {
  static readonly none = new RunPages(new Map(), new Map());
  readonly #pages: ReadonlyMap<string, readonly TableRun[]>;
  readonly #totals: ReadonlyMap<string, number>;
  #rows: readonly TableRun[] | null = null;

  private constructor(pages: ReadonlyMap<string, readonly TableRun[]>, totals: ReadonlyMap<string, number>) {
    this.#pages = pages;
    this.#totals = totals;
  }

  /** Undefined until a page of the list was read. */
  totalOf(list: string): number | undefined { return this.#totals.get(list); }

  rowAt(list: string, index: number): TableRun | undefined { return this.#pages.get(nameOf(list, Math.floor(index / PAGE)))?.[index % PAGE]; }

  /** Where a run stands in a list, if that page was read. */
  indexOf(list: string, id: string): number | null {
    for (const [name, rows] of this.#pages) {
      if (!name.endsWith(` ${list}`) || name !== nameOf(list, pageNumber(name))) continue;
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return pageNumber(name) * PAGE + at;
    }
    return null;
  }

  /** Every row that was read. */
  rows(): readonly TableRun[] { return (this.#rows ??= [...this.#pages.values()].flat()); }

  /** Pages in sight that were not read. */
  missing(ranges: readonly Range[]): { readonly list: string; readonly page: number }[] {
    return ranges.flatMap(({ list, from, to }) => {
      const last = Math.max(Math.floor(from / PAGE), Math.ceil(Math.min(to, this.#totals.get(list) ?? to) / PAGE) - 1);
      return Array.from({ length: last - Math.floor(from / PAGE) + 1 }, (_, at) => ({ list, page: Math.floor(from / PAGE) + at }));
    }).filter(({ list, page }) => !this.#pages.has(nameOf(list, page)));
  }

  with(read: readonly ReadPage[], inSight: readonly Range[]): RunPages {
    const pages = new Map(this.#pages);
    for (const { list, page, rows } of read) pages.set(nameOf(list, page), rows);
    const near = (name: string): number => Math.min(...inSight.map(({ list, from }) => (name === nameOf(list, pageNumber(name)) ? Math.abs(pageNumber(name) - from / PAGE) : Infinity)));
    const kept = pages.size <= MOST_PAGES ? pages : new Map([...pages].toSorted(([a], [b]) => near(a) - near(b)).slice(0, MOST_PAGES));
    return new RunPages(kept, new Map([...this.#totals, ...read.map(({ list, total }) => [list, total] as const)]));
  }

  /** Nothing read, though it is known how long the lists were. */
  onlyTotals(): RunPages { return new RunPages(new Map(), this.#totals); }
}
