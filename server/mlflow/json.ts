import { parse as parseLossless } from 'lossless-json';

/** An integer of 16 or more digits outside a decimal: JSON.parse might round it. */
const LONG_INTEGER = /(?<![\d.])\d{16,}(?![\d.eE])/;
const BARE_WORD = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * JSON as MLflow's clients write it: integers beyond 2^53 come back exact (as bigint), and Python's bare NaN and Infinity as the texts "NaN" and "Infinity".
 * The usual body takes JSON.parse alone. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  if (!LONG_INTEGER.test(text)) {
    try {
      return JSON.parse(text);
    } catch (error) {
      if (!/NaN|Infinity/.test(text)) throw error;
    }
  }
  const quoted = text.replace(BARE_WORD, (word) => (word.startsWith('"') ? word : `"${word}"`));
  return parseLossless(quoted, undefined, (digits) => {
    const number = Number(digits);
    return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
  });
}

declare global {
  interface JSON {
    /** ES2025: text that JSON.stringify writes as it is. */
    rawJSON(text: string): object;
  }
}

/** An int64 as protobuf's JSON shows it here: a number, exact however large. */
export function int64Json(value: bigint | number): number | object {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : JSON.rawJSON(String(value));
}

/** A double as protobuf's JSON shows it: NaN and infinities are texts. */
export function doubleJson(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
