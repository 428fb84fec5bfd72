import type { ConsoleCut } from '../../../domain/console/console-cut.ts';

interface Span { readonly from: number; readonly to: number; /** Hidden lines before it. */ readonly before: number }

/** Lines that have no row of their own, as stretches: those of a progress bar lie side by side, so a million of them are few. */
export class HiddenLines {
  #spans: readonly Span[] = [];

  get count(): number {
    const last = this.#spans.at(-1);
    return last === undefined ? 0 : last.before + sizeOf(last);
  }

  add(numbers: readonly number[]): void {
    const fresh = numbers.filter((number) => !this.covers(number, number));
    if (fresh.length > 0) this.#keep([...this.#spans, ...fresh.map((number) => ({ from: number, to: number }))]);
  }

  /** Lines that were let go have no place among the rows any more, hidden or not. */
  forget({ from, to }: ConsoleCut): void {
    if (this.countBelow(to + 1) === this.countBelow(from)) return;
    this.#keep(this.#spans.flatMap((span) => [{ from: span.from, to: Math.min(span.to, from - 1) }, { from: Math.max(span.from, to + 1), to: span.to }].filter((part) => part.from <= part.to)));
  }

  /** Whether all these lines are hidden. */
  covers(from: number, to: number): boolean {
    const span = this.#lastWith((each) => each.from <= from);
    return span !== undefined && span.to >= to;
  }

  countBelow(number: number): number {
    const span = this.#lastWith((each) => each.from < number);
    return span === undefined ? 0 : span.before + Math.min(sizeOf(span), number - span.from);
  }

  /** Hidden lines above a shown row; `rowWithout` is a line's row where nothing is hidden. */
  countAbove(row: number, rowWithout: (number: number) => number): number {
    const span = this.#lastWith((each) => rowWithout(each.from) - each.before <= row);
    return span === undefined ? 0 : span.before + sizeOf(span);
  }

  /** The last span of those, all at the beginning, for which it is so. */
  #lastWith(holds: (span: Span) => boolean): Span | undefined {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const span = this.#spans[middle];
      if (span && holds(span)) low = middle + 1;
      else high = middle;
    }
    return this.#spans[low - 1];
  }

  #keep(spans: readonly ConsoleCut[]): void {
    const joined: Span[] = [];
    for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
      const last = joined.at(-1);
      if (last?.to === from - 1) joined[joined.length - 1] = { ...last, to };
      else joined.push({ from, to, before: last === undefined ? 0 : last.before + sizeOf(last) });
    }
    this.#spans = joined;
  }
}

const sizeOf = ({ from, to }: ConsoleCut): number => to - from + 1;
