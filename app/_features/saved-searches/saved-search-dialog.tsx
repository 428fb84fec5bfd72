'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { DeleteSearch, RenameSearch, SaveSearch, type SavedSearch } from './saved-search-documents.ts';

interface Saving { readonly to: 'save'; readonly state: string; /** What it may be called. */ readonly name: string }
interface Renaming { readonly to: 'rename'; readonly search: SavedSearch }
interface Deleting { readonly to: 'delete'; readonly search: SavedSearch }
export type Asked = Saving | Renaming | Deleting;

/** Asks for the name of a search, or whether it is to go. */
export function SavedSearchDialog({ asked, onClose }: { readonly asked: Asked | null; readonly onClose: () => void }) {
  if (asked === null) return null;
  return asked.to === 'delete' ? <DeleteDialog of={asked.search} onClose={onClose} /> : <NameDialog asked={asked} onClose={onClose} />;
}

function NameDialog({ asked, onClose }: { readonly asked: Saving | Renaming; readonly onClose: () => void }) {
  const [saving, save] = useMutation(SaveSearch);
  const [renaming, rename] = useMutation(RenameSearch);
  const [problem, setProblem] = useState<string | null>(null);
  const isNew = asked.to === 'save';
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('name');
    const name = typeof given === 'string' ? given : '';
    const { error } = asked.to === 'save' ? await save({ input: { name, state: asked.state } }) : await rename({ input: { savedSearch: asked.search.id, name } });
    const failure = failureOf(error);
    setProblem(failure?.message ?? null);
    if (failure === null) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={asked.to === 'save' ? 'Save this search' : `Rename “${asked.search.name}”`} about={isNew ? 'The question and what you chose of the answer, under a name that only you see. What it finds is looked for anew each time.' : null}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field label="Name" name="name" required maxLength={80} defaultValue={asked.to === 'save' ? asked.name : asked.search.name} problem={problem} autoComplete="off" />
        <DialogButtons><Button type="submit" look="primary" disabled={saving.fetching || renaming.fetching}>{isNew ? 'Save' : 'Rename'}</Button><Button onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ of: search, onClose }: { readonly of: SavedSearch; readonly onClose: () => void }) {
  const [{ fetching, error }, remove] = useMutation(DeleteSearch);
  const failure = failureOf(error);
  const submit = async (): Promise<void> => {
    if (failureOf((await remove({ input: { savedSearch: search.id } })).error) === null) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Delete “${search.name}”?`} about="Only the name goes. An address of it that was sent goes on working.">
      {failure ? <ErrorNote title={failure.message} /> : null}
      <DialogButtons><Button look="danger" disabled={fetching} onClick={() => void submit()}>Delete it</Button><Button onClick={onClose}>Keep it</Button></DialogButtons>
    </Dialog>
  );
}
