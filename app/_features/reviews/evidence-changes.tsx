'use client';

import { useMutation } from 'urql';
import { Button } from '../../_ui/button.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { LookAtEvidence } from './review-documents.ts';

type Delta = NonNullable<ExperimentDetail['changesSinceLook']>;
const KIND_WORDS = { RUNS: 'runs', METRICS: 'metrics', VERDICT: 'verdict', HYPOTHESIS: 'hypothesis', DESCRIPTION: 'text', DESIGN: 'design', BASELINE: 'baseline', CODE: 'code', DATA: 'data', CONFIG: 'config', ENVIRONMENT: 'env', PROJECT: 'project' } as const;

/** Each change with its kind, what happened first and what follows from it last. */
export function ChangeList({ changes }: { readonly changes: Delta['changes'] }) {
  return <dl className="dl delta">{changes.map(({ kind, words }) => <div key={`${kind} ${words}`} className="contents"><dt>{KIND_WORDS[kind]}</dt><dd>{words}</dd></div>)}</dl>;
}

/** What is new to this reader, and a way to say that it was seen. */
export function SinceYouLooked({ experiment }: { readonly experiment: ExperimentDetail }) {
  const [{ fetching }, look] = useMutation(LookAtEvidence);
  const delta = experiment.changesSinceLook;
  if (delta === null || delta.changes.length === 0) return null;
  const seen = (): void => { void look({ input: { experiment: experiment.key, evidenceDigest: experiment.evidenceDigest } }); };
  return (
    <section className="since" aria-label="Changed since you last looked">
      <div className="row"><b className="font-medium">Since you last looked</b>{delta.since !== null && <span className="text-ink-3 text-12"><RelativeTime at={delta.since} /></span>}<span className="sp" /><Button small look="bare" disabled={fetching} onClick={seen}>Seen</Button></div>
      <ChangeList changes={delta.changes} />
    </section>
  );
}
