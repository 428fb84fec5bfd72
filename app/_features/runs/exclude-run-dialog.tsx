'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Textarea } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { ExcludeRun } from './run-documents.ts';

interface ExcludeRunDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly onDone?: () => void;
}

/** Excluding a run needs a reason: it stays, is shown with the reason, and counts no more. */
export function ExcludeRunDialog({ open, onClose, runs, onDone }: ExcludeRunDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={runs.length === 1 ? `Exclude ${runs[0]?.name ?? 'this run'}` : `Exclude ${count(runs.length, 'run')}`} about="It is kept and shown with your reason, and left out of the statistics. Approvals of this experiment turn stale. You can include it again.">
      <ExcludeForm runs={runs} onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

function ExcludeForm({ runs, onClose, onDone }: Pick<ExcludeRunDialogProps, 'runs' | 'onClose'> & { readonly onDone: (() => void) | undefined }) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, exclude] = useMutation(ExcludeRun);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    for (const run of runs) {
      const failure = failureOf((await exclude({ input: { run: run.id, reason: reason.trim() } })).error);
      if (failure !== null) {
        setProblem(failure.message);
        return;
      }
    }
    toast.success(`${count(runs.length, 'run')} excluded. The verdict is being computed again.`);
    onDone?.();
    onClose();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Textarea label="Why does it not count?" hint="For example: the wrong data version, a crashed node, a bug fixed since. Not: the number looks bad." value={reason} onChange={(event) => setReason(event.target.value)} problem={problem} required rows={2} autoFocus />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || reason.trim() === ''}>Exclude</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
