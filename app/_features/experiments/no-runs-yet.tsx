'use client';

import { Copyable } from '../../_ui/copyable.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

/** Nothing has run: the three steps that lead to a verdict, with the line to copy. */
export function NoRunsYet({ experiment }: { readonly experiment: ExperimentDetail }) {
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  const name = `${experiment.project.slug}/${experiment.name}`;
  return (
    <div className="mt-8">
      <Empty
        fact="No runs yet. A verdict needs at least two on each side."
        steps={[
          <>Point your training script here:<div className="mt-1"><Copyable label="the lines for the training script" text={`mlflow.set_tracking_uri(${JSON.stringify(origin)})\nmlflow.set_experiment(${JSON.stringify(name)})`} /></div></>,
          <>Run the baseline with three seeds, each logged as the param <code>seed</code>.</>,
          <>Change one thing, and run that with the same seeds. The verdict computes itself.</>,
        ]}
      />
    </div>
  );
}
