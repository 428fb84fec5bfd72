import { formatNumber } from '../../_ui/numbers.ts';
import { columnDecimals, withDecimals } from './column-decimals.ts';
import { SingleRun } from './effect.tsx';
import { forestAxisLabels } from './forest-axis.ts';
import { effectScale, type Scale } from './interval-geometry.ts';
import { IntervalGlyph } from './interval-glyph.tsx';
import { VerdictBadge, wordOf } from './verdict-badge.tsx';

export interface ForestRow {
  readonly id: string;
  readonly label: string;
  readonly outcome: 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly correctedP: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
}

interface ForestProps {
  readonly rows: readonly ForestRow[];
  readonly minEffect: number | null;
  /** The row the verdict speaks of. */
  readonly spokenId: string | null;
  /** p is corrected for several treatments. */
  readonly corrected: boolean;
  readonly label: string;
}

/** Treatments against the baseline on one scale; zero and the bar run unbroken through all rows. */
export function Forest({ rows, minEffect, spokenId, corrected, label }: ForestProps) {
  const scale = effectScale(rows.map((row) => ({ mid: row.effect, low: row.ciLow, high: row.ciHigh })), [minEffect]);
  const decimals = columnDecimals(rows.map((row) => ({ low: row.ciLow, high: row.ciHigh })));
  return (
    <div className="tw" tabIndex={0} role="region" aria-label={label}>
      <table className="tb bk fp">
        <thead>
          <tr>
            <th scope="col">treatment</th>
            <th scope="col" className="num p2">n</th>
            <th scope="col" className="ivt" style={{ width: '40%' }}><ForestAxis scale={scale} bar={minEffect} /><span className="vh">effect with its 95 % interval</span></th>
            <th scope="col" className="num gl">effect</th>
            <th scope="col" className="num p2">95 % interval</th>
            <th scope="col" className="num p2">{corrected ? 'p, Holm' : 'p'}</th>
            <th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <ForestLine key={row.id} row={row} scale={scale} minEffect={minEffect} decimals={decimals} spoken={row.id === spokenId && rows.length > 1} />)}</tbody>
      </table>
    </div>
  );
}

function ForestAxis({ scale, bar }: { readonly scale: Scale; readonly bar: number | null }) {
  return (
    <div className="ivax" aria-hidden="true">
      {forestAxisLabels(scale, bar).map((label) => <span key={label.text} className={`${label.anchor}${label.optional ? ' p2' : ''}`} style={{ left: `${label.at}%` }}>{label.text}</span>)}
    </div>
  );
}

function ForestLine({ row, scale, minEffect, decimals, spoken }: { readonly row: ForestRow; readonly scale: Scale; readonly minEffect: number | null; readonly decimals: number | undefined; readonly spoken: boolean }) {
  const lone = row.ciLow === null || row.ciHigh === null;
  return (
    <tr className={spoken ? 'hl' : undefined}>
      <td className="font-medium" style={{ overflowWrap: 'break-word', minWidth: 72 }}>{row.label}</td>
      <td className="num p2" title={`${row.treatmentRuns} repeats against ${row.baselineRuns} of the baseline`}>{row.treatmentRuns === row.baselineRuns ? row.treatmentRuns : `${row.treatmentRuns} : ${row.baselineRuns}`}</td>
      <td className="ivt"><IntervalGlyph mid={row.effect} low={row.ciLow} high={row.ciHigh} scale={scale} bar={minEffect} equivalence={minEffect} kind={wordOf(row.outcome) as 'supported' | 'refuted' | 'equivalent' | 'inconclusive'} size="forest" /></td>
      <td className="num gl font-medium">{row.effect === null ? '–' : formatNumber(row.effect, { ...withDecimals(decimals), sign: true })}</td>
      <td className="num p2 ci">{lone ? <SingleRun /> : `${formatNumber(row.ciLow ?? 0, withDecimals(decimals))} to ${formatNumber(row.ciHigh ?? 0, withDecimals(decimals))}`}</td>
      <td className="num p2">{row.correctedP === null ? '–' : pText(row.correctedP)}</td>
      <td><VerdictBadge of={wordOf(row.outcome)} /></td>
    </tr>
  );
}

function pText(p: number): string {
  if (p < 0.0001) return '< 0.0001';
  return p < 0.01 ? p.toFixed(4) : p.toFixed(3);
}
