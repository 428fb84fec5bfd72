'use client';

import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { ShareButton } from '../sharing/share-button.tsx';
import { EditExperimentDialog } from './edit-experiment-dialog.tsx';
import { UpdateExperiment, type ExperimentDetail } from './experiment-documents.ts';
import { MoveExperimentDialog } from './move-experiment-dialog.tsx';

/** Share, and what else can be done with the experiment. */
export function ExperimentActions({ experiment }: { readonly experiment: ExperimentDetail }) {
  const [asking, setAsking] = useState<'edit' | 'move' | null>(null);
  const [, update] = useMutation(UpdateExperiment);
  const close = (): void => setAsking(null);
  const archive = async (archived: boolean): Promise<void> => {
    const failure = failureOf((await update({ input: { experiment: experiment.key, archived } })).error);
    if (failure === null) toast.success(archived ? 'Archived. It stays searchable.' : 'Back in the lists.');
    else toast.error(failure.message);
  };
  const setDeleted = async (deleted: boolean): Promise<void> => {
    const failure = failureOf((await update({ input: { experiment: experiment.key, deleted } })).error);
    if (failure === null) toast.success(deleted ? 'Deleted with its runs. Restore brings both back.' : 'Restored, with its runs.');
    else toast.error(failure.message);
  };
  const { viewerCan } = experiment;
  if (experiment.deletedAt !== null) return viewerCan.edit ? <Button onClick={() => void setDeleted(false)}>Restore</Button> : null;
  return (
    <>
      {viewerCan.share && <ShareButton subject={{ id: experiment.id, name: experiment.key, shows: 'the hypothesis, the verdict and the evidence' }} />}
      {viewerCan.edit && (
        <Menu align="end" trigger={<Button icon aria-label="More about this experiment"><MoreHorizontal aria-hidden="true" /></Button>}>
          <MenuItem onSelect={() => setAsking('edit')}>Rename, describe, parents…</MenuItem>
          <MenuItem onSelect={() => setAsking('move')}>Move to another project…</MenuItem>
          <MenuRule />
          <MenuItem onSelect={() => void archive(experiment.archivedAt === null)}>{experiment.archivedAt === null ? 'Archive' : 'Take out of the archive'}</MenuItem>
          <MenuItem onSelect={() => void setDeleted(true)}>Delete with its runs</MenuItem>
        </Menu>
      )}
      <EditExperimentDialog open={asking === 'edit'} onClose={close} experiment={experiment} />
      <MoveExperimentDialog open={asking === 'move'} onClose={close} experiment={experiment} />
    </>
  );
}
