'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { VerdictBadge, type VerdictWord } from '../verdicts/verdict-badge.tsx';
import { DemoOffer } from '../demo/demo-offer.tsx';

interface FirstStepsProps {
  readonly origin: string;
  /** Without a trusted local caller, scripts need a token. */
  readonly needsToken: boolean;
  readonly newHypothesis: string | null;
}

const OUTCOMES: readonly (readonly [VerdictWord, string])[] = [
  ['supported', 'The change reached the bar, and luck is not a good explanation.'],
  ['refuted', 'It did not reach the bar. That is a finding, shown as large as the others.'],
  ['equivalent', 'It makes no difference worth having.'],
  ['inconclusive', 'Not enough repeats yet. The verdict says how many more would settle it.'],
];

/** What a new Lemma shows: the three steps from a script to a verdict, and real trainings to look at meanwhile. */
export function FirstSteps({ origin, needsToken, newHypothesis }: FirstStepsProps) {
  return (
    <>
      <h1 className="font-serif text-28 font-normal tracking-[-0.012em]">Did the change help, or was it luck?</h1>
      <p className="mt-2 max-w-[44em] font-serif text-17 text-ink-2">Lemma keeps the hypothesis, the runs and the noise together until there is a verdict. Three steps lead to the first one.</p>
      <div className="cols mt-8">
        <ol className="grid gap-8">
          <Step n={1} title="Point your script at Lemma">
            <p>Your MLflow calls stay as they are. {needsToken ? <>One variable says where, another who: <Link href="/tokens">make a token</Link> first.</> : 'One variable is enough.'}</p>
            <Copyable label="the line that points MLflow here" text={`export MLFLOW_TRACKING_URI=${origin}${needsToken ? '\nexport MLFLOW_TRACKING_TOKEN=<your token>' : ''}`} />
            <p>No script at hand? This one logs a run you can watch move.</p>
            <Copyable label="a first script" text={FIRST_SCRIPT} />
            <p className="hint" role="status">No run has arrived yet. This page notices by itself when one does.</p>
          </Step>
          <Step n={2} title="Write the hypothesis">
            <p>Say what should change, by how much, and why, before the numbers are in. What is missing is asked for, with the reason why it matters.</p>
            <HypothesisSentence size="medium" of={{ statement: '', change: 'augmenting with small shifts', metric: 'val_acc', direction: 'INCREASE', minEffect: null, because: null }} />
            {newHypothesis ? <div><ButtonLink href={newHypothesis} hint="N">New hypothesis</ButtonLink></div> : null}
          </Step>
          <Step n={3} title="Compare">
            <p>Run the baseline and the change with a few seeds each. Runs that differ only in their seed fold into one variant, and the verdict appears by itself.</p>
            <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-y-2">
              {OUTCOMES.map(([word, meaning]) => <div key={word} className="contents"><dt><VerdictBadge of={word} /></dt><dd className="text-ink-2">{meaning}</dd></div>)}
            </dl>
          </Step>
        </ol>
        <aside className="rail" aria-label="Demo"><DemoOffer /></aside>
      </div>
    </>
  );
}

function Step({ n, title, children }: { readonly n: number; readonly title: string; readonly children: ReactNode }) {
  return (
    <li className="grid grid-cols-[24px_minmax(0,1fr)]">
      <span className="font-mono text-13 leading-[26px] text-ink-3" aria-hidden="true">{n}</span>
      <div className="grid max-w-[600px] grid-cols-[minmax(0,1fr)] gap-3"><h2 className="font-serif text-17 font-semibold">{title}</h2>{children}</div>
    </li>
  );
}

const FIRST_SCRIPT = `import math, random, time
import mlflow

mlflow.set_experiment("vision/first-look")
for seed in (1, 2, 3):
    random.seed(seed)
    with mlflow.start_run(run_name=f"seed {seed}"):
        mlflow.log_params({"lr": 0.01, "seed": seed})
        for epoch in range(30):
            acc = 0.95 - 0.6 * math.exp(-epoch / 6) + random.gauss(0, 0.01)
            mlflow.log_metric("val_acc", acc, step=epoch)
            time.sleep(0.2)`;
