import type { Viewer } from '../../domain/access/viewer.ts';
import { checkTokenExpiry, checkTokenName } from '../../domain/people/token-rules.ts';
import type { Ports } from '../ports/ports.ts';
import type { Token } from '../ports/tokens.ts';

/** Tokens start with this, so that people and scanners know one when they see it. */
const MARK = 'lemma_';

/** An API token that acts as the viewer. The secret is answered once; only its SHA-256 is kept. */
export async function createToken({ store, clock, ids, secrets }: Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, input: { readonly name: string; readonly expiresAt?: Date | null | undefined }): Promise<{ readonly token: Token; readonly secret: string }> {
  const now = clock.now();
  const secret = MARK + secrets.token();
  const token: Token = {
    id: ids.next('token'), personId: viewer.personId, name: checkTokenName(input.name), hint: secret.slice(0, MARK.length + 4), hash: secrets.digest(secret),
    expiresAt: checkTokenExpiry(input.expiresAt, now), lastUsedAt: null, revokedAt: null, createdAt: now,
  };
  await store.transaction(async (tx) => {
    await tx.tokens.insert(token);
    await tx.audit.append({ projectId: null, actorId: viewer.personId, action: 'token.created', subjectKind: 'token', subjectId: token.id, detail: { name: token.name } });
  });
  return { token, secret };
}
