'use client';

import { Copyable } from '../../_ui/copyable.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

/** Its runs are away because they were deleted with it, not because none were started: nothing is asked of a script here. */
export function DeletedWithRuns({ experiment: { deletedAt, removedFrom, viewerCan } }: { readonly experiment: ExperimentDetail }) {
  return <Empty fact={<>This experiment was deleted with its runs{deletedAt === null ? null : <>, <RelativeTime at={deletedAt} /></>}.</>}><p className="text-ink-2">{viewerCan.edit ? 'Restore brings both back' : 'Who may edit it can restore both'}{removedFrom !== null && `, until ${removedFrom.slice(0, 10)}`}.</p></Empty>;
}

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
