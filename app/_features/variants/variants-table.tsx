'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Select } from '../../_ui/field.tsx';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { ChooseBaseline, type ExperimentDetail, type VariantRow } from '../experiments/experiment-documents.ts';
import { columnDecimals, withDecimals } from '../verdicts/column-decimals.ts';
import { SingleRun } from '../verdicts/effect.tsx';
import { estimateScale, type Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph, type IntervalKind } from '../verdicts/interval-glyph.tsx';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { VariantRuns } from './variant-runs.tsx';

interface VariantsTableProps {
  readonly experiment: ExperimentDetail;
  readonly metric: string | null;
}

const COLUMNS = 8;

/** Runs that differ only in seed are one row; open it to see them. The baseline is first and quieter. */
export function VariantsTable({ experiment, metric }: VariantsTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [{ fetching }, choose] = useMutation(ChooseBaseline);
  const { variants } = experiment;
  const scale = estimateScale(variants.map(({ estimate }) => ({ mid: estimate?.mean ?? null, low: estimate?.ciLow ?? null, high: estimate?.ciHigh ?? null })));
  const decimals = columnDecimals(variants.map(({ estimate }) => ({ low: estimate?.ciLow, high: estimate?.ciHigh })));
  const baseline = variants.find((variant) => variant.id === experiment.baseline?.id);
  const toggle = (id: string): void => setOpen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const chooseBaseline = async (variant: VariantRow): Promise<void> => {
    const failure = failureOf((await choose({ input: { experiment: experiment.key, variant: variant.id } })).error);
    if (failure === null) toast.success(`${variant.label} is the baseline now. The verdict is being computed again.`);
    else toast.error(failure.message);
  };
  return (
    <Section title="Variants" count={variants.length} aside={<MetricChoice experiment={experiment} metric={metric} />}>
      <div className="tw" tabIndex={0} role="region" aria-label="Table of variants">
        <table className="tb vt">
          <thead>
            <tr>
              <th scope="col">variant</th>
              <th scope="col" className="p2 p3">changed</th>
              <th scope="col" className="num">n</th>
              <th scope="col" className="num">{metric ?? 'mean'}</th>
              <th scope="col" className="ivt p2" style={{ width: '18%' }}>{metric !== null && <EstimateAxis scale={scale} base={baseline?.estimate?.mean ?? null} />}<span className="vh">mean with its 95 % interval</span></th>
              <th scope="col" className="num">effect</th>
              <th scope="col">verdict</th>
              <th scope="col" className="p2"><span className="vh">actions</span></th>
            </tr>
          </thead>
          {variants.map((variant) => (
            <tbody key={variant.id}>
              <VariantLine variant={variant} repeats={metric === null ? variant.runCount : (variant.estimate?.n ?? 0)} baseline={baseline} scale={scale} decimals={decimals} open={open.has(variant.id)} onToggle={() => toggle(variant.id)}>
                {experiment.viewerCan.edit && variant.id !== experiment.baseline?.id && (
                  <Button small look="bare" className={experiment.baseline === null ? '' : 'onrow'} disabled={fetching} onClick={() => void chooseBaseline(variant)}>{experiment.baseline === null ? 'Choose as baseline' : 'Make baseline'}</Button>
                )}
              </VariantLine>
              {open.has(variant.id) && <VariantRuns variant={variant} metric={metric} columns={COLUMNS} decimals={decimals} />}
            </tbody>
          ))}
        </table>
      </div>
      {experiment.variants.length === 100 && <p className="hint mt-2">The first 100 variants. The runs tab finds the others.</p>}
    </Section>
  );
}

/** Another metric of the same runs, for looking around; the verdict stays with the hypothesis' metric. */
function MetricChoice({ experiment, metric }: VariantsTableProps) {
  const address = useAddress();
  const keys = experiment.metricKeys.filter((key) => !key.startsWith('system/'));
  if (keys.length < 2 || metric === null) return <span className="hint">repeats differ only in the seed</span>;
  const spoken = experiment.hypothesis?.metric ?? null;
  const choices = [...new Set([...(spoken === null ? [] : [spoken]), ...keys])].map((key) => ({ value: key, label: key === spoken ? `${key} (the hypothesis)` : key }));
  return <div className="metric-choice"><Select label="Metric shown" quiet value={metric} choices={choices} onChoose={(key) => address.set({ metric: key === spoken ? null : key })} /></div>;
}

interface VariantLineProps {
  readonly variant: VariantRow;
  /** Runs that count for the metric shown; all of them while there is none. */
  readonly repeats: number;
  readonly baseline: VariantRow | undefined;
  readonly scale: Scale;
  readonly decimals: number | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}

function VariantLine({ variant, repeats, baseline, scale, decimals, open, onToggle, children }: VariantLineProps) {
  const { estimate } = variant;
  const isBaseline = variant.id === baseline?.id;
  return (
    <tr className={isBaseline ? 'base' : undefined}>
      <td>
        <button type="button" className="unfold" aria-expanded={open} onClick={onToggle}><span><span className="font-medium">{variant.label}</span>{isBaseline && <span className="text-ink-3"> baseline</span>}</span></button>
      </td>
      <td className="p2 p3 mono text-12" style={{ overflowWrap: 'anywhere' }}>{isBaseline || baseline === undefined ? <span className="text-ink-3">–</span> : changedText(variant)}</td>
      <td className="num">{repeats}</td>
      <td className="num">{estimate === null ? '–' : formatNumber(estimate.mean, withDecimals(decimals))}</td>
      <td className="ivt p2"><EstimateCell variant={variant} scale={scale} zero={baseline?.estimate?.mean ?? null} /></td>
      <EffectCells variant={variant} isBaseline={isBaseline} hasBaseline={baseline !== undefined} decimals={decimals} />
      <td className="p2 text-right">{children}</td>
    </tr>
  );
}

/** Ends of the scale, and where the baseline is. */
function EstimateAxis({ scale, base }: { readonly scale: Scale; readonly base: number | null }) {
  const decimals = decimalsFor(scale.min, scale.max);
  const at = base === null ? null : (100 * (base - scale.min)) / (scale.max - scale.min);
  return (
    <div className="ivax" aria-hidden="true">
      {(at === null || at > 30) && <span className="l" style={{ left: 0 }}>{formatNumber(scale.min, { decimals })}</span>}
      {at !== null && <span style={{ left: `${at}%` }}>base</span>}
      {(at === null || at < 70) && <span className="e" style={{ left: '100%' }}>{formatNumber(scale.max, { decimals })}</span>}
    </div>
  );
}

function EstimateCell({ variant, scale, zero }: { readonly variant: VariantRow; readonly scale: Scale; readonly zero: number | null }) {
  const { estimate } = variant;
  if (estimate === null) return null;
  if (estimate.n < 2) return <SingleRun />;
  return <IntervalGlyph mid={estimate.mean} low={estimate.ciLow} high={estimate.ciHigh} scale={scale} zero={zero} kind={kindOf(variant)} size="cell" />;
}

function EffectCells({ variant, isBaseline, hasBaseline, decimals }: { readonly variant: VariantRow; readonly isBaseline: boolean; readonly hasBaseline: boolean; readonly decimals: number | undefined }) {
  const { comparison, estimate } = variant;
  if (isBaseline) return <><td className="num text-ink-3">reference</td><td className="text-ink-3">–</td></>;
  if (comparison === null) return <><td className="num text-ink-3">–</td><td>{estimate?.n === 1 ? <SingleRun /> : <span className="text-12 text-ink-3">{hasBaseline ? 'not compared' : 'no baseline'}</span>}</td></>;
  const lone = comparison.ciLow === null;
  return (
    <>
      <td className="num">{comparison.effect === null ? '–' : formatNumber(comparison.effect, { ...withDecimals(decimals), sign: true })}</td>
      <td>{lone && comparison.treatmentRuns < 2 ? <SingleRun /> : <VerdictBadge of={wordOf(comparison.outcome)} />}</td>
    </>
  );
}

function kindOf(variant: VariantRow): IntervalKind | null {
  return variant.comparison === null || variant.comparison.ciLow === null ? null : (wordOf(variant.comparison.outcome) as IntervalKind);
}

function changedText(variant: VariantRow): string {
  if (variant.changed.length === 0) return 'nothing recorded';
  const shown = variant.changed.slice(0, 3).map((one) => `${one.name} = ${(one.to ?? 'unset').slice(0, 40)}`);
  return variant.changed.length > 3 ? `${shown.join(', ')}, ${variant.changed.length - 3} more` : shown.join(', ');
}
