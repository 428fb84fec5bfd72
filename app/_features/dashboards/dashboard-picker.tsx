'use client';

import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import type { Panel } from '../../../domain/dashboards/panel.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Menu, MenuHead, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { DeleteDashboard, SaveDashboard, type DashboardProject, type ShownDashboard } from './dashboard-documents.ts';

interface DashboardPickerProps { readonly project: DashboardProject; readonly dashboard: ShownDashboard | null; readonly panels: readonly Panel[]; readonly refresh: () => void }

/** The dashboards of the project by name; the address says which one is shown. */
export function DashboardPicker({ project, dashboard, panels, refresh }: DashboardPickerProps) {
  const address = useAddress();
  const [naming, setNaming] = useState(false);
  const [, remove] = useMutation(DeleteDashboard);
  const forget = async (id: string): Promise<void> => {
    const failure = failureOf((await remove({ input: { dashboard: id } })).error);
    if (failure) { toast.error(failure.message); return; }
    address.set({ dashboard: null });
    refresh();
  };
  return (
    <>
      <Menu align="end" trigger={<Button>{dashboard?.name ?? 'Overview'}</Button>}>
        <MenuHead>Dashboards, for everyone in the project</MenuHead>
        {project.dashboards.length === 0 ? <p className="hint px-2 pb-1">None saved yet. The first move saves one.</p> : null}
        {project.dashboards.map(({ id, name }) => <MenuItem key={id} onSelect={() => address.set({ dashboard: id })}><span className={id === dashboard?.id ? 'font-medium' : ''}>{name}</span></MenuItem>)}
        {project.viewerCan.write ? <><MenuRule /><MenuItem onSelect={() => setNaming(true)}>Save as a new dashboard…</MenuItem></> : null}
        {project.viewerCan.write && dashboard ? <MenuItem onSelect={() => { void forget(dashboard.id); }}>Delete “{dashboard.name}”</MenuItem> : null}
      </Menu>
      <NameDialog open={naming} slug={project.slug} panels={panels} onClose={() => setNaming(false)} onSaved={(id) => { address.set({ dashboard: id }); refresh(); }} />
    </>
  );
}

function NameDialog({ open, slug, panels, onClose, onSaved }: { readonly open: boolean; readonly slug: string; readonly panels: readonly Panel[]; readonly onClose: () => void; readonly onSaved: (id: string) => void }) {
  const [{ fetching }, save] = useMutation(SaveDashboard);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    const { data, error } = await save({ input: { project: slug, name: typeof name === 'string' ? name : '', panels: panels.map((panel) => ({ ...panel })) } });
    setProblem(failureOf(error)?.message ?? null);
    if (!data) return;
    onSaved(data.saveDashboard.dashboard.id);
    onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Save as a new dashboard" about="It begins with the panels shown here. Everybody who sees the project sees it; members arrange it.">
      <form className="grid gap-4" onSubmit={(event) => { void submit(event); }}>
        <Field label="Name" name="name" required maxLength={80} problem={problem} />
        <DialogButtons><Button type="submit" look="primary" disabled={fetching}>Save</Button><Button onClick={onClose}>Cancel</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
