'use client';

import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { ShareButton } from '../sharing/share-button.tsx';
import { ExcludeRunDialog } from './exclude-run-dialog.tsx';
import { MoveRunDialog } from './move-run-dialog.tsx';
import { NoteDialog, RenameDialog } from './rename-run-dialog.tsx';
import { IncludeRun, UpdateRun, type RunDetail } from './run-documents.ts';

type Asking = 'rename' | 'note' | 'exclude' | 'move' | null;

/** What can be done with a run. Nothing here destroys anything: a deleted run can be restored for as long as the installation keeps it. */
export function RunActions({ run }: { readonly run: RunDetail }) {
  const [asking, setAsking] = useState<Asking>(null);
  const [, update] = useMutation(UpdateRun);
  const [, include] = useMutation(IncludeRun);
  const close = (): void => setAsking(null);
  const say = async (doing: Promise<{ error?: Parameters<typeof failureOf>[0] }>, done: string): Promise<void> => {
    const failure = failureOf((await doing).error ?? null);
    if (failure === null) toast.success(done);
    else toast.error(failure.message);
  };
  const share = run.viewerCan.share && run.deletedAt === null && !run.experiment.exploratory ? <ShareButton subject={{ id: run.id, name: run.name, shows: 'what this run measured, its hypothesis and its settings' }} /> : null;
  if (!run.viewerCan.edit) return share;
  return (
    <>
      {share}
      <Button onClick={() => setAsking('note')}>{run.note ? 'Edit note' : 'Add note'}</Button>
      <Menu align="end" trigger={<Button icon aria-label="More about this run"><MoreHorizontal aria-hidden="true" /></Button>}>
        <MenuItem onSelect={() => setAsking('rename')}>Rename…</MenuItem>
        <MenuItem onSelect={() => setAsking('move')}>Move to another experiment…</MenuItem>
        {run.excluded === null
          ? <MenuItem onSelect={() => setAsking('exclude')}>Exclude from the statistics…</MenuItem>
          : <MenuItem onSelect={() => void say(include({ input: { run: run.id } }), 'The run counts again.')}>Include in the statistics again</MenuItem>}
        <MenuRule />
        <MenuItem onSelect={() => void say(update({ input: { run: run.id, archived: run.archivedAt === null } }), run.archivedAt === null ? 'Archived. It still counts.' : 'Back in the lists.')}>{run.archivedAt === null ? 'Archive' : 'Take out of the archive'}</MenuItem>
        <MenuItem onSelect={() => void say(update({ input: { run: run.id, deleted: run.deletedAt === null } }), run.deletedAt === null ? 'Deleted. Restore brings it back.' : 'Restored.')}>{run.deletedAt === null ? 'Delete' : 'Restore'}</MenuItem>
      </Menu>
      <RenameDialog open={asking === 'rename'} onClose={close} run={run} />
      <NoteDialog open={asking === 'note'} onClose={close} run={run} />
      <ExcludeRunDialog open={asking === 'exclude'} onClose={close} runs={[{ id: run.id, name: run.name }]} />
      <MoveRunDialog open={asking === 'move'} onClose={close} run={run} />
    </>
  );
}
