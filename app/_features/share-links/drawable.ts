import { cutAtWord } from '../../../domain/richtext/excerpt.ts';

/**
 * Letters of the font that comes with next/og, but for those that are emoji as well: Latin, Cyrillic, Vietnamese, a few Greek ones, and the signs of numbers and prose. Any other would be
 * asked of hosts outside, together with the words it stands in: it is not drawn.
 */
const DRAWN = /^[ -~\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u0113\u0116-\u012B\u012E-\u0137\u0139-\u013E\u0141-\u0148\u014A-\u014D\u0150-\u017E\u039B\u03A9\u03BB\u03BC\u03C0\u0400-\u045F\u1EA0-\u1EF9\u2013\u2014\u2018-\u201A\u201C-\u201E\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203A\u2044\u2070\u2074-\u2079\u2080-\u2089\u20AC\u2116\u2190-\u2193\u2202\u2206\u220F\u2211\u2212\u221A\u221E\u222B\u2248\u2260\u2264\u2265]*$/u;

/** As the font has it: the Greek capital as the sign of a difference, and a hyphen that does not break as one. */
const SAME: Readonly<Record<string, string>> = { '\u0394': '\u2206', '\u2010': '-', '\u2011': '-' };

/** Words as they can be drawn, cut where they are longer than that; null where a letter of them cannot be drawn. */
export function drawable(words: string, most: number): string | null {
  const plain = words.normalize('NFC').replaceAll(/\s+/g, ' ').trim().replaceAll(/[\u0394\u2010\u2011]/g, (letter) => SAME[letter] ?? letter);
  return DRAWN.test(plain) ? cutAtWord(plain, most) : null;
}
