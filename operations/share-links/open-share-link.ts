import { isOpen } from '../../domain/sharing/share-link.ts';
import type { Ports } from '../ports/ports.ts';
import type { ShareLink } from '../ports/share-links.ts';

/**
 * The link a token opens; null when it is unknown, revoked or expired. The lookup is by the token's SHA-256, so what the database compares says
 * nothing about a token that was almost right.
 */
export async function findShareLink({ store, clock, secrets }: Pick<Ports, 'store' | 'clock' | 'secrets'>, token: string): Promise<ShareLink | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const link = await store.transaction((tx) => tx.shareLinks.byTokenHash(secrets.digest(token)));
  return link && isOpen(link, clock.now()) ? link : null;
}

/** Counts one look at the page. */
export async function countShareView({ store, clock }: Pick<Ports, 'store' | 'clock'>, link: ShareLink): Promise<void> {
  await store.transaction((tx) => tx.shareLinks.viewed(link.id, clock.now()));
}
