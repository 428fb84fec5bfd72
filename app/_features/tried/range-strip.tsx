import { VerdictGlyph, wordOf } from '../verdicts/verdict-badge.tsx';
import { labelled, layOutStrip } from './strip-geometry.ts';
import type { TriedRange, TriedRow } from './tried-documents.ts';

/** Where values were tried, and hatched where between them nothing was. The sentence beside it says the same. */
export function RangeStrip({ range, rows, sentence }: { readonly range: TriedRange; readonly rows: readonly TriedRow[]; readonly sentence: string }) {
  const { places, gaps } = layOutStrip(range);
  const outcomes = new Map<number, TriedRow['outcome']>();
  // Of several experiments with the value the newest that compared speaks.
  for (const { value, outcome } of rows) if (value !== null && outcomes.get(Number(value)) == null) outcomes.set(Number(value), outcome);
  return (
    <div className="explored">
      <div className="ground" aria-hidden="true">
        <div className="values">
          {gaps.map(({ left, width }) => <i key={left} className="gap" style={{ left: `${left}%`, width: `${width}%` }} />)}
          {[...places].map(([value, place]) => {
            const outcome = outcomes.get(value);
            return <span key={value} className="at" style={{ left: `${place}%` }}>{outcome ? <VerdictGlyph of={wordOf(outcome)} /> : <b />}</span>;
          })}
        </div>
        <div className="ticks">{labelled(places).map((value) => <span key={value} style={{ left: `${places.get(value) ?? 0}%` }}>{value}</span>)}</div>
      </div>
      <p className="text-12 text-ink-2">{sentence}{range.scale === 'LOG' ? <span className="text-ink-3"> Logarithmic scale.</span> : null}</p>
    </div>
  );
}
