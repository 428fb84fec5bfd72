import type { Viewer } from '../../domain/access/viewer.ts';
import { reachExperiment, unknownExperiment } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun } from './announce-run.ts';
import { reachRun } from './reach.ts';

/**
 * Puts a run, with the runs of its project started inside it, into another experiment, of the same project or another. It needs the right to log in both.
 * Both experiments are analysed again. Moving it to where it is changes nothing.
 */
export async function moveRun(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly runId: string; readonly experiment: string }): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project: from } = await reachRun(tx, viewer, request.runId, 'run.delete');
    const { thing: target, project: to } = await reachExperiment(tx, viewer, request.experiment, 'run.log');
    if (target.deletedAt !== null) throw unknownExperiment();
    if (target.id === run.experimentId) return;
    const ids = await tx.runs.withDescendants(run.id, from.id);
    const before = await tx.runs.many(ids);
    await tx.runs.move(ids, { experimentId: target.id, projectId: to.id, at: ports.clock.now() });
    // In the order of their ids, so that two moves between the same experiments do not wait for each other in a circle.
    const touched = new Set([...[...before.values()].map(({ experimentId }) => experimentId), target.id]);
    for (const experimentId of [...touched].toSorted((a, b) => (a < b ? -1 : 1))) await tx.outbox.analyse(experimentId);
    for (const each of before.values()) {
      await announceRun(tx, each, from.id, 'moved-away');
      await announceRun(tx, { id: each.id, experimentId: target.id }, to.id, 'moved');
    }
    await tx.audit.append({ projectId: to.id, actorId: viewer.personId, action: 'run.moved', subjectKind: 'run', subjectId: run.id, detail: { from: run.experimentId, to: target.id, runs: ids.length } });
  });
}
