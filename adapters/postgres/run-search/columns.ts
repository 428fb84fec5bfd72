import type { DatasetUse, NumberColumn, TextColumn } from '../../../domain/search/run-facts.ts';
import { compareTexts } from '../../../domain/search/text-order.ts';

// The values of one field, by the places of their runs. `version` is another after every change, and another for every column.

export interface Column<Value> {
  readonly version: number;
  /** About what it takes of the memory. */
  readonly bytes: number;
  put(place: number, value: Value | undefined): void;
}

let columns = 0;
const firstVersion = (): number => (columns += 1e9);

function grown<List extends Float64Array | Int32Array>(list: List, place: number, larger: (length: number) => List): List {
  if (place < list.length) return list;
  const next = larger(Math.max(1_024, Math.ceil((place + 1) * 1.5)));
  next.set(list);
  return next;
}

export class Numbers implements NumberColumn, Column<number> {
  version = firstVersion();
  #values = new Float64Array();
  /** 1 where there is a value. */
  #there = new Int32Array();

  get bytes(): number { return this.#values.length * 12; }

  has(place: number): boolean { return this.#there[place] === 1; }
  at(place: number): number | undefined { return this.#there[place] === 1 ? this.#values[place] : undefined; }

  put(place: number, value: number | undefined): void {
    if (Object.is(this.at(place), value)) return;
    this.#values = grown(this.#values, place, (length) => new Float64Array(length));
    this.#there = grown(this.#there, place, (length) => new Int32Array(length));
    this.#values[place] = value ?? 0;
    this.#there[place] = value === undefined ? 0 : 1;
    this.version += 1;
  }
}

/** Each text once, and its number for each run: a filter looks at a text once, however many runs share it. */
export class Texts implements TextColumn, Column<string> {
  version = firstVersion();
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** One more than the text's number; 0 where there is none. */
  #codes = new Int32Array();
  #characters = 0;
  #ranks: Int32Array | null = null;

  get bytes(): number { return this.#codes.length * 4 + this.texts.length * 80 + this.#characters; }

  textNumber(place: number): number { return (this.#codes[place] ?? 0) - 1; }
  at(place: number): string | undefined { return this.texts[this.textNumber(place)]; }

  put(place: number, value: string | undefined): void {
    if (this.at(place) === value) return;
    this.#codes = grown(this.#codes, place, (length) => new Int32Array(length));
    this.#codes[place] = value === undefined ? 0 : this.#numberOf(value) + 1;
    this.version += 1;
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    this.#characters += text.length;
    this.#ranks = null;
    return this.texts.push(text) - 1;
  }

  ranks(): Int32Array {
    if (this.#ranks) return this.#ranks;
    const sorted = this.texts.map((text, number) => ({ text, number })).sort((a, b) => compareTexts(a.text, b.text));
    this.#ranks = new Int32Array(sorted.length);
    for (const [rank, { number }] of sorted.entries()) this.#ranks[number] = rank;
    return this.#ranks;
  }
}

export class Datasets implements Column<readonly DatasetUse[]> {
  version = firstVersion();
  readonly #uses: (readonly DatasetUse[] | undefined)[] = [];

  get bytes(): number { return this.#uses.length * 64; }

  at(place: number): readonly DatasetUse[] | undefined { return this.#uses[place]; }

  put(place: number, value: readonly DatasetUse[] | undefined): void {
    if (value === undefined && this.#uses[place] === undefined) return;
    this.#uses[place] = value;
    this.version += 1;
  }
}
