import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, conflict } from '../../domain/refusal.ts';
import { CHECK_KEYS } from '../../domain/reviews/check-keys.ts';
import { tickRefusal } from '../../domain/reviews/checks.ts';
import { optionalText } from '../../domain/richtext/plain-text.ts';
import { reachExperiment } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';

export interface TickCheck {
  readonly experiment: string;
  readonly check: string;
  readonly good: boolean;
  readonly note?: string | null | undefined;
}

/** A person's word on a suggested check, kept for the evidence as it is now. Saying otherwise later is another word. Nobody overrules Lemma on their own work. Resolves to the experiment's id. */
export async function tickCheck(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: TickCheck): Promise<string> {
  const key = CHECK_KEYS.find((each) => each === request.check);
  if (key === undefined) throw badInput('review-check/unknown', `There is no such check. They are ${CHECK_KEYS.join(', ')}.`);
  const note = optionalText(request.note, { code: 'review-check/note', name: 'The note', maxLength: 2000 });
  return ports.store.transaction(async (tx) => {
    const { thing: experiment, project } = await reachExperiment(tx, viewer, request.experiment, 'check.tick');
    if (experiment.evidenceDigest === '') throw conflict('review/no-evidence', 'There is no evidence yet to check.');
    const [policy, counted] = [await tx.reviews.policy(project), await tx.reviews.countedRuns(experiment.id)];
    const refusal = tickRefusal({ personId: viewer.personId, rule: policy }, { key, good: request.good }, { ...experiment, ...counted });
    if (refusal) throw refusal;
    await tx.reviews.tick(experiment.id, { id: ports.ids.next('review-tick'), key, evidenceDigest: experiment.evidenceDigest, good: request.good, personId: viewer.personId, note, at: ports.clock.now() });
    await tx.outbox.change({ noun: 'review', id: experiment.id, verb: 'check-ticked', projectId: project.id, experimentId: experiment.id, subjectId: viewer.personId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'review.check-ticked', subjectKind: 'experiment', subjectId: experiment.id, detail: { check: key, good: request.good, evidenceDigest: experiment.evidenceDigest } });
    return experiment.id;
  });
}
