'use client';

import { Check, TriangleAlert } from 'lucide-react';
import { Button } from '../../_ui/button.tsx';
import { count, formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import type { ExperimentDetail, VerdictDetail } from '../experiments/experiment-documents.ts';
import { Forest, type ForestRow } from './forest.tsx';
import { missingVerdict } from './missing-verdict.ts';
import { neededRepeats } from './needed-repeats.ts';
import { VerdictBadge, wordOf } from './verdict-badge.tsx';
import { guardrailMove } from './guardrail-words.ts';
import { fallExpected } from './way-up.ts';

interface VerdictSectionProps {
  readonly experiment: ExperimentDetail;
  readonly onComment: (() => void) | undefined;
}

/** The finding in a sentence, then Figure 1, then how it was found. */
export function VerdictSection({ experiment, onComment }: VerdictSectionProps) {
  const { verdict } = experiment;
  if (experiment.hypothesis === null) return null;
  return (
    <Section
      title="Verdict"
      id="verdict"
      aside={(
        <>
          <span className="hint">{asideText(experiment)}{!experiment.verdictPending && verdict && <RelativeTime at={verdict.computedAt} />}</span>
          {onComment && <Button small look="bare" onClick={onComment}>Discuss</Button>}
        </>
      )}
    >
      {verdict === null ? <NoVerdict experiment={experiment} /> : <Finding experiment={experiment} verdict={verdict} />}
    </Section>
  );
}

/** New inputs are said quietly: the last verdict stays until the next one is there. */
function asideText(experiment: ExperimentDetail): string {
  if (experiment.verdictPending) return 'being computed again';
  return experiment.verdict === null ? '' : 'computed ';
}

function NoVerdict({ experiment }: { readonly experiment: ExperimentDetail }) {
  if (experiment.verdictPending) return <p className="vd-said text-ink-3 mt-3">The verdict is being computed.</p>;
  return <p className="vd-said mt-3">{missingVerdict(experiment)}</p>;
}

/** Effects are turned so that above zero is as hypothesised; where that is a fall, it has to be said. */
function againstText({ baseline, hypothesis }: ExperimentDetail): string {
  return `${baseline ? `the baseline, ${baseline.label}` : 'the baseline'}${fallExpected(hypothesis) ? '; above zero is a fall, as hypothesised' : ''}`;
}

function Finding({ experiment, verdict }: { readonly experiment: ExperimentDetail; readonly verdict: VerdictDetail }) {
  const minEffect = experiment.hypothesis?.minEffect ?? null;
  const rows = verdict.comparisons.filter((one) => one.variant !== null).map<ForestRow>((one) => ({ ...one, id: one.variant?.id ?? '', label: one.variant?.label ?? '' }));
  const word = wordOf(verdict.outcome);
  return (
    <>
      <div className="finding" role="status">
        <div><VerdictBadge of={word} text={word[0]?.toUpperCase() + word.slice(1)} big /></div>
        <p className="vd-said">{verdict.explanation}</p>
      </div>
      {rows.length > 0 && (
        <figure className="fig">
          <div className="fig-h"><b>Figure 1</b><span>Effect on <span className="mono">{verdict.metric}</span> against {againstText(experiment)}</span></div>
          <Forest rows={rows} minEffect={minEffect} spokenId={verdict.treatment?.id ?? null} corrected={rows.length > 1} label={`Figure 1: effect on ${verdict.metric} of ${count(rows.length, 'treatment')} against the baseline`} />
          <figcaption className="fig-foot">
            {methodsOf(verdict).map((method) => <span key={method}>{method.replace(/\.$/, '')}.</span>)}
            {fallExpected(experiment.hypothesis) && <span>To the right: <span className="mono">{verdict.metric}</span> falls, as hypothesised.</span>}
            {minEffect !== null && <span>Grey zone: within ± {formatNumber(minEffect)} of no effect.</span>}
            <Needed rows={verdict.comparisons} />
          </figcaption>
        </figure>
      )}
      <Guardrails verdict={verdict} />
      <LeftOut verdict={verdict} />
    </>
  );
}

/** How the rows were compared. A row with one run on a side was compared by nothing, which its n = 1 says already. */
function methodsOf(verdict: VerdictDetail): string[] {
  const used = [...new Set(verdict.comparisons.filter((one) => one.ciLow !== null).map((one) => one.method))];
  return used.length > 0 ? used : [verdict.method];
}

function Needed({ rows }: { readonly rows: VerdictDetail['comparisons'] }) {
  return rows.filter((row) => neededRepeats(row) !== null && rows.length > 1).map((row) => (
    <span key={row.variant?.id ?? row.metric}>{row.variant?.label} is open: {neededRepeats(row)}.</span>
  ));
}

const GUARD_WORDS: Readonly<Record<string, string>> = { held: 'held', broken: 'broken', unknown: 'not known' };

function Guardrails({ verdict }: { readonly verdict: VerdictDetail }) {
  if (verdict.guardrails.length === 0) return null;
  const broken = verdict.guardrails.filter((one) => one.status === 'broken');
  const held = verdict.guardrails.every((one) => one.status === 'held');
  const head = broken.length > 0 ? 'A guardrail is broken' : held ? 'Guardrails held' : 'Guardrails not all known';
  return (
    <p className="guards">
      <span className={`row gap-1 ${broken.length > 0 ? 'bad' : held ? 'ok' : 'warn'}`}>{held ? <Check size={16} strokeWidth={1.5} aria-hidden="true" /> : <TriangleAlert size={16} strokeWidth={1.5} aria-hidden="true" />}<span className="font-medium">{head}</span></span>
      {verdict.guardrails.map((one) => {
        const move = guardrailMove(one);
        return (
          <span key={one.metric}>
            <span className="mono">{one.metric}</span> {GUARD_WORDS[one.status] ?? one.status}
            {move !== null && <>: <span className="num">{move.moved} {move.interval === null ? <span className="n1">n = 1</span> : <span className="ci">{move.interval}</span>}</span></>}
          </span>
        );
      })}
    </p>
  );
}

function LeftOut({ verdict }: { readonly verdict: VerdictDetail }) {
  if (verdict.leftOut.length === 0) return null;
  return (
    <details className="mt-2 text-12 text-ink-3">
      <summary>{count(verdict.leftOut.length, 'run')} left out of the statistics</summary>
      <ul className="mt-1">{verdict.leftOut.map(({ run, reason }) => <li key={run.id}><a className="lk" href={`/r/${run.id}`}>{run.name}</a> {reason}</li>)}</ul>
    </details>
  );
}
