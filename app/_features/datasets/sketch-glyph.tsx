import { formatNumber } from '../../_ui/numbers.ts';
import type { Sketch } from './dataset-documents.ts';
import { layOutSketches, type SketchLayout } from './sketch-layout.ts';

const ROW = 16;

/** How a column's numbers lie, before above after: a line from the least to the most, a bar for the middle half, a tick at the median and a dot at the mean. The words beside it say the same. */
export function SketchGlyph({ sketches }: { readonly sketches: readonly Sketch[] }) {
  if (sketches.length === 0) return null;
  const rows = layOutSketches(sketches);
  return <svg className="skt" viewBox={`0 0 100 ${rows.length * ROW}`} preserveAspectRatio="none" style={{ height: rows.length * ROW }} aria-hidden="true">{rows.map((row, at) => <Lying key={at} row={row} middle={at * ROW + ROW / 2} newest={at === rows.length - 1} />)}</svg>;
}

function Lying({ row, middle, newest }: { readonly row: SketchLayout; readonly middle: number; readonly newest: boolean }) {
  return (
    <g className={newest ? 'to' : 'from'}>
      <path className="w" d={`M${row.min} ${middle}H${row.max}`} />
      <path className="t" d={`M${row.tail[0]} ${middle}H${row.tail[1]}`} />
      <rect x={row.low} y={middle - 4} width={Math.max(0.6, row.high - row.low)} height={8} />
      <path className="m" d={`M${row.median} ${middle - 6}V${middle + 6}`} />
      <path className="d" d={`M${row.mean} ${middle}h0`} />
    </g>
  );
}

/** "5.1 (0 to 9), 3 missing": mean, extremes, and what is not there. */
export function sketchText({ mean, min, max, missing }: Sketch): string {
  return `mean ${formatNumber(mean)}, ${formatNumber(min)} to ${formatNumber(max)}${missing === 0 ? '' : `, ${formatNumber(missing)} missing`}`;
}
