/** Width of a letter of the sans-serif at 12 px, on average. */
const LETTER_PX = 6;

const segmenter = new Intl.Segmenter('en');
/** As a reader counts them: an emoji of several characters is never cut in half. */
const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Words in at most so many lines of a width, as a label has them: a drawing breaks no lines by itself. What has no room ends in an ellipsis. */
export function labelLines(text: string, { width, most }: { readonly width: number; readonly most: number }): readonly string[] {
  const room = Math.max(4, Math.floor(width / LETTER_PX));
  const lines: string[] = [];
  let rest = lettersOf(text.trim());
  while (rest.length > room && lines.length < most - 1) {
    const blank = rest.lastIndexOf(' ', room);
    // A word that is longer than half a line is broken where the line ends.
    const end = blank > room / 2 ? blank : room;
    lines.push(rest.slice(0, end).join(''));
    rest = lettersOf(rest.slice(end).join('').trimStart());
  }
  return [...lines, rest.length > room ? `${rest.slice(0, room - 1).join('').trimEnd()}…` : rest.join('')];
}

/** As wide as the longest of them is, more or less. */
export const widthOfLines = (lines: readonly string[]): number => Math.max(0, ...lines.map((line) => line.length)) * LETTER_PX;
