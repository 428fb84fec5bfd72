import { may } from '../../domain/access/policy.ts';
import { isOpen } from '../../domain/sharing/share-link.ts';
import type { Ports } from '../ports/ports.ts';
import type { ShareLink } from '../ports/share-links.ts';
import type { Transaction } from '../ports/store.ts';
import { stillShows } from './still-shows.ts';

/**
 * The link a token opens; null when it is unknown, revoked or expired, when what it shows is gone or may not leave the project, and while who made it may not see that: a link lets nobody see more than
 * its maker may, so what moved to a restricted project, or was restricted since, is shared no longer unless its maker belongs there. The lookup is by the
 * token's SHA-256, so what the database compares says nothing about a token that was almost right.
 */
export const findShareLink = (ports: OpenPorts, token: string): Promise<ShareLink | null> => find(ports, token, (link) => link);

/** The same for a page that somebody has open already: whether its views are used up does not matter to it. */
export const findWatchedLink = (ports: OpenPorts, token: string): Promise<ShareLink | null> => find(ports, token, withoutLimit);

type OpenPorts = Pick<Ports, 'store' | 'clock' | 'secrets'>;
const withoutLimit = (link: ShareLink): ShareLink => ({ ...link, maxViews: null });

async function find({ store, clock, secrets }: OpenPorts, token: string, asked: (link: ShareLink) => ShareLink): Promise<ShareLink | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return store.transaction(async (tx) => {
    const link = await tx.shareLinks.byTokenHash(secrets.digest(token));
    return link && (await opens(tx, asked(link), clock.now())) ? link : null;
  });
}

/** Whether a page that somebody has open may stay so: a view limit that is used up ends no look that was begun. */
export const stillShared = ({ store, clock }: Pick<Ports, 'store' | 'clock'>, id: string): Promise<boolean> => store.transaction(async (tx) => {
  const link = await tx.shareLinks.get(id);
  return link !== null && opens(tx, withoutLimit(link), clock.now());
});

/** Whether a link opens its page at this moment, whoever asks. */
export const opens = async (tx: Transaction, link: ShareLink, now: Date): Promise<boolean> => isOpen(link, now) && (await makerMaySee(tx, link)) && stillShows(tx, link);

/** Whether who made a link may see what it is of. */
export async function makerMaySee(tx: Transaction, { createdById, projectId }: Pick<ShareLink, 'createdById' | 'projectId'>): Promise<boolean> {
  const [person, project] = [await tx.people.get(createdById), await tx.projects.get(projectId)];
  if (!person || person.disabledAt || !project) return false;
  const { id, organizationId, organizationRole } = person;
  return may({ personId: id, organizationId, organizationRole, roles: await tx.projects.rolesOf(id), signedIn: true }, 'project.read', project);
}

/** Counts one look at the page; false when another look took the last one meanwhile. */
export const countShareView = ({ store, clock }: Pick<Ports, 'store' | 'clock'>, link: ShareLink): Promise<boolean> => store.transaction((tx) => tx.shareLinks.viewed(link.id, clock.now()));
