'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select, Textarea } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { PlanAnother } from './hypothesis-query.ts';

const DESIGNS = [
  { value: 'SINGLE_CHANGE', label: 'Single change: one thing differs from the baseline' },
  { value: 'ABLATION', label: 'Ablation: parts are taken away one by one' },
  { value: 'FACTORIAL', label: 'Factorial: all combinations of several changes' },
  { value: 'SWEEP', label: 'Sweep: one thing over many values' },
  { value: 'BASELINE', label: 'Baseline: only what others compare against' },
] as const;

type Design = (typeof DESIGNS)[number]['value'];

interface PlanExperimentDialogProps { readonly hypothesis: string; readonly project: string; readonly onClose: () => void }

/** Makes the place where the runs that test a hypothesis arrive. */
export function PlanExperimentDialog({ hypothesis, project, onClose }: PlanExperimentDialogProps) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [design, setDesign] = useState<Design>('SINGLE_CHANGE');
  const [planning, plan] = useMutation(PlanAnother);
  const failure = failureOf(planning.error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data } = await plan({ input: { project, name: name.trim(), hypothesis, design, description: description.trim() || null } });
    if (data) router.push(`/e/${data.createExperiment.experiment.key}`);
  };
  return (
    <Dialog open onClose={onClose} title="Plan an experiment" about="Scripts log to it by its MLflow name, and their runs count for this hypothesis.">
      <form className="grid gap-4" onSubmit={(event) => { void submit(event); }}>
        <Field label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} autoFocus hint={<>MLflow name: <span className="mono">{project}/{name.trim() || '…'}</span></>} />
        <Select label="Design" choices={DESIGNS} value={design} onChoose={setDesign} />
        <Textarea label="Description, if it needs one" rows={2} value={description} onChange={(event) => setDescription(event.target.value)} />
        {failure ? <ErrorNote title={failure.message} /> : null}
        <DialogButtons><Button type="submit" look="primary" disabled={planning.fetching || name.trim() === ''}>Plan it</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
