import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { ShareSubjectKind } from '../ports/share-links.ts';

const unknownLink = () => notFound('share/unknown', 'There is no such share link, or you may not see it.');

/** Kinds of pages whose subject is an experiment; a lineage may be of its project. */
const OF_EXPERIMENTS: ReadonlySet<ShareSubjectKind> = new Set(['experiment', 'comparison', 'lineage']);

/** Ends a link for good: its page is a 404 from the next request on. Revoking it again changes nothing. */
export async function revokeShareLink(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly shareLink: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const link = await tx.shareLinks.lock(request.shareLink);
    if (!link) throw unknownLink();
    const project = await projectOf(tx, viewer, link.projectId, { action: 'share.revoke', unknown: unknownLink });
    if (link.revokedAt) return link.id;
    await tx.shareLinks.revoke(link.id, ports.clock.now());
    await tx.outbox.change({ noun: 'share-link', id: link.id, verb: 'revoked', projectId: project.id, experimentId: OF_EXPERIMENTS.has(link.subjectKind) && link.subjectId !== project.id ? link.subjectId : null, subjectId: link.subjectId });
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'share-link.revoked', subjectKind: link.subjectKind, subjectId: link.subjectId, detail: { shareLinkId: link.id } });
    return link.id;
  });
}
