'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { statedAfter } from '../hypotheses/stated-after.ts';
import { AttachHypothesisDialog } from './attach-hypothesis-dialog.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

/** The hypothesis as a sentence, or what it means that there is none and the way to write it. */
export function HypothesisPart({ experiment }: { readonly experiment: ExperimentDetail }) {
  const { hypothesis } = experiment;
  if (hypothesis === null) return <Exploratory experiment={experiment} />;
  const late = statedAfter(experiment.runsBeforeHypothesis, experiment.evidence.countedRuns)?.replace('stated ', '') ?? null;
  return (
    <section aria-label="Hypothesis">
      <HypothesisSentence of={hypothesis} />
      <p className="text-12 text-ink-3 mt-2">
        Stated <RelativeTime at={hypothesis.createdAt} />{hypothesis.author && <> by {hypothesis.author.name}</>}{late !== null && <>, <b className="font-medium warn">{late}</b></>}.{' '}
        {hypothesis.guardrails.length > 0 && <>{hypothesis.guardrails.length === 1 ? 'Guardrail: ' : 'Guardrails: '}{hypothesis.guardrails.map((guardrail, index) => <span key={guardrail}>{index > 0 && ', '}<span className="mono">{guardrail}</span></span>)} must not get worse. </>}
        Grade <b className="font-medium text-ink-2">{hypothesis.grade.toLowerCase()}</b>. <Link className="lk" href={`/h/${hypothesis.id}`}>Open the hypothesis</Link>
      </p>
    </section>
  );
}

function Exploratory({ experiment }: { readonly experiment: ExperimentDetail }) {
  const [attaching, setAttaching] = useState(false);
  return (
    <section aria-label="Hypothesis" className="expl">
      <p className="serif text-17 max-w-[40em]">This experiment is exploratory: nobody has written down what it should show. Everything is tracked, but it can get no verdict, be reviewed or shared until someone does.</p>
      {experiment.project.viewerCan.write && (
        <div className="row wrap mt-3">
          <ButtonLink look="primary" href={`/p/${experiment.project.slug}/hypotheses/new?experiment=${encodeURIComponent(experiment.key)}`}>Write the hypothesis</ButtonLink>
          <Button onClick={() => setAttaching(true)}>Attach an existing one…</Button>
        </div>
      )}
      <AttachHypothesisDialog open={attaching} onClose={() => setAttaching(false)} experimentKey={experiment.key} slug={experiment.project.slug} />
    </section>
  );
}
