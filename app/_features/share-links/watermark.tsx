const SIZE = 15;
const ROW = 88;
const ROWS = 4;
const GAP = 40;

/** Letters of East Asian scripts are twice as wide; a little too wide a guess only leaves more room. */
const widthOf = (words: string): number => Array.from(words).reduce((sum, letter) => sum + (letter > '\u2E7F' ? SIZE + 1 : SIZE * 0.6), 0);

/**
 * Names the reader it was made for across the page: a tile that fills whatever there is, every sheet of paper included. Nothing is hidden under it and nothing
 * selects it. Each line begins elsewhere, so that a narrow screen shows all of a long name.
 */
export function Watermark({ words }: { readonly words: string }) {
  const width = Math.ceil(widthOf(words)) + GAP;
  const lines = Array.from({ length: ROWS }, (_, row) => ({ y: (row + 0.5) * ROW, x: -(row * width) / ROWS }));
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id="watermark" width={width} height={ROWS * ROW} patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          {lines.flatMap(({ x, y }) => [x, x + width].map((begin) => <text key={`${begin} ${y}`} x={begin} y={y}>{words}</text>))}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
