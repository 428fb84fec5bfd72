const PLAIN = /^[\w@%+=:,./-]+$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * A command line as one would type it into a POSIX shell: what is copied runs what ran. Words with characters that a terminal obeys, or that turn the direction of reading, are written
 * as bash's $'…', where they are seen and do nothing.
 */
export const commandText = (words: readonly string[]): string => words.map(quoted).join(' ');

/** A name as it is: what would turn its reading around, so that an ending looks like another, is written out. */
export const nameText = (name: string): string => Array.from(name, (character) => (CONTROL.test(character) ? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : character)).join('');

function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  if (CONTROL.test(word)) return `$'${Array.from(word, escaped).join('')}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\\': '\\\\', "'": "\\'" };

function escaped(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  return CONTROL.test(character) ? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : character;
}
