import { numberIn } from '../../../domain/search/number-in.ts';
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

function grown<List extends Float64Array | Int32Array | Uint8Array>(list: List, place: number, larger: (length: number) => List): List {
  if (place < list.length) return list;
  const next = larger(Math.max(1_024, Math.ceil((place + 1) * 1.5)));
  next.set(list);
  return next;
}

export class Numbers implements NumberColumn, Column<number> {
  readonly kind = 'numbers';
  version = firstVersion();
  values = new Float64Array();
  there = new Uint8Array();

  get bytes(): number { return this.values.length * 9; }

  at(place: number): number | undefined { return this.there[place] === 1 ? this.values[place] : undefined; }

  put(place: number, value: number | undefined): void {
    if (Object.is(this.at(place), value)) return;
    this.values = grown(this.values, place, (length) => new Float64Array(length));
    this.there = grown(this.there, place, (length) => new Uint8Array(length));
    this.values[place] = value ?? 0;
    this.there[place] = value === undefined ? 0 : 1;
    this.version += 1;
  }
}

export class Texts implements TextColumn, Column<string> {
  readonly kind = 'texts';
  version = firstVersion();
  readonly texts: string[] = [];
  codes = new Int32Array();
  readonly #codeOf = new Map<string, number>();
  #characters = 0;
  /** Numbers of texts, in the texts' order; of those that were there when somebody asked last. */
  #sorted = new Int32Array();
  #ranks = new Int32Array();
  #numbers = new Float64Array();

  get bytes(): number { return this.codes.length * 4 + this.texts.length * 96 + this.#characters; }

  at(place: number): string | undefined { return this.texts[(this.codes[place] ?? 0) - 1]; }

  put(place: number, value: string | undefined): void {
    const code = value === undefined ? 0 : this.#codeOf.get(value) ?? this.#add(value);
    if ((this.codes[place] ?? 0) === code) return;
    this.codes = grown(this.codes, place, (length) => new Int32Array(length));
    this.codes[place] = code;
    this.version += 1;
  }

  #add(text: string): number {
    const code = this.texts.push(text);
    this.#codeOf.set(text, code);
    this.#characters += text.length;
    return code;
  }

  /** New texts are sorted among themselves, then laid between the others: while runs come in, nothing sorts 75,000 texts again and again. */
  ranks(): Int32Array {
    const { texts } = this;
    if (this.#ranks.length === texts.length) return this.#ranks;
    const [before, added] = [this.#sorted, Int32Array.from({ length: texts.length - this.#sorted.length }, (_, at) => this.#sorted.length + at)];
    const compare = (a: number, b: number): number => compareTexts(texts[a] as string, texts[b] as string);
    added.sort(compare);
    this.#sorted = new Int32Array(texts.length);
    this.#ranks = new Int32Array(texts.length);
    let [old, fresh] = [0, 0];
    for (let rank = 0; rank < texts.length; rank += 1) {
      const takesFresh = old >= before.length || (fresh < added.length && compare(added[fresh] as number, before[old] as number) < 0);
      const number = (takesFresh ? added[fresh++] : before[old++]) as number;
      this.#sorted[rank] = number;
      this.#ranks[number] = rank;
    }
    return this.#ranks;
  }

  numbers(): Float64Array {
    const known = this.#numbers;
    if (known.length === this.texts.length) return known;
    this.#numbers = new Float64Array(this.texts.length);
    this.#numbers.set(known);
    for (let number = known.length; number < this.texts.length; number += 1) this.#numbers[number] = numberIn(this.texts[number] as string) ?? Number.NaN;
    return this.#numbers;
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
