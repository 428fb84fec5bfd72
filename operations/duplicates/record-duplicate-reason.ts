import type { Viewer } from '../../domain/access/viewer.ts';
import { duplicateReason, isReplication } from '../../domain/duplicates/reason.ts';
import { badInput } from '../../domain/refusal.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { DuplicateReason } from '../ports/duplicates.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun } from '../runs/announce-run.ts';
import { reachRun } from '../runs/reach.ts';

export interface ReasonRequest {
  readonly run: string | null;
  /** An experiment's key. */
  readonly experiment: string | null;
  readonly replication: boolean;
  readonly reason: string | null;
}

/** Keeps why a run or an experiment goes on although it was done before. What was said stays; saying more adds to it. */
export async function recordDuplicateReason(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: ReasonRequest): Promise<DuplicateReason> {
  const said = reasonOf(ports, viewer, { replication: request.replication, reason: duplicateReason(request.reason, request.replication) });
  if ((request.run === null) === (request.experiment === null)) throw badInput('duplicate/subject', 'Name a run or an experiment, one of the two.');
  return request.run === null ? ofExperiment(ports, viewer, { key: request.experiment ?? '', said }) : ofRun(ports, viewer, { runId: request.run, said });
}

type Said = Omit<DuplicateReason, 'runId' | 'experimentId'>;

const reasonOf = ({ ids, clock }: Pick<Ports, 'ids' | 'clock'>, viewer: Viewer, said: Pick<Said, 'replication' | 'reason'>): Said => ({ id: ids.next('duplicate-reason'), ...said, personId: viewer.personId, createdAt: clock.now() });

/** What a client says in one word or sentence before a run begins. */
export function saidReason(ports: Pick<Ports, 'ids' | 'clock'>, viewer: Viewer, text: string): Said {
  const replication = isReplication(text);
  return reasonOf(ports, viewer, { replication, reason: duplicateReason(replication ? null : text, replication) });
}

function ofRun({ store }: Pick<Ports, 'store'>, viewer: Viewer, { runId, said }: { readonly runId: string; readonly said: Said }): Promise<DuplicateReason> {
  return store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, runId, 'run.log');
    const kept = { ...said, runId: run.id, experimentId: null };
    await tx.duplicates.addReason(kept);
    await announceRun(tx, run, project.id, 'updated');
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'run.duplicate-reason', subjectKind: 'run', subjectId: run.id, detail: { replication: said.replication, reason: said.reason } });
    return kept;
  });
}

function ofExperiment({ store }: Pick<Ports, 'store'>, viewer: Viewer, { key, said }: { readonly key: string; readonly said: Said }): Promise<DuplicateReason> {
  return store.transaction(async (tx) => {
    const { thing: experiment, project } = await reachExperiment(tx, viewer, key, 'experiment.edit');
    const kept = { ...said, runId: null, experimentId: experiment.id };
    await tx.duplicates.addReason(kept);
    await tx.outbox.change({ noun: 'experiment', id: experiment.id, verb: 'updated', projectId: project.id, experimentId: experiment.id, subjectId: null });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'experiment.duplicate-reason', subjectKind: 'experiment', subjectId: experiment.id, detail: { replication: said.replication, reason: said.reason } });
    return kept;
  });
}
