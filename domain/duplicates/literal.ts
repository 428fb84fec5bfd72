/** A value as a training script had it: what JSON and Python's repr can say. Texts of numbers, booleans and nothing are read in canonical-value.ts. */
export type Literal = { readonly kind: 'word'; readonly text: string } | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Literal[] } | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Literal])[] };

/** Deeper nesting than any configuration has is left as text. */
const DEEPEST = 40;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** Reads a JSON or Python object, list or tuple, or a quoted text; null when the text is none of them to its end. */
export function readLiteral(text: string): Literal | null {
  const first = text[0] ?? '';
  if (!(first in CLOSING) && first !== '"' && first !== "'") return null;
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  return value !== null && reader.atEnd() ? value : null;
}

class LiteralReader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) { this.#text = text; }

  atEnd(): boolean { this.#skip(); return this.#at === this.#text.length; }

  value(depth: number): Literal | null {
    this.#skip();
    const first = this.#text[this.#at] ?? '';
    if (depth > DEEPEST || first === '') return null;
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first === '{') return this.#object(depth);
    if (first === '[' || first === '(') return this.#list(CLOSING[first] ?? '', depth);
    return this.#word();
  }

  #skip(): void { while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1; }

  #take(sign: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #quoted(quote: string): Literal | null {
    let text = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const sign = this.#text[at] ?? '';
      if (sign === quote) { this.#at = at + 1; return { kind: 'text', text }; }
      if (sign === '\\') { at += 1; text += escaped(this.#text[at] ?? ''); } else text += sign;
    }
    return null;
  }

  #word(): Literal | null {
    const [text] = /^[^\s,:{}[\]()"']+/.exec(this.#text.slice(this.#at, this.#at + 200)) ?? [];
    if (text === undefined) return null;
    this.#at += text.length;
    return { kind: 'word', text };
  }

  #list(end: string, depth: number): Literal | null {
    this.#at += 1;
    const items: Literal[] = [];
    while (!this.#take(end)) {
      const item = this.value(depth + 1);
      if (item === null) return null;
      items.push(item);
      if (!this.#take(',') && !this.#ahead(end)) return null;
    }
    return { kind: 'list', items };
  }

  #object(depth: number): Literal | null {
    this.#at += 1;
    const entries: (readonly [string, Literal])[] = [];
    while (!this.#take('}')) {
      const key = this.value(depth + 1);
      if (key === null || !('text' in key) || !this.#take(':')) return null;
      const value = this.value(depth + 1);
      if (value === null) return null;
      entries.push([key.text, value]);
      if (!this.#take(',') && !this.#ahead('}')) return null;
    }
    return { kind: 'object', entries };
  }

  #ahead(sign: string): boolean { this.#skip(); return this.#text[this.#at] === sign; }
}

const escaped = (sign: string): string => ({ n: '\n', t: '\t', r: '\r' })[sign] ?? sign;
