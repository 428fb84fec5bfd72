import { lookup } from 'node:dns/promises';
import { mayPostTo } from '../../domain/notifications/posted-addresses.ts';
import { neverPostedTo } from '../../domain/notifications/webhook-message.ts';

/**
 * The address to connect to for a host name. It is looked up once and connected to as it was checked, so that a name which answers differently the second time gains nothing.
 * Throws a refusal for one that is never posted to.
 */
export async function guardedAddress(host: string, { thisMachine }: { readonly thisMachine: boolean }): Promise<{ readonly address: string; readonly family: 4 | 6 }> {
  const bare = host.replaceAll(/^\[|\]$/g, '');
  const found = await lookup(bare, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) throw new Error(`there is no host ${bare}`);
  for (const { address } of found) {
    if (!mayPostTo(address, { thisMachine })) throw neverPostedTo(bare);
  }
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
