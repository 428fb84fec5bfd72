import { fromNodeHeaders } from 'better-auth/node';
import type { Reader } from '../../adapters/postgres/reader.ts';
import { rolesFrom, type Viewer } from '../../domain/access/viewer.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Membership, Person } from '../../generated/prisma/client.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { noteTokenUse } from '../../operations/tokens/note-token-use.ts';
import type { ServerEnv } from '../env.ts';
import { gathered } from '../gathered.ts';
import type { ViewerFor } from '../http/door-deps.ts';
import { isLoopback } from '../http/local-guard.ts';
import type { Accounts } from './accounts.ts';
import { credentialOf } from './credential.ts';
import type { KnownSession } from './known-session.ts';

export interface ViewerForParts {
  readonly reader: Reader;
  readonly accounts: Accounts;
  readonly ports: Ports;
  readonly env: ServerEnv;
  /** The person a loopback caller without credentials is in local mode. */
  readonly localOwnerId: string | null;
}

/** How often the use of one token is written down, in milliseconds. */
const NOTE_USE_EVERY_MS = 60_000;

const invalid = (): Refusal => new Refusal('unauthenticated', 'access/invalid-credential', 'This session or token does not hold: it is unknown, expired or revoked. Sign in again, or make a new token.');

/** See ViewerFor in server/http/door-deps.ts. */
export function makeViewerFor({ reader, accounts, ports, env, localOwnerId }: ViewerForParts): ViewerFor {
  const noted = new Map<string, number>();
  // A hundred trainings that log at once, or subscribers that hear of one event, are looked up together.
  const personOf = gathered(async (ids: readonly string[]) => {
    const people = await reader.person.findMany({ where: { id: { in: [...ids] } }, include: { memberships: true } });
    return new Map(people.map((person) => [person.id, person]));
  });
  const tokenOf = gathered(async (hashes: readonly string[]) => {
    const tokens = await reader.token.findMany({ where: { hash: { in: [...hashes] } }, include: { person: { include: { memberships: true } } } });
    return new Map(tokens.map((token) => [token.hash, token]));
  });

  async function byToken(secret: string): Promise<Viewer> {
    const token = await tokenOf(ports.secrets.digest(secret));
    const now = ports.clock.now();
    if (!token || token.revokedAt || (token.expiresAt && token.expiresAt <= now) || token.person.disabledAt) throw invalid();
    if ((noted.get(token.id) ?? 0) < now.getTime() - NOTE_USE_EVERY_MS) {
      noted.set(token.id, now.getTime());
      // Nobody waits for it, and nothing is lost when it does not arrive.
      noteTokenUse(ports, token.id).catch(() => noted.delete(token.id));
    }
    return viewerFrom(token.person, token.person.memberships, true);
  }

  async function bySession(headers: Parameters<typeof fromNodeHeaders>[0], known: KnownSession | undefined): Promise<Viewer> {
    const now = ports.clock.now().getTime();
    const personId = known?.personAt(now) ?? (await accounts.api.getSession({ headers: fromNodeHeaders(headers) }))?.user.id;
    if (personId === undefined) throw invalid();
    if (known && known.personAt(now) === null) known.learn(personId, now);
    return byId(personId, true);
  }

  async function byId(id: string, signedIn: boolean): Promise<Viewer> {
    const person = await personOf(id);
    if (!person || person.disabledAt) throw invalid();
    return viewerFrom(person, person.memberships, signedIn);
  }

  return async (request, known) => {
    const credential = credentialOf(request.headers);
    switch (credential.kind) {
      case 'token': return byToken(credential.secret);
      case 'session': return bySession(request.headers, known);
      case 'unreadable': throw invalid();
      case 'none': return env.auth === 'local' && localOwnerId !== null && isLoopback(request) ? byId(localOwnerId, false) : null;
    }
  };
}

const viewerFrom = (person: Person, memberships: readonly Membership[], signedIn: boolean): Viewer => ({
  personId: person.id,
  organizationId: person.organizationId,
  organizationRole: person.organizationRole,
  roles: rolesFrom(memberships),
  signedIn,
});
