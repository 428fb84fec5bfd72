import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Token } from '../ports/tokens.ts';

/** Ends a token: one's own, or anybody's for an owner of the organization. Ending it twice changes nothing. */
export async function revokeToken({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, input: { readonly token: string }): Promise<Token> {
  return store.transaction(async (tx) => {
    const token = await tx.tokens.get(input.token);
    const holder = token ? await tx.people.get(token.personId) : null;
    const mayEnd = token?.personId === viewer.personId || (viewer.organizationRole === 'OWNER' && holder?.organizationId === viewer.organizationId);
    if (!token || !mayEnd) throw notFound('token/unknown', 'There is no such token, or it is not yours.');
    if (token.revokedAt) return token;
    const revokedAt = clock.now();
    await tx.tokens.revoke(token.id, revokedAt);
    await tx.outbox.change({ noun: 'person', id: token.personId, verb: 'token-revoked', projectId: null, experimentId: null, subjectId: token.id });
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'token.revoked', subjectKind: 'token', subjectId: token.id, detail: { name: token.name } });
    return { ...token, revokedAt };
  });
}
