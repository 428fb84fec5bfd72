import { badFilter, tokens, type Token } from './filter-tokens.ts';

/** Walks over the tokens of a filter or an order. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private at = 0;
  constructor(text: string) {
    this.tokens = tokens(text);
  }

  peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '', at: 0 };
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  /** Takes the next token when it is this keyword (in any case). */
  takeWord(word: string): boolean {
    const token = this.peek();
    const found = token.kind === 'word' && token.text.toUpperCase() === word;
    if (found) this.at += 1;
    return found;
  }

  /** Whether the next two tokens are these words (in any case); takes none. */
  sees(first: string, second: string): boolean {
    const [one, other] = [this.peek(), this.tokens[this.at + 1]];
    return one.kind === 'word' && one.text.toUpperCase() === first && other?.kind === 'word' && other.text.toUpperCase() === second;
  }

  takeSymbol(symbol: string): boolean {
    const token = this.peek();
    const found = token.kind === 'symbol' && token.text === symbol;
    if (found) this.at += 1;
    return found;
  }

  /** Fails at the next token. */
  expected(what: string): never {
    const token = this.peek();
    throw badFilter(token.at, `expected ${what}, found ${token.kind === 'end' ? 'the end' : token.text.slice(0, 60)}.`);
  }
}
