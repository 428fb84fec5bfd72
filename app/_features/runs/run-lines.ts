import type { RunGroup } from './run-table-documents.ts';
import type { Range } from './run-pages.ts';

/** A line of the table: a run of a list, or the head of a group. */
export type RunLine =
  | { readonly kind: 'run'; readonly list: string; readonly index: number }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly place: number };

interface Part { readonly start: number; readonly list: string; readonly length: number; readonly head: RunGroup | null; readonly place: number }

/** The lines of a table, by their numbers: one list, or the heads of groups with the runs of those that are open. */
export class RunLines {
  readonly length: number;
  readonly #parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
    const last = parts.at(-1);
    this.length = last ? last.start + last.length + (last.head ? 1 : 0) : 0;
  }

  static ofList(list: string, total: number): RunLines {
    return new RunLines([{ start: 0, list, length: total, head: null, place: 0 }]);
  }

  static ofGroups(groups: readonly RunGroup[], { open, listOf }: { readonly open: ReadonlySet<string>; readonly listOf: (group: RunGroup) => string }): RunLines {
    let start = 0;
    return new RunLines(groups.map((group, place) => {
      const part = { start, list: listOf(group), length: open.has(group.filter) ? group.runs : 0, head: group, place };
      start += part.length + 1;
      return part;
    }));
  }

  at(line: number): RunLine | null {
    const part = this.#parts[this.#partOf(line)];
    if (!part || line < 0 || line >= this.length) return null;
    const inside = line - part.start;
    if (part.head === null) return { kind: 'run', list: part.list, index: inside };
    return inside === 0 ? { kind: 'group', group: part.head, place: part.place } : { kind: 'run', list: part.list, index: inside - 1 };
  }

  /** The number of the line that shows a run of a list; null when its group is closed. */
  lineOf(list: string, index: number): number | null {
    const part = this.#parts.find((each) => each.list === list);
    return part && index < part.length ? part.start + index + (part.head ? 1 : 0) : null;
  }

  /** The parts of lists that some lines show. */
  ranges(from: number, to: number): readonly Range[] {
    return this.#parts.flatMap((part) => {
      const first = part.start + (part.head ? 1 : 0);
      const [low, high] = [Math.max(0, from - first), Math.min(part.length, to - first)];
      return low < high ? [{ list: part.list, from: low, to: high }] : [];
    });
  }

  #partOf(line: number): number {
    let [low, high] = [0, this.#parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#parts[middle]?.start ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
