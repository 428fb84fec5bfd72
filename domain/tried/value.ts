import { numberIn } from '../search/number-in.ts';

/** One value for all its spellings: `1e-3` and `0.001` are the same, and so are `"adam"` and `adam ` with a blank. Null is "not set". */
export function canonicalValue(text: string | null): string | null {
  if (text === null) return null;
  const number = numberIn(text);
  return number === undefined ? text.trim() : String(number === 0 ? 0 : number);
}

/** Numbers by size, then texts by letter, then "not set". */
export function byValue(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}
