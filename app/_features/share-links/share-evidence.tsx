import type { SharedExperiment, SharedHypothesis, SharedVariant } from '../../../contracts/share-page.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { count, decimalsFor, formatNumber, formatP } from '../../_ui/numbers.ts';
import { ChangedVariableChip } from '../variants/changed-variable-chip.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { EstimateAxis } from '../verdicts/estimate-axis.tsx';
import { estimateScale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { fallExpected } from '../verdicts/way-up.ts';

/** All versions with their means on one scale; nothing that was trained is missing from it. */
export function ShareVariants({ experiment, hypothesis, number }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis; readonly number: number }) {
  const measured = experiment.variants.filter((variant) => variant.estimate !== null)
    .toSorted((a, b) => Number(b.role === 'BASELINE') - Number(a.role === 'BASELINE') || a.label.localeCompare(b.label, 'en', { numeric: true }));
  if (measured.length === 0) return null;
  const scale = estimateScale(measured.map(({ estimate }) => ({ mid: estimate?.mean ?? null, low: estimate?.ciLow ?? null, high: estimate?.ciHigh ?? null })));
  const baseline = measured.find((variant) => variant.role === 'BASELINE')?.estimate?.mean ?? null;
  const decimals = Math.max(...measured.map(({ estimate }) => decimalsFor(estimate?.ciLow, estimate?.ciHigh, 0)), 2);
  const fall = fallExpected(hypothesis);
  const text = (value: number) => formatNumber(value, { decimals });
  return (
    <figure className="fig">
      <div className="fig-h"><b>Table {number}</b><span>mean of <span className="mono">{measured[0]?.estimate?.metric}</span> over the repeats, 95 % intervals; the line is the baseline{fall ? ', and lower is what was hoped for' : ''}</span></div>
      <DataTable
        finding label="Versions compared" rows={measured} rowKey={(variant) => `${variant.role}${variant.label}`} rowClass={(variant) => (variant.role === 'BASELINE' ? 'base' : undefined)}
        columns={[
          { key: 'version', head: 'version', cell: (variant: SharedVariant) => <>{variant.label}{variant.role === 'BASELINE' && variant.label.toLowerCase() !== 'baseline' ? <span className="hint"> baseline</span> : null}</> },
          { key: 'n', head: 'n', kind: 'number', width: '40px', cell: (variant: SharedVariant) => variant.estimate?.n ?? variant.runs },
          { key: 'glyph', head: <><EstimateAxis scale={scale} base={baseline} leftIsBetter={fall} /><span className="vh">95 % interval</span></>, kind: 'interval', width: '34%', cell: ({ estimate }: SharedVariant) => estimate && <IntervalGlyph size="cell" mid={estimate.mean} low={estimate.ciLow} high={estimate.ciHigh} scale={scale} zero={baseline} /> },
          { key: 'mean', head: 'mean', kind: 'number', width: '80px', cell: ({ estimate }: SharedVariant) => estimate && text(estimate.mean) },
          { key: 'interval', head: '95 % interval', kind: 'number', leaves: 'narrow', width: '168px', cell: ({ estimate }: SharedVariant) => (estimate?.ciLow == null || estimate.ciHigh === null ? <SingleRun /> : <span className="ci">{text(estimate.ciLow)} to {text(estimate.ciHigh)}</span>) },
        ]}
      />
    </figure>
  );
}

/** What differs between the versions, and whether the difference can be put down to it. */
export function ShareChanges({ experiment }: { readonly experiment: SharedExperiment }) {
  if (experiment.changedVariables.length === 0 && !experiment.attributionWarning) return null;
  return (
    <>
      <h2>What was changed?</h2>
      <div className="flex flex-wrap gap-2">{experiment.changedVariables.map((change) => <ChangedVariableChip key={`${change.kind}${change.name}`} of={change} />)}</div>
      {experiment.attributionWarning ? <p className="tx mt-2 warn">{experiment.attributionWarning}</p> : null}
    </>
  );
}

/** The method in the margin, for readers who want to check. */
export function methodNote({ verdict, evidence }: SharedExperiment): string {
  const left = [evidence.failedRuns > 0 ? `${evidence.failedRuns} failed` : '', evidence.excludedRuns > 0 ? `${evidence.excludedRuns} left out with a reason` : ''].filter(Boolean).join(', ');
  const counted = `${count(evidence.countedRuns, 'run')} counted${left ? `; ${left}` : ''}.`;
  if (!verdict) return counted;
  // A difference that does not matter is told by its range: how often luck makes one reads as the opposite.
  const p = verdict.correctedP === null || verdict.outcome === 'EQUIVALENT' ? '' : ` ${formatP(verdict.correctedP).replaceAll(' ', '\u00A0')}${verdict.pValue === verdict.correctedP ? '' : ' after correction'}.`;
  return `Method: ${verdict.method.replace(/[.\s]+$/, '')}, 95 % intervals.${p} ${counted}`;
}
