import { gradeHypothesis } from '../../domain/hypotheses/grade.ts';
import { hypothesisFrom, hypothesisWords, type HypothesisDraft } from '../../domain/hypotheses/hypothesis.ts';
import type { Ports } from '../ports/ports.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Transaction } from '../ports/store.ts';

/** Makes and announces a hypothesis inside a running transaction; the caller has checked the right `hypothesis.propose`. */
export async function writeHypothesis(
  tx: Transaction,
  { clock, ids }: Pick<Ports, 'clock' | 'ids'>,
  given: { readonly projectId: string; readonly authorId: string | null; readonly draft: HypothesisDraft },
): Promise<Hypothesis> {
  const fields = hypothesisFrom(given.draft);
  const now = clock.now();
  const hypothesis: Hypothesis = {
    ...fields,
    id: ids.next('hypothesis'),
    projectId: given.projectId,
    status: 'PROPOSED',
    grade: gradeHypothesis(fields).grade,
    authorId: given.authorId,
    version: 1,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  };
  await tx.hypotheses.insert(hypothesis);
  await announceHypothesis(tx, hypothesis, { actorId: given.authorId, verb: 'proposed' });
  return hypothesis;
}

/** Search finds it, watchers hear of it, and the record says who did it. */
export async function announceHypothesis(tx: Transaction, hypothesis: Hypothesis, event: { readonly actorId: string | null; readonly verb: string; readonly detail?: Readonly<Record<string, unknown>> }): Promise<void> {
  const { id, projectId } = hypothesis;
  await tx.search.put({ subjectId: id, subjectKind: 'hypothesis', projectId, title: hypothesis.statement, body: hypothesisWords(hypothesis) });
  await tx.outbox.change({ noun: 'hypothesis', id, verb: event.verb, projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId, actorId: event.actorId, action: `hypothesis.${event.verb}`, subjectKind: 'hypothesis', subjectId: id, ...(event.detail ? { detail: event.detail } : {}) });
}
