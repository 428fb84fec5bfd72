'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Textarea } from '../../_ui/field.tsx';
import { UpdateRun } from './run-documents.ts';

interface RunDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly run: { readonly id: string; readonly name: string; readonly note: string | null };
}

/** The content mounts with the dialog, so that each opening starts from what is stored. */
export function RenameDialog({ open, onClose, run }: RunDialogProps) {
  return <Dialog open={open} onClose={onClose} title="Rename this run"><RenameForm run={run} onClose={onClose} /></Dialog>;
}

function RenameForm({ run, onClose }: Omit<RunDialogProps, 'open'>) {
  const [name, setName] = useState(run.name);
  const [{ fetching, error }, update] = useMutation(UpdateRun);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await update({ input: { run: run.id, name: name.trim() } })).error === undefined) onClose();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Name" value={name} onChange={(event) => setName(event.target.value)} problem={failureOf(error)?.message ?? null} required maxLength={250} autoFocus />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching || name.trim() === ''}>Rename</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}

export function NoteDialog({ open, onClose, run }: RunDialogProps) {
  return <Dialog open={open} onClose={onClose} title="Note on this run" about="Markdown. MLflow clients read and write the same note."><NoteForm run={run} onClose={onClose} /></Dialog>;
}

function NoteForm({ run, onClose }: Omit<RunDialogProps, 'open'>) {
  const [note, setNote] = useState(run.note ?? '');
  const [{ fetching, error }, update] = useMutation(UpdateRun);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await update({ input: { run: run.id, note } })).error === undefined) onClose();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Textarea label="Note" quiet rows={6} value={note} onChange={(event) => setNote(event.target.value)} problem={failureOf(error)?.message ?? null} autoFocus />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching}>Save note</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
