'use client';

import { Fragment, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Select } from '../../_ui/field.tsx';
import { formatNumber } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { ChooseBaseline, type ExperimentDetail, type VariantRow } from '../experiments/experiment-documents.ts';
import { columnDecimals, withDecimals } from '../verdicts/column-decimals.ts';
import { SingleRun } from '../verdicts/effect.tsx';
import { EstimateAxis } from '../verdicts/estimate-axis.tsx';
import { estimateScale, type Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph, type IntervalKind } from '../verdicts/interval-glyph.tsx';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { effectHead, fallExpected, meanHead, movedWords, wayUpSentence, type Expected } from '../verdicts/way-up.ts';
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
  const effectDecimals = columnDecimals(variants.map(({ comparison }) => ({ low: comparison?.ciLow, high: comparison?.ciHigh })));
  const baseline = variants.find((variant) => variant.id === experiment.baseline?.id);
  const expected = experiment.hypothesis;
  const spoken = metric === null || expected === null || metric === expected.metric;
  const wayUp = spoken && baseline !== undefined ? wayUpSentence(expected) : null;
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
              <th scope="col" className="num">{meanHead(expected, metric)}</th>
              <th scope="col" className="ivt p2" style={{ width: '22%' }}>{metric !== null && <EstimateAxis scale={scale} base={baseline?.estimate?.mean ?? null} leftIsBetter={spoken && fallExpected(expected)} />}<span className="vh">mean with its 95 % interval</span></th>
              <th scope="col" className="num">{effectHead(expected, metric)}</th>
              <th scope="col">verdict</th>
              <th scope="col" className="p2"><span className="vh">actions</span></th>
            </tr>
          </thead>
          {variants.map((variant) => (
            <tbody key={variant.id}>
              <VariantLine variant={variant} repeats={metric === null ? variant.runCount : (variant.estimate?.n ?? 0)} baseline={baseline} scale={scale} look={{ decimals, effectDecimals, expected, spoken }} open={open.has(variant.id)} onToggle={() => toggle(variant.id)}>
                {experiment.viewerCan.edit && variant.id !== experiment.baseline?.id && (
                  <Button small look="bare" className={experiment.baseline === null ? '' : 'onrow'} disabled={fetching} onClick={() => void chooseBaseline(variant)}>{experiment.baseline === null ? 'Choose as baseline' : 'Make baseline'}</Button>
                )}
              </VariantLine>
              {open.has(variant.id) && <VariantRuns variant={variant} metric={metric} columns={COLUMNS} decimals={decimals} />}
            </tbody>
          ))}
        </table>
      </div>
      {wayUp !== null && <p className="hint mt-2">{wayUp}</p>}
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

/** What all rows share: decimals of means and of effects, and what the hypothesis expects. */
interface LineLook {
  readonly decimals: number | undefined;
  readonly effectDecimals: number | undefined;
  readonly expected: Expected | null;
  /** The means are of the metric the hypothesis speaks of, so a verdict may colour them. */
  readonly spoken: boolean;
}

interface VariantLineProps {
  readonly variant: VariantRow;
  /** Runs that count for the metric shown; all of them while there is none. */
  readonly repeats: number;
  readonly baseline: VariantRow | undefined;
  readonly scale: Scale;
  readonly look: LineLook;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}

function VariantLine({ variant, repeats, baseline, scale, look, open, onToggle, children }: VariantLineProps) {
  const { estimate } = variant;
  const isBaseline = variant.id === baseline?.id;
  return (
    <tr className={isBaseline ? 'base' : undefined}>
      <td>
        <button type="button" className="unfold" aria-expanded={open} aria-label={isBaseline ? `${variant.label} baseline` : variant.label} onClick={onToggle}><span><span className="font-medium"><Breakable text={variant.label} /></span>{isBaseline && <span className="text-ink-3"> baseline</span>}</span></button>
      </td>
      <td className="p2 p3 mono text-12" style={{ overflowWrap: 'anywhere', minWidth: 176 }}>{isBaseline || baseline === undefined ? <span className="text-ink-3">–</span> : changedText(variant)}</td>
      <td className="num">{repeats}</td>
      <td className="num">{estimate === null ? '–' : formatNumber(estimate.mean, withDecimals(look.decimals))}</td>
      <td className="ivt p2"><EstimateCell variant={variant} scale={scale} zero={baseline?.estimate?.mean ?? null} kind={look.spoken ? kindOf(variant) : null} /></td>
      <EffectCells variant={variant} isBaseline={isBaseline} hasBaseline={baseline !== undefined} look={look} />
      <td className="p2 text-right">{children}</td>
    </tr>
  );
}

function EstimateCell({ variant, scale, zero, kind }: { readonly variant: VariantRow; readonly scale: Scale; readonly zero: number | null; readonly kind: IntervalKind | null }) {
  const { estimate } = variant;
  if (estimate === null || estimate.n === 0) return null;
  if (estimate.n < 2) return <SingleRun />;
  return <IntervalGlyph mid={estimate.mean} low={estimate.ciLow} high={estimate.ciHigh} scale={scale} zero={zero} kind={kind} size="cell" />;
}

function EffectCells({ variant, isBaseline, hasBaseline, look }: { readonly variant: VariantRow; readonly isBaseline: boolean; readonly hasBaseline: boolean; readonly look: LineLook }) {
  const { comparison, estimate } = variant;
  if (isBaseline) return <><td className="num text-ink-3">reference</td><td className="text-ink-3">–</td></>;
  if (comparison === null) return <><td className="num text-ink-3">–</td><td>{estimate?.n === 1 ? <SingleRun /> : <span className="text-12 text-ink-3">{hasBaseline ? 'not compared' : 'no baseline'}</span>}</td></>;
  if (comparison.treatmentRuns === 0) return <><td className="num text-ink-3">–</td><td className="text-12 text-ink-3">not measured</td></>;
  const lone = comparison.ciLow === null;
  return (
    <>
      <EffectCell effect={comparison.effect} look={look} />
      <td>{lone && comparison.treatmentRuns < 2 ? <SingleRun /> : <VerdictBadge of={wordOf(comparison.outcome)} />}</td>
    </>
  );
}

/** A name that does not fit breaks after its equals sign, not in the middle of a word. A break is read as a space: what holds it names itself. */
const Breakable = ({ text }: { readonly text: string }) => text.split(/(?<==)/).map((part, place) => <Fragment key={place}>{place > 0 && <wbr />}{part}</Fragment>);

/** The turned effect; where that hides a fall behind a plus, its direction is in the words behind it too. */
function EffectCell({ effect, look }: { readonly effect: number | null; readonly look: LineLook }) {
  if (effect === null) return <td className="num">–</td>;
  const moved = movedWords(effect, look.expected, look.effectDecimals);
  return (
    <td className="num" title={moved === null ? undefined : `${look.expected?.metric ?? 'it'} ${moved}`}>
      {formatNumber(effect, { ...withDecimals(look.effectDecimals), sign: true })}{moved !== null && <span className="vh"> ({moved})</span>}
    </td>
  );
}

function kindOf(variant: VariantRow): IntervalKind | null {
  return variant.comparison === null || variant.comparison.ciLow === null ? null : (wordOf(variant.comparison.outcome) as IntervalKind);
}

function changedText(variant: VariantRow): string {
  if (variant.changed.length === 0) return 'nothing recorded';
  const shown = variant.changed.slice(0, 3).map((one) => `${one.name}\u00A0= ${(one.to ?? 'unset').slice(0, 40)}`);
  return variant.changed.length > 3 ? `${shown.join(', ')}, ${variant.changed.length - 3} more` : shown.join(', ');
}
