import { may } from '../../domain/access/policy.ts';
import { isOpen } from '../../domain/sharing/share-link.ts';
import type { Ports } from '../ports/ports.ts';
import type { ShareLink } from '../ports/share-links.ts';
import type { Transaction } from '../ports/store.ts';

/**
 * The link a token opens; null when it is unknown, revoked or expired, and while who made it may not see what it shows: a link lets nobody see more than
 * its maker may, so what moved to a restricted project, or was restricted since, is shared no longer unless its maker belongs there. The lookup is by the
 * token's SHA-256, so what the database compares says nothing about a token that was almost right.
 */
export async function findShareLink({ store, clock, secrets }: Pick<Ports, 'store' | 'clock' | 'secrets'>, token: string): Promise<ShareLink | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return store.transaction(async (tx) => {
    const link = await tx.shareLinks.byTokenHash(secrets.digest(token));
    return link && isOpen(link, clock.now()) && (await makerMaySee(tx, link)) ? link : null;
  });
}

async function makerMaySee(tx: Transaction, { createdById, projectId }: ShareLink): Promise<boolean> {
  const [person, project] = [await tx.people.get(createdById), await tx.projects.get(projectId)];
  if (!person || person.disabledAt || !project) return false;
  const { id, organizationId, organizationRole } = person;
  return may({ personId: id, organizationId, organizationRole, roles: await tx.projects.rolesOf(id), signedIn: true }, 'project.read', project);
}

/** Counts one look at the page. */
export async function countShareView({ store, clock }: Pick<Ports, 'store' | 'clock'>, link: ShareLink): Promise<void> {
  await store.transaction((tx) => tx.shareLinks.viewed(link.id, clock.now()));
}
