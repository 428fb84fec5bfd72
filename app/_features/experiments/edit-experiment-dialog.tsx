'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Select, Textarea, type Choice } from '../../_ui/field.tsx';
import { UpdateExperiment, type ExperimentDetail } from './experiment-documents.ts';

interface EditExperimentDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly experiment: ExperimentDetail;
}

const DESIGNS: readonly Choice<ExperimentDetail['design']>[] = [
  { value: 'SINGLE_CHANGE', label: 'Single change' },
  { value: 'ABLATION', label: 'Ablation: parts taken away one by one' },
  { value: 'FACTORIAL', label: 'Factorial: changes combined on purpose' },
  { value: 'SWEEP', label: 'Sweep: many values of something' },
  { value: 'BASELINE', label: 'Baseline: the reference itself' },
];

export function EditExperimentDialog({ open, onClose, experiment }: EditExperimentDialogProps) {
  return <Dialog open={open} onClose={onClose} title={`Edit ${experiment.key}`}><EditForm experiment={experiment} onClose={onClose} /></Dialog>;
}

function EditForm({ experiment, onClose }: Omit<EditExperimentDialogProps, 'open'>) {
  // What is edited: the page goes on following what others write.
  const [saw, setSaw] = useState({ name: experiment.name, description: experiment.description, design: experiment.design });
  const [name, setName] = useState(experiment.name);
  const [description, setDescription] = useState(experiment.description ?? '');
  const [design, setDesign] = useState(experiment.design);
  const [parents, setParents] = useState(experiment.parents.map((parent) => parent.key).join(', '));
  const [{ fetching, error }, update] = useMutation(UpdateExperiment);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const keys = parents.split(/[\s,]+/).filter(Boolean).map((key) => key.toUpperCase());
    const result = await update({ input: { experiment: experiment.key, name: name.trim(), description: description.trim() === '' ? null : description, design, parents: keys, saw } });
    if (result.error === undefined) onClose();
    // Who was told what somebody else wrote, and saves again, has seen it.
    else if (failureOf(result.error)?.reason === 'experiment/changed-underneath') setSaw({ name: experiment.name, description: experiment.description, design: experiment.design });
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={250} autoFocus {...(name.trim() === experiment.name ? {} : { hint: `A script that still says “${experiment.project.slug}/${experiment.name}” goes on logging here, until another experiment takes that name.` })} />
      <Textarea label="Description" value={description} onChange={(event) => setDescription(event.target.value)} rows={3} />
      <Select label="Design" value={design} choices={DESIGNS} onChoose={setDesign} hint="With a factorial or ablation design several changed variables are expected." />
      <Field label="Derived from" value={parents} onChange={(event) => setParents(event.target.value)} hint="Keys of the experiments this one came from, with commas between." className="mono" problem={failureOf(error)?.message ?? null} />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || name.trim() === ''}>Save</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
