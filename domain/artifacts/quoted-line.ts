/** As much of a line is kept as its quote, in characters: enough to know it by. */
const LONGEST_QUOTE = 500;

/** The lines of a text as an editor numbers them, the first being line 1: an end of line at the very end begins no other. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What is kept of a line: its text without the blanks around it, cut where it is too long, never through a character. */
export const quoteOf = (line: string): string => line.trim().slice(0, LONGEST_QUOTE).replace(/[\uD800-\uDBFF]$/, '').trimEnd();

/** Where in the text a quoted line stands now: where it was, else at the nearest line that says the same, else nowhere (null). A line of nothing but blanks stays where it is while the text has as many lines. */
export function lineNow(lines: readonly string[], { line, quote }: { readonly line: number; readonly quote: string | undefined }): number | null {
  if (quote === undefined) return line <= lines.length ? line : null;
  const wanted = quoteOf(quote);
  const says = (number: number): boolean => number >= 1 && number <= lines.length && quoteOf(lines[number - 1] ?? '') === wanted;
  for (let distance = 0; distance < Math.max(line, lines.length); distance += 1) {
    if (says(line - distance)) return line - distance;
    if (says(line + distance)) return line + distance;
  }
  return null;
}
