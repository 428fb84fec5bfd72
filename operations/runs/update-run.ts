import type { Viewer } from '../../domain/access/viewer.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { runName, runNote } from '../../domain/runs/run-texts.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run, RunChanges } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, indexRun } from './announce-run.ts';
import { reachRun } from './reach.ts';

export interface UpdateRun {
  readonly runId: string;
  readonly name?: string | undefined;
  /** Markdown; empty or null takes the note away. */
  readonly note?: string | null | undefined;
  readonly archived?: boolean | undefined;
  readonly deleted?: boolean | undefined;
}

/** Renames, describes, archives or deletes a run, or brings it back; undefined leaves a part as it is. Asking for what is so already changes nothing. */
export async function updateRun(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: UpdateRun): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, request.runId, request.deleted === undefined ? 'run.log' : 'run.delete');
    const now = ports.clock.now();
    const changes = changesOf(run, request, now);
    const tagged = await writeTags(tx, run, { name: changes.name, note: request.note });
    if (Object.keys(changes).length === 0 && !tagged) return;
    await tx.runs.update(run.id, { ...changes, updatedAt: now });
    await indexRun(tx, { ...run, ...changes }, project.id);
    const verb = verbOf(changes);
    if (changes.deletedAt !== undefined) await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, verb);
    const fields = Object.entries(request).filter(([field, value]) => field !== 'runId' && value !== undefined).map(([field]) => field);
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: `run.${verb}`, subjectKind: 'run', subjectId: run.id, detail: { fields, ...(changes.name === undefined ? {} : { from: run.name, to: changes.name }) } });
  });
}

type Changes = Pick<RunChanges, 'name' | 'archivedAt' | 'deletedAt'>;

/** Only what differs from what is. */
function changesOf(run: Run, { name, archived, deleted }: UpdateRun, now: Date): Changes {
  const newName = name === undefined ? run.name : runName(name);
  return {
    ...(newName === run.name ? {} : { name: newName }),
    ...(archived === undefined || archived === (run.archivedAt !== null) ? {} : { archivedAt: archived ? now : null }),
    ...(deleted === undefined || deleted === (run.deletedAt !== null) ? {} : { deletedAt: deleted ? now : null }),
  };
}

/** The name and the note are tags too, as in MLflow. Answers whether a tag changed. */
async function writeTags(tx: Transaction, run: Run, { name, note }: { readonly name: string | undefined; readonly note: string | null | undefined }): Promise<boolean> {
  const text = note === undefined ? null : runNote(note ?? '');
  const before = text === null ? text : (await tx.runs.tags(run.id)).get(TAG.note) ?? '';
  if (name !== undefined) await tx.runs.setTags(run.id, new Map([[TAG.runName, name]]));
  if (text === before || text === null) return false;
  if (text === '') await tx.runs.deleteTag(run.id, TAG.note);
  else await tx.runs.setTags(run.id, new Map([[TAG.note, text]]));
  return true;
}

function verbOf({ archivedAt, deletedAt }: Changes): string {
  if (deletedAt !== undefined) return deletedAt ? 'deleted' : 'restored';
  if (archivedAt !== undefined) return archivedAt ? 'archived' : 'unarchived';
  return 'updated';
}
