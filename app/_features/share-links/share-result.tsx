import type { SharedExperiment, SharedHypothesis, SharedVerdict } from '../../../contracts/share-page.ts';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import type { Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { hopedWords, ownChange, ownInterval, ownScale, type Change } from './own-direction.ts';
import { decisionSentence, meansWords, plainAnswer } from './share-answers.ts';
import { barLabel, headlineOf } from './share-words.ts';

/** The one number, drawn with its interval, the bar and no effect. */
export function ShareResult({ experiment, hypothesis }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis }) {
  const { verdict } = experiment;
  return (
    <section className="result" aria-label="Result">
      <p className="plainly">{plainAnswer(experiment, hypothesis)}</p>
      <p className={`decision ${experiment.approval.state === 'APPROVED' ? '' : 'not'}`}>{decisionSentence(experiment.approval)}</p>
      {verdict ? <VerdictBadge big of={wordOf(verdict.outcome)} text={headlineOf(verdict.outcome)} /> : <VerdictBadge big of="testing" text="No verdict yet" />}
      {verdict && verdict.effect !== null ? <TheNumber experiment={experiment} verdict={verdict} effect={verdict.effect} hypothesis={hypothesis} /> : <p className="mt-2 text-ink-2">Nothing has been measured that could speak for or against it.</p>}
      {experiment.verdictPending ? <p className="hint mt-2">New trainings have ended; the verdict is being computed again.</p> : null}
    </section>
  );
}

function TheNumber({ experiment, verdict, effect, hypothesis }: { readonly experiment: SharedExperiment; readonly verdict: SharedVerdict; readonly effect: number; readonly hypothesis: SharedHypothesis }) {
  const { ciLow, ciHigh } = verdict;
  const decimals = decimalsFor(ciLow, ciHigh);
  const number = formatNumber(ownChange(effect, hypothesis), { decimals, sign: true });
  if (ciLow === null || ciHigh === null) return <div className="nr">{number}<small>in <span className="mono">{verdict.metric}</span>{hopedWords(null, hypothesis)} <SingleRun /><br />one training says nothing about chance</small></div>;
  const turned = { mid: effect, low: ciLow, high: ciHigh };
  const own = ownInterval(turned, hypothesis);
  const { low, high } = own;
  const range = `between ${formatNumber(low, { decimals })} and ${formatNumber(high, { decimals })}`;
  return (
    <>
      <div className="nr">{number}<small>in <span className="mono">{verdict.metric}</span>{hopedWords(own, hypothesis)}{meansWords(experiment, own.mid, decimals)}<br />very likely {range}</small></div>
      <BigInterval verdict={verdict} hypothesis={hypothesis} own={own} scale={ownScale([turned], hypothesis, verdict.outcome === 'EQUIVALENT')} range={range} />
    </>
  );
}

interface BigIntervalProps { readonly verdict: SharedVerdict; readonly hypothesis: SharedHypothesis; readonly own: Change; readonly scale: Scale; readonly range: string }

function BigInterval({ verdict, hypothesis, own, scale, range }: BigIntervalProps) {
  const { low, high } = own;
  const bar = ownChange(hypothesis.minEffect, hypothesis);
  const at = (value: number) => (100 * (value - scale.min)) / (scale.max - scale.min);
  const named = barLabel(hypothesis);
  const decimals = decimalsFor(low, high);
  const marks = [
    { at: at(0), text: 'no effect' },
    ...(named && bar ? [{ at: at(bar), text: named }] : []),
    { at: at(low), text: formatNumber(low, { decimals }) },
    { at: at(high), text: formatNumber(high, { decimals }) },
  ];
  return (
    <div className="bigiv">
      <IntervalGlyph size="share" {...own} scale={scale} bar={bar} equivalence={verdict.outcome === 'EQUIVALENT' ? hypothesis.minEffect : null} kind={kindOf(verdict.outcome)} label={`Very likely ${range} in ${verdict.metric}${bar ? `; the bar is ${formatNumber(bar)}` : ''}`} />
      {spread(marks).map((line, place) => (
        <div key={place} className="ivax" aria-hidden="true">{line.map((mark) => <span key={mark.text} className={mark.at < 12 ? 'l' : mark.at > 88 ? 'e' : ''} style={{ left: `${mark.at}%` }}>{mark.text}</span>)}</div>
      ))}
    </div>
  );
}

interface AxisMark { readonly at: number; readonly text: string }

/** Room a label needs, in percent of a narrow screen. */
const ROOM = 26;

/** Labels on as few lines as keep them apart, in the order given: what matters most stands highest. */
export function spread(marks: readonly AxisMark[]): AxisMark[][] {
  const lines: AxisMark[][] = [];
  for (const mark of marks) {
    const line = lines.find((each) => each.every((other) => Math.abs(other.at - mark.at) >= ROOM));
    if (line) line.push(mark);
    else lines.push([mark]);
  }
  return lines;
}
