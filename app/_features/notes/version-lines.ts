import { diffWordsWithSpace } from 'diff';
import { plainWords } from '../../../domain/richtext/plain-words.ts';

type Kind = 'ADDED' | 'REMOVED' | 'SAME';

export interface VersionLine {
  readonly kind: Kind;
  /** The line in pieces; those that are new or gone in a line that was reworded. */
  readonly pieces: readonly { readonly text: string; readonly changed: boolean }[];
}

/** Past this nobody waits for the words that differ, in milliseconds. */
const PATIENCE_MS = 50;
const NOTE_FILE = String.raw`\((?:https?:\/\/[^\s)]+)?\/api\/v1\/notes\/[^\s)]+\)`;
const PICTURE = new RegExp(String.raw`!\[([^\]\n]*)\]${NOTE_FILE}`, 'g');
const FILE = new RegExp(String.raw`\[([^\]\n]+)\]${NOTE_FILE}`, 'g');

/** As a reader sees it: mentions by their words, pictures and files by their names. */
const shownWords = (markdown: string): string =>
  plainWords(markdown.replaceAll(PICTURE, (_, name: string) => (name === '' ? 'picture' : `picture: ${name}`)).replaceAll(FILE, '$1')).replaceAll(/^\n+|\n+$/g, '') || '\u00A0';

/** What a version changed: of a line that was only reworded the words, of all else the line. */
export function versionLines(changes: readonly { readonly kind: Kind; readonly text: string }[]): readonly VersionLine[] {
  return changes.map(({ kind, text }, at) => {
    const other = kind === 'REMOVED' ? changes[at + 1] : changes[at - 1];
    const rewords = (kind === 'REMOVED' && other?.kind === 'ADDED') || (kind === 'ADDED' && other?.kind === 'REMOVED');
    const words = shownWords(text);
    return { kind, pieces: (rewords ? reworded(words, shownWords(other.text), kind) : null) ?? [{ text: words, changed: false }] };
  });
}

/** Null where little is left of what was there: then it is another line, not a reworded one. */
function reworded(own: string, other: string, kind: Kind): VersionLine['pieces'] | null {
  const parts = diffWordsWithSpace(kind === 'REMOVED' ? own : other, kind === 'REMOVED' ? other : own, { timeout: PATIENCE_MS });
  if (parts === undefined) return null;
  const mine = parts.filter(({ added, removed }) => (kind === 'REMOVED' ? !added : !removed));
  const kept = mine.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.length, 0);
  return kept * 2 < Math.min(own.length, other.length) ? null : mine.map(({ value, added, removed }) => ({ text: value, changed: added || removed }));
}
