import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, notFound } from '../../domain/refusal.ts';
import { requireShareable, shareExpiry, sharePassword } from '../../domain/sharing/share-link.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { Redaction } from '../ports/share-links.ts';
import type { Transaction } from '../ports/store.ts';
import type { Subject } from '../ports/threads.ts';

export interface CreateShareLink {
  /** An experiment's or a hypothesis' id. */
  readonly subject: string;
  readonly expiresAt?: Date | null | undefined;
  readonly password?: string | null | undefined;
  readonly redact?: readonly Redaction[] | null | undefined;
}

const unknownSubject = () => notFound('share/unknown-subject', 'There is nothing with this id to share, or you may not see it.');

/** Makes a read-only page for a stakeholder. The token is handed out here once and never kept. */
export async function createShareLink(ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, request: CreateShareLink): Promise<{ readonly id: string; readonly token: string }> {
  const { clock, ids, secrets } = ports;
  const now = clock.now();
  const expiresAt = shareExpiry(request.expiresAt, now, (milliseconds) => clock.after(milliseconds));
  const password = sharePassword(request.password);
  // Slow on purpose, so it is done before the transaction holds anything.
  const passwordHash = password === null ? null : await secrets.hashPassword(password);
  const token = secrets.token();
  const id = await ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknownSubject();
    const project = await projectOf(tx, viewer, subject.projectId, { action: 'share.create', unknown: unknownSubject });
    const subjectKind = await shareableKind(tx, subject);
    const link = { id: ids.next('share-link'), projectId: project.id, subjectId: subject.id, subjectKind, tokenHash: secrets.digest(token), passwordHash, redact: [...new Set(request.redact ?? [])], expiresAt, revokedAt: null, createdById: viewer.personId, createdAt: now };
    await tx.shareLinks.insert(link);
    await tx.outbox.change({ noun: 'share-link', id: link.id, verb: 'created', projectId: project.id, experimentId: subject.experimentId, subjectId: subject.id });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'share-link.created', subjectKind: subject.kind, subjectId: subject.id, detail: { shareLinkId: link.id, expiresAt: expiresAt.toISOString(), hasPassword: passwordHash !== null, redact: link.redact } });
    return link.id;
  });
  return { id, token };
}

async function shareableKind(tx: Transaction, subject: Subject): Promise<'experiment' | 'hypothesis'> {
  if (subject.kind === 'hypothesis') return 'hypothesis';
  if (subject.kind !== 'experiment') throw badInput('share/subject-kind', 'A share page shows an experiment or a hypothesis. Give the id of one of those.');
  const experiment = await tx.experiments.get(subject.id);
  if (!experiment || experiment.deletedAt) throw unknownSubject();
  requireShareable(experiment);
  return 'experiment';
}
