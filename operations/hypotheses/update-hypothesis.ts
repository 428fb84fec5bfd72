import type { Viewer } from '../../domain/access/viewer.ts';
import { gradeHypothesis } from '../../domain/hypotheses/grade.ts';
import { changesEvidence, changesPrediction, hypothesisFrom, type HypothesisDraft, type HypothesisStatus } from '../../domain/hypotheses/hypothesis.ts';
import { conflict } from '../../domain/refusal.ts';
import { reachHypothesis } from '../experiments/reach.ts';
import { indexExperiment } from '../experiments/write-experiment.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceHypothesis } from './write-hypothesis.ts';

export interface UpdateHypothesis {
  readonly hypothesis: string;
  readonly draft: HypothesisDraft;
  readonly status?: HypothesisStatus | undefined;
  readonly archived?: boolean | undefined;
  /** The version that was read before it was changed; undefined writes over whatever there is. */
  readonly version?: number | undefined;
}

const changedUnderneath = () => conflict('hypothesis/changed-underneath', 'Someone else changed this hypothesis meanwhile. Read it again, then repeat your change.');

/** Says it better, gives it up, archives it. The verdicts of its experiments are computed again when what they test changed. */
export async function updateHypothesis(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: UpdateHypothesis): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: before } = await reachHypothesis(tx, viewer, request.hypothesis, 'hypothesis.edit');
    if (request.version !== undefined && request.version !== before.version) throw changedUnderneath();
    const fields = hypothesisFrom(request.draft, before);
    const now = ports.clock.now();
    const after: Hypothesis = {
      ...before,
      ...fields,
      status: request.status ?? before.status,
      grade: gradeHypothesis(fields).grade,
      version: before.version + 1,
      updatedAt: now,
      archivedAt: archivedAt(before.archivedAt, request.archived, now),
    };
    if (!(await tx.hypotheses.update(after, before.version))) throw changedUnderneath();
    await announceHypothesis(tx, after, { actorId: viewer.personId, verb: 'updated', detail: { fields: Object.keys(request.draft), prediction: changesPrediction(before, after) } });
    await tellExperiments(tx, before, after);
    return after.id;
  });
}

/** Null when in use; a second archiving keeps the first moment. */
export function archivedAt(before: Date | null, archived: boolean | undefined, now: Date): Date | null {
  if (archived === undefined) return before;
  return archived ? (before ?? now) : null;
}

async function tellExperiments(tx: Transaction, before: Hypothesis, after: Hypothesis): Promise<void> {
  for (const experimentId of await tx.hypotheses.experimentIds(after.id)) {
    if (changesEvidence(before, after)) await tx.outbox.analyse(experimentId);
    await indexExperiment(tx, experimentId);
    await tx.outbox.change({ noun: 'experiment', id: experimentId, verb: 'hypothesis-changed', projectId: after.projectId, experimentId, subjectId: null });
  }
}
