'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { graphql } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { MoveRun } from './run-documents.ts';

const ExperimentsOfProject = graphql(`
  query ExperimentsOfProject($slug: String!) { project(slug: $slug) { id experiments(first: 100) { nodes { id key name } } } }
`);

interface MoveRunDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly run: { readonly id: string; readonly name: string; readonly experiment: { readonly key: string; readonly project: { readonly slug: string } } };
}

export function MoveRunDialog({ open, onClose, run }: MoveRunDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Move ${run.name}`} about="The run takes its metrics and artifacts along. The verdicts of both experiments are computed again.">
      <MoveForm run={run} onClose={onClose} />
    </Dialog>
  );
}

function MoveForm({ run, onClose }: Omit<MoveRunDialogProps, 'open'>) {
  const [key, setKey] = useState('');
  const [{ data }] = useQuery({ query: ExperimentsOfProject, variables: { slug: run.experiment.project.slug } });
  const [{ fetching, error }, move] = useMutation(MoveRun);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await move({ input: { run: run.id, experiment: key.trim().toUpperCase() } });
    if (result.error !== undefined) return;
    toast.success(`Moved to ${result.data?.moveRun.run.experiment.key ?? key}.`);
    onClose();
  };
  const others = (data?.project?.experiments.nodes ?? []).filter((experiment) => experiment.key !== run.experiment.key);
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Experiment" hint={`Its key, such as ${run.experiment.key}; the list shows this project's experiments.`} list="experiments-to-move-to" value={key} onChange={(event) => setKey(event.target.value)} problem={failureOf(error)?.message ?? null} required className="mono" autoComplete="off" autoFocus />
      <datalist id="experiments-to-move-to">{others.map((experiment) => <option key={experiment.id} value={experiment.key}>{experiment.name}</option>)}</datalist>
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || key.trim() === ''}>Move</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
