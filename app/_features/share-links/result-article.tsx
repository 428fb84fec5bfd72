import type { SharedExperiment, SharedHypothesis, SharedResultPage, SharedVerdict } from '../../../contracts/share-page.ts';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { statedAfter } from '../hypotheses/stated-after.ts';
import { measureSentence } from './metric-words.ts';
import { methodNote, ShareChanges, ShareVariants } from './share-evidence.tsx';
import { ShareFigure } from './share-figure.tsx';
import { ShareResult } from './share-result.tsx';
import { answerOfMany, brokenOf, decidedSentence, isOneOfMany, nextStep, unharmedSentence, worseWords } from './share-answers.ts';
import { surenessOf } from './share-words.ts';

/** The question, the one number, the picture, the table. */
export function ResultArticle({ page: { experiments, hypothesis } }: { readonly page: SharedResultPage }) {
  const only = experiments.length === 1 ? experiments[0] : undefined;
  return (
    <>
      {only ? <ShareResult experiment={only} hypothesis={hypothesis} /> : null}
      {experiments.length > 1 ? <section className="result" aria-label="Result"><p className="plainly">{answerOfMany(experiments)}</p></section> : null}
      <AskedBefore hypothesis={hypothesis} />
      {experiments.length === 0 ? <><h2>What did we find?</h2><p className="tx">Nothing that can be shown here: no experiment has tested it yet, or those that did wait for an approval.</p></> : null}
      {only ? <Findings experiment={only} hypothesis={hypothesis} /> : experiments.map((experiment, place) => <OneOfMany key={`${experiment.name}${experiment.createdAt}`} experiment={experiment} hypothesis={hypothesis} place={place} />)}
    </>
  );
}

/** The hypothesis that whatever is shown belongs to. */
export function AskedBefore({ hypothesis }: { readonly hypothesis: SharedHypothesis }) {
  const measure = measureSentence(hypothesis);
  return (
    <>
      <h2>What did we ask?</h2>
      <HypothesisSentence size="medium" of={hypothesis} />
      {measure === null ? null : <p className="tx mt-2">{measure}</p>}
    </>
  );
}

function Findings({ experiment, hypothesis, number = 1 }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis; readonly number?: number }) {
  return (
    <>
      {experiment.verdict ? <><h2>What did we find?</h2><p className="tx">{experiment.verdict.explanation}</p></> : null}
      {experiment.verdict ? <><h2>How sure are we?</h2><p className="tx">{surenessOf(experiment.verdict, hypothesis)}</p></> : null}
      <StatedLate of={experiment} />
      <p className="side">{methodNote(experiment)}</p>
      {experiment.verdict ? <Guardrails verdict={experiment.verdict} hypothesis={hypothesis} /> : null}
      <WhatNow experiment={experiment} />
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

function WhatNow({ experiment }: { readonly experiment: SharedExperiment }) {
  const { decision } = experiment;
  return (
    <>
      <h2>What now?</h2>
      <p className="tx">{nextStep(experiment)}</p>
      {decision ? <div className="decided"><p className="by">{decidedSentence(decision)}</p><p className="tx">{decision.text}</p></div> : null}
    </>
  );
}

/** What it cost, also where that is nothing or not known. */
function Guardrails({ verdict, hypothesis }: { readonly verdict: SharedVerdict; readonly hypothesis: SharedHypothesis }) {
  const broken = brokenOf(verdict);
  const unharmed = unharmedSentence(verdict, hypothesis.guardrails);
  return (
    <>
      <h2>What did it harm?</h2>
      {broken.map((each) => <p key={each.metric} className="tx"><span className="bad">A condition was broken:</span> {isOneOfMany(verdict) ? `with ${verdict.treatment ?? 'it'}, ` : ''}<span className="mono">{each.metric}</span> {worseWords(each)}.</p>)}
      {unharmed === null ? null : <p className="tx">{unharmed}</p>}
    </>
  );
}

function OneOfMany({ experiment, hypothesis, place }: { readonly experiment: SharedExperiment; readonly hypothesis: SharedHypothesis; readonly place: number }) {
  return (
    <>
      <h2 className="test">{experiment.key === null ? '' : `${experiment.key}: `}{experiment.name}</h2>
      <ShareResult experiment={experiment} hypothesis={hypothesis} />
      <Findings experiment={experiment} hypothesis={hypothesis} number={place + 1} />
    </>
  );
}
