'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Textarea } from '../../_ui/field.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { ChangeList } from './evidence-changes.tsx';
import { SubmitReview } from './review-documents.ts';

export type Decision = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

interface ReviewDialogProps {
  /** Null keeps it closed. */
  readonly decision: Decision | null;
  readonly onClose: () => void;
  readonly experiment: ExperimentDetail;
  /** Called when a decision was refused, mostly because the evidence had changed. */
  readonly onRefused: () => void;
}

const WORDS: Readonly<Record<Decision, { readonly title: string; readonly send: string; readonly done: string; readonly label: string }>> = {
  APPROVE: { title: 'Approve', send: 'Approve', done: 'Approved.', label: 'Anything to add?' },
  REQUEST_CHANGES: { title: 'Ask for changes to', send: 'Ask for changes', done: 'The owner sees what you ask for.', label: 'What should change?' },
  COMMENT: { title: 'Comment on', send: 'Comment', done: 'Commented.', label: 'Comment' },
};

export function ReviewDialog({ decision, onClose, experiment, onRefused }: ReviewDialogProps) {
  const words = WORDS[decision ?? 'COMMENT'];
  return (
    <Dialog open={decision !== null} onClose={onClose} title={`${words.title} ${experiment.key}`} about={decision === 'APPROVE' ? <>Your approval is of this evidence, <span className="mono">{experiment.evidenceDigest.slice(0, 8)}</span>: {experiment.verdict?.explanation ?? 'no verdict yet'}</> : undefined}>
      {decision === 'APPROVE' && experiment.changesSinceLook !== null && experiment.changesSinceLook.changes.length > 0 && <div><p className="text-12 text-ink-3">Changed since you last decided or looked:</p><ChangeList changes={experiment.changesSinceLook.changes} /></div>}
      {decision === 'APPROVE' && <OpenChecks checks={experiment.checks} />}
      {decision !== null && <ReviewForm decision={decision} experiment={experiment} onClose={onClose} onRefused={onRefused} />}
    </Dialog>
  );
}

/** What an approver should know before. */
function OpenChecks({ checks }: Pick<ExperimentDetail, 'checks'>) {
  const bad = checks.filter(({ state }) => state === 'BAD');
  if (bad.length === 0) return null;
  return <div><p className="text-12 text-ink-3">{bad.length === 1 ? 'One check is' : `${bad.length} checks are`} bad:</p><ul className="text-12">{bad.map(({ key, sentence, detail }) => <li key={key}>{sentence}{detail === null || detail === '' ? '' : `: ${detail}`}</li>)}</ul></div>;
}

function ReviewForm({ decision, experiment, onClose, onRefused }: ReviewDialogProps & { readonly decision: Decision }) {
  const [body, setBody] = useState('');
  // What the reviewer looked at when the dialog opened: new evidence meanwhile is refused, not approved unseen.
  const [looked] = useState(experiment.evidenceDigest);
  const [{ fetching, error }, submit] = useMutation(SubmitReview);
  const failure = failureOf(error);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await submit({ input: { experiment: experiment.key, decision, body: body.trim() === '' ? null : body.trim(), ...(decision === 'APPROVE' ? { evidenceDigest: looked } : {}) } });
    if (result.error !== undefined) {
      onRefused();
      return;
    }
    toast.success(WORDS[decision].done);
    onClose();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void send(event)}>
      <Textarea label={WORDS[decision].label} value={body} onChange={(event) => setBody(event.target.value)} rows={3} required={decision !== 'APPROVE'} problem={failure?.message ?? null} autoFocus />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || (decision !== 'APPROVE' && body.trim() === '')}>{WORDS[decision].send}</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
