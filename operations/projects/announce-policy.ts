import type { Viewer } from '../../domain/access/viewer.ts';
import type { Transaction } from '../ports/store.ts';

/** What a policy said before, and what it says now. */
export interface PolicyChange { readonly before: object; readonly now: object }

/** Tells the world and the record that a rule of a project changed, in the transaction that changed it. */
export async function announcePolicy(tx: Transaction, viewer: Viewer, projectId: string, { before, now }: PolicyChange): Promise<void> {
  await tx.outbox.change({ noun: 'project', id: projectId, verb: 'policy-changed', projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId, actorId: viewer.personId, action: 'project.policy-changed', subjectKind: 'project', subjectId: projectId, detail: { before, now } });
}
