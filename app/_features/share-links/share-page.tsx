import type { OpenSharePage, SharedExperiment, SharedHypothesis, SharedVerdict } from '../../../contracts/share-page.ts';
import { Mark } from '../../_shell/mark.tsx';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { methodNote, ShareChanges, ShareVariants } from './share-evidence.tsx';
import { statedAfter } from '../hypotheses/stated-after.ts';
import { ShareFigure } from './share-figure.tsx';
import { ShareResult } from './share-result.tsx';
import { approvalSentence, leftOutSentence, originSentence, questionOf, sharedDay, sharedMoment, surenessOf } from './share-words.ts';

/** For a reader without an account: the question, the one number, the picture, the table. Drawn on the server. */
export function SharedPage({ page }: { readonly page: OpenSharePage }) {
  const [first] = page.experiments;
  const newest = page.experiments.map((experiment) => experiment.verdict?.computedAt ?? experiment.createdAt).toSorted().at(-1) ?? page.sharedAt;
  return (
    <div className="shared">
      {page.watermark ? <p className="watermark" aria-hidden="true">{`For ${page.recipients.join(', ')} · ${sharedDay(page.sharedAt)} · `.repeat(40)}</p> : null}
      <header className="mast"><span className="logo"><Mark />Lemma</span><span className="sp" /><span>as of {sharedMoment(newest)}</span></header>
      <main className="article">
        <h1>{questionOf(page)}</h1>
        <p className="by">{originSentence(page)}{first && page.experiments.length === 1 ? ` ${approvalSentence(first.approval)}` : ''}</p>
        {page.experiments.length === 1 && first ? <ShareResult experiment={first} hypothesis={page.hypothesis} /> : null}
        <h2>What did we ask?</h2>
        <HypothesisSentence size="medium" of={page.hypothesis} />
        {page.hypothesis.guardrails.length > 0 ? <p className="side">{page.hypothesis.guardrails.join(', ')} must not get worse.</p> : null}
        {page.experiments.length === 0 ? <><h2>What did we find?</h2><p className="tx">Nothing yet: no experiment has tested it.</p></> : null}
        {page.experiments.length === 1 && first ? <Findings experiment={first} hypothesis={page.hypothesis} /> : page.experiments.map((experiment, place) => <OneOfMany key={`${experiment.name}${experiment.createdAt}`} experiment={experiment} hypothesis={page.hypothesis} place={place} />)}
        <footer className="seal">
          <p>{page.experiments.map((experiment) => <span key={`${experiment.name}${experiment.createdAt}`}>Evidence of {experiment.key ?? `“${experiment.name}”`}: <span className="mono">{experiment.evidence.digest.slice(0, 16)}</span>. </span>)}{leftOutSentence(page.leftOut)} This link runs out on {sharedDay(page.expiresAt)}.</p>
        </footer>
      </main>
    </div>
  );
}

function Findings({ experiment, hypothesis, number = 1 }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis; readonly number?: number }) {
  return (
    <>
      {experiment.verdict ? <><h2>What did we find?</h2><p className="tx">{experiment.verdict.explanation}</p></> : null}
      {experiment.verdict ? <><h2>How sure are we?</h2><p className="tx">{surenessOf(experiment.verdict)}</p></> : null}
      <StatedLate of={experiment} />
      <p className="side">{methodNote(experiment)}</p>
      {experiment.verdict ? <Guardrails verdict={experiment.verdict} /> : null}
      <ShareFigure experiment={experiment} number={number} />
      <ShareVariants experiment={experiment} hypothesis={hypothesis} number={number} />
      <ShareChanges experiment={experiment} />
    </>
  );
}

/** Whoever judges a result should know that the question came after it. */
function StatedLate({ of: { runsBeforeHypothesis, evidence } }: { readonly of: SharedExperiment }) {
  const late = statedAfter(runsBeforeHypothesis, evidence.countedRuns);
  return late === null ? null : <p className="tx mt-2 warn">The hypothesis was {late}, so the results may have shaped it.</p>;
}

/** A guardrail that broke is part of the finding; those that held are a note. */
function Guardrails({ verdict: { guardrails } }: { readonly verdict: SharedVerdict }) {
  const broken = guardrails.filter((guardrail) => guardrail.status === 'broken');
  const others = guardrails.filter((guardrail) => guardrail.status !== 'broken');
  return (
    <>
      {broken.map(({ metric, effect, ciLow, ciHigh }) => <p key={metric} className="tx mt-2"><span className="bad">At a price:</span> <span className="mono">{metric}</span> got worse{effect === null ? '' : ` by ${formatNumber(Math.abs(effect), { decimals: decimalsFor(ciLow, ciHigh) })}`}{ciLow === null || ciHigh === null ? '' : `, very likely between ${formatNumber(Math.min(-ciLow, -ciHigh), { decimals: decimalsFor(ciLow, ciHigh) })} and ${formatNumber(Math.max(-ciLow, -ciHigh), { decimals: decimalsFor(ciLow, ciHigh) })}`}.</p>)}
      {others.length > 0 ? <p className="side">{others.map(({ metric, status }) => `Guardrail ${metric}: ${status}.`).join(' ')}</p> : null}
    </>
  );
}

function OneOfMany({ experiment, hypothesis, place }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis; readonly place: number }) {
  return (
    <>
      <h2 className="test">{experiment.key === null ? '' : `${experiment.key}: `}{experiment.name}</h2>
      <p className="by">{approvalSentence(experiment.approval)}</p>
      <ShareResult experiment={experiment} hypothesis={hypothesis} />
      <Findings experiment={experiment} hypothesis={hypothesis} number={place + 1} />
    </>
  );
}
