'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useViewer } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Select } from '../../_ui/field.tsx';
import { MoveExperiment, type ExperimentDetail } from './experiment-documents.ts';

interface MoveExperimentDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly experiment: ExperimentDetail;
}

export function MoveExperimentDialog({ open, onClose, experiment }: MoveExperimentDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Move ${experiment.key}`} about="It gets a new key in the other project. Runs, threads and reviews go along, and training code that says its old name goes on logging to it.">
      <MoveForm experiment={experiment} onClose={onClose} />
    </Dialog>
  );
}

function MoveForm({ experiment, onClose }: Omit<MoveExperimentDialogProps, 'open'>) {
  const router = useRouter();
  const { projects } = useViewer();
  const others = projects.filter((project) => project.slug !== experiment.project.slug && project.viewerCan.write);
  const [slug, setSlug] = useState(others[0]?.slug ?? '');
  const [{ fetching, error }, move] = useMutation(MoveExperiment);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await move({ input: { experiment: experiment.key, project: slug } });
    const key = result.data?.moveExperiment.experiment.key;
    if (key !== undefined) router.push(`/e/${key}`);
  };
  if (others.length === 0) return <p className="text-ink-2">There is no other project you may write to. Make one first.</p>;
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Select label="Project" value={slug} choices={others.map((project) => ({ value: project.slug, label: project.name }))} onChoose={setSlug} problem={failureOf(error)?.message ?? null} />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching}>Move</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
