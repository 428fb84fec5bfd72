import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { shareExpiry, shareMaxViews, sharePassword, shareRecipients, shareWatermark } from '../../domain/sharing/share-link.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { FrozenPage, Redaction, ShareLink } from '../ports/share-links.ts';
import { shareableOf, unknownSubject } from './shareable.ts';

export interface CreateShareLink {
  /** An experiment's, hypothesis', run's or note's id; for a lineage also a project's. */
  readonly subject: string;
  /** Of an experiment: shows what differs between these runs of it instead of the experiment. */
  readonly compare?: readonly string[] | null | undefined;
  /** Of an experiment or a project: shows its lineage. */
  readonly lineage?: boolean | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly password?: string | null | undefined;
  readonly redact?: readonly Redaction[] | null | undefined;
  readonly maxViews?: number | null | undefined;
  readonly recipients?: readonly string[] | null | undefined;
  readonly watermark?: boolean | null | undefined;
  /** Shows for ever what there is to see now. */
  readonly freeze?: boolean | null | undefined;
  /** Lets readers outside leave comments. */
  readonly guestsMayComment?: boolean | null | undefined;
}

/** Reads what a link shows at this moment; null when its subject is gone. Drawing the page is the door's. */
export type ReadPage = (link: ShareLink) => Promise<FrozenPage | null>;

/** Makes a read-only page for a stakeholder. The token is handed out here once and never kept. */
export async function createShareLink(ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, request: CreateShareLink, readPage: ReadPage): Promise<{ readonly id: string; readonly token: string }> {
  const { clock, ids, secrets } = ports;
  const now = clock.now();
  const expiresAt = shareExpiry(request.expiresAt, now, (milliseconds) => clock.after(milliseconds));
  const password = sharePassword(request.password);
  const maxViews = shareMaxViews(request.maxViews);
  const recipients = shareRecipients(request.recipients);
  const watermark = shareWatermark(request.watermark, recipients);
  // Slow on purpose, so it is done before the transaction holds anything.
  const passwordHash = password === null ? null : await secrets.hashPassword(password);
  const token = secrets.token();
  const link = await ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknownSubject();
    const project = await projectOf(tx, viewer, subject.projectId, { action: 'share.create', unknown: unknownSubject });
    const { subjectKind, comparedRuns } = await shareableOf(tx, subject, { compare: request.compare ?? [], lineage: request.lineage === true });
    const link = { id: ids.next('share-link'), projectId: project.id, subjectId: subject.id, subjectKind, comparedRuns, tokenHash: secrets.digest(token), ending: token.slice(-4), passwordHash, redact: [...new Set(request.redact ?? [])], expiresAt, revokedAt: null, createdById: viewer.personId, createdAt: now, maxViews, recipients, watermark, guestsMayComment: request.guestsMayComment === true };
    await tx.shareLinks.insert(link);
    await tx.outbox.change({ noun: 'share-link', id: link.id, verb: 'created', projectId: project.id, experimentId: subject.experimentId, subjectId: subject.id });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'share-link.created', subjectKind: subject.kind, subjectId: subject.id, detail: { shows: subjectKind, shareLinkId: link.id, expiresAt: expiresAt.toISOString(), hasPassword: passwordHash !== null, redact: link.redact, maxViews, recipients: recipients.length, frozen: request.freeze === true, guestsMayComment: link.guestsMayComment } });
    return { ...link, viewCount: 0, frozen: null, frozenDigest: null, frozenExperiments: [] };
  });
  if (request.freeze === true) await freeze(ports, link, readPage);
  return { id: link.id, token };
}

/** Nobody knows the token yet, so nobody sees the page before it is frozen; a link that cannot be frozen is taken back. */
async function freeze({ store, clock }: Pick<Ports, 'store' | 'clock'>, link: ShareLink, readPage: ReadPage): Promise<void> {
  const seen = await readPage(link).catch(() => null);
  await store.transaction((tx) => (seen ? tx.shareLinks.freeze(link.id, seen) : tx.shareLinks.revoke(link.id, clock.now())));
  if (!seen) throw conflict('share/cannot-freeze', 'What it shows changed while the link was made. Make it again.');
}
