'use client';

import { Bookmark } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Menu, MenuHead, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import type { Address } from '../../_ui/use-address.ts';
import { ProjectUpdated } from '../projects/project-query.ts';
import { DeleteView, SavedViewsQuery, SaveView, UpdateView, type SavedView } from './run-table-documents.ts';
import { paramsOf, stateOf } from './run-view.ts';

const UNREAD: { readonly savedViews: readonly SavedView[]; readonly viewerCan: { readonly write: boolean } } = { savedViews: [], viewerCan: { write: false } };

/** The views of the project that have a name. The address says which one is shown, and everything it is made of: who gets the address sees the same. */
export function SavedViews({ slug, address }: { readonly slug: string; readonly address: Address }) {
  const { savedViews: views, viewerCan: { write: mayWrite } } = useViews(slug);
  const [naming, setNaming] = useState(false);
  const state = stateOf(address.params);
  const current = views.find((view) => view.id === address.params.get('saved')) ?? null;
  const changed = current !== null && current.state !== state;
  const open = (view: SavedView): void => address.set({ ...paramsOf(view.state), saved: view.id }, true);
  return (
    <>
      {changed && <span className="hint" role="status">differs from “{current.name}”</span>}
      <Menu align="end" trigger={<Button small><Bookmark aria-hidden="true" /><span className="tr max-w-[160px]">{current?.name ?? 'Views'}{changed ? ' *' : ''}</span></Button>}>
        <MenuHead>Saved views, for everyone in the project</MenuHead>
        {views.length === 0 && <p className="hint px-2 pb-1">None yet.</p>}
        {views.map((view) => <MenuItem key={view.id} onSelect={() => open(view)}><ViewName view={view} current={view.id === current?.id} /></MenuItem>)}
        <MenuRule />
        {mayWrite && <MenuItem onSelect={() => setNaming(true)}>Save as a new view…</MenuItem>}
        {current && <CurrentItems view={current} state={state} mayWrite={mayWrite} onOpen={open} onDeleted={() => address.set({ saved: null })} />}
        <MenuItem onSelect={() => address.set({ ...paramsOf(''), saved: null }, true)}>The usual view</MenuItem>
      </Menu>
      <NameDialog open={naming} onClose={() => setNaming(false)} {...{ slug, state }} onSaved={(id) => address.set({ saved: id })} />
    </>
  );
}

function useViews(slug: string): typeof UNREAD {
  const [{ data }, refresh] = useQuery({ query: SavedViewsQuery, variables: { slug } });
  useLive(ProjectUpdated, [{ slug }], refresh);
  return data?.project ?? UNREAD;
}

const ViewName = ({ view, current }: { readonly view: SavedView; readonly current: boolean }) => <><span className={current ? 'font-medium' : ''}>{view.name}</span><span className="sp" /><span className="hint">{view.createdBy?.name}</span></>;

interface CurrentItemsProps { readonly view: SavedView; readonly state: string; readonly mayWrite: boolean; readonly onOpen: (view: SavedView) => void; readonly onDeleted: () => void }

function CurrentItems({ view, state, mayWrite, onOpen, onDeleted }: CurrentItemsProps) {
  const changed = view.state !== state;
  const [, update] = useMutation(UpdateView);
  const [, remove] = useMutation(DeleteView);
  const save = async (): Promise<void> => {
    const failure = failureOf((await update({ input: { savedView: view.id, state } })).error);
    if (failure) toast.error(failure.message);
    else toast.success(`“${view.name}” now shows this.`);
  };
  const forget = async (): Promise<void> => {
    const failure = failureOf((await remove({ input: { savedView: view.id } })).error);
    if (failure) { toast.error(failure.message); return; }
    toast.success(`“${view.name}” is no longer saved. What it showed is still in the address.`);
    onDeleted();
  };
  return (
    <>
      {changed && <MenuItem onSelect={() => onOpen(view)}>Back to “{view.name}” as saved</MenuItem>}
      {changed && mayWrite && <MenuItem onSelect={() => void save()}>Save these changes in “{view.name}”</MenuItem>}
      {mayWrite && <MenuItem onSelect={() => void forget()}>Delete “{view.name}”</MenuItem>}
    </>
  );
}

function NameDialog({ open, onClose, slug, state, onSaved }: { readonly open: boolean; readonly onClose: () => void; readonly slug: string; readonly state: string; readonly onSaved: (id: string) => void }) {
  const [{ fetching }, save] = useMutation(SaveView);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    const { data, error } = await save({ input: { project: slug, name: typeof name === 'string' ? name : '', state } });
    setProblem(failureOf(error)?.message ?? null);
    if (!data) return;
    onSaved(data.saveView.savedView.id);
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Save this view" about="Filter, order, columns, groups and colours, under a name that everyone in the project sees.">
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field label="Name" name="name" required maxLength={80} problem={problem} autoFocus />
        <DialogButtons><Button type="submit" look="primary" disabled={fetching}>Save</Button><Button onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
