import { plainWords } from './plain-words.ts';

/** As much of a text as is shown, ended at a word with an ellipsis where it is cut; a word longer than that is cut where it must be. */
export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  const blank = /\s/.test(text.charAt(most - 1)) ? kept.length : Math.max(kept.lastIndexOf(' '), kept.lastIndexOf('\n'));
  return `${(blank > most / 2 ? kept.slice(0, blank) : kept).trimEnd().toWellFormed()}…`;
}

const QUOTE = /^\s{0,3}>/;
/** Marks before a line: headings, list items, ticks. */
const BEFORE_A_LINE = /^\s*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?)/;
const STRESS = /(\*\*|__|~~|`+)(?=\S)([^\n]*?\S)\1/g;
const LINK = /!?\[((?:[^\]\\\n]|\\.){0,400})\]\([^()\s]{1,2000}\)/g;

/** What a comment says in plain words and one line: without what it quotes, unless it only quotes. */
export function excerptOf(markdown: string, most: number): string {
  const lines = markdown.split('\n');
  const own = lines.filter((line) => !QUOTE.test(line));
  const said = own.some((line) => line.trim() !== '') ? own : lines.map((line) => line.replace(/^[\s>]+/, ''));
  const words = said.map((line) => line.replace(BEFORE_A_LINE, '')).join('\n').replaceAll(LINK, '$1').replaceAll(STRESS, '$2');
  return cutAtWord(plainWords(words).replaceAll(/\s+/g, ' ').trim(), most);
}
