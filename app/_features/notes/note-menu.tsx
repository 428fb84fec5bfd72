'use client';

import { Ellipsis } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { drawEverything } from '../../_editor/when-near.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { placeOf } from './note-address.ts';
import { DeleteNote, KeepVersion, type NoteDetail } from './note-documents.ts';

/** Long enough for what was far away to be read and drawn. */
const BEFORE_PRINT_MS = 1_500;

async function print(): Promise<void> {
  drawEverything();
  await new Promise((resolve) => { setTimeout(resolve, BEFORE_PRINT_MS); });
  window.print();
}

/** What else can be done with a note. */
export function NoteMenu({ note }: { readonly note: NoteDetail }) {
  const [asking, setAsking] = useState<'version' | 'delete' | null>(null);
  const file = (ending: 'md' | 'pdf') => (): void => location.assign(`/api/v1/notes/${note.id}.${ending}`);
  return (
    <>
      <Menu align="end" trigger={<Button look="bare" small icon aria-label="More about this note"><Ellipsis aria-hidden="true" /></Button>}>
        {note.viewerCan.edit && <MenuItem onSelect={() => setAsking('version')}>Keep a named version…</MenuItem>}
        <MenuItem onSelect={file('md')}>Export as Markdown</MenuItem>
        <MenuItem onSelect={file('pdf')}>Export as PDF</MenuItem>
        <MenuItem onSelect={() => void print()}>Print</MenuItem>
        {note.viewerCan.delete && <><MenuRule /><MenuItem onSelect={() => setAsking('delete')}>Delete…</MenuItem></>}
      </Menu>
      <KeepDialog note={note} open={asking === 'version'} onClose={() => setAsking(null)} />
      <DeleteDialog note={note} open={asking === 'delete'} onClose={() => setAsking(null)} />
    </>
  );
}

interface AskProps { readonly note: NoteDetail; readonly open: boolean; readonly onClose: () => void }

function KeepDialog({ note, open, onClose }: AskProps) {
  const [name, setName] = useState('');
  const [{ fetching }, keep] = useMutation(KeepVersion);
  const submit = async (): Promise<void> => {
    const failure = failureOf((await keep({ input: { note: note.id, name } })).error);
    if (failure !== null) { toast.error(failure.message); return; }
    toast.success(`“${name}” is kept.`);
    setName('');
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Keep this version" about="Versions are kept by themselves too; one with a name is found again.">
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Field label="Name" value={name} maxLength={100} placeholder="As presented on Thursday" onChange={({ target }) => setName(target.value)} autoFocus />
        <DialogButtons><Button type="submit" look="primary" disabled={fetching || name.trim() === ''}>Keep it</Button><Button onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ note, open, onClose }: AskProps) {
  const router = useRouter();
  const [{ fetching }, remove] = useMutation(DeleteNote);
  const submit = async (): Promise<void> => {
    const failure = failureOf((await remove({ input: { note: note.id } })).error);
    if (failure !== null) { toast.error(failure.message); return; }
    router.push(placeOf(note.subject)?.href ?? `/p/${note.project.slug}`);
  };
  return (
    <Dialog open={open} onClose={onClose} title={`Delete “${note.title}”?`} about="It goes for everyone, with its versions. Links to it will say that it is not there any more.">
      <DialogButtons><Button look="danger" disabled={fetching} onClick={() => void submit()}>Delete it</Button><Button onClick={onClose}>Keep it</Button></DialogButtons>
    </Dialog>
  );
}
