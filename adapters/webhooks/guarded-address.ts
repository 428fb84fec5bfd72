import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Never an address to post to: a cloud's metadata lives link-local, and the rest is nobody's receiver. */
const NEVER = blockList([['0.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 4], ['240.0.0.0', 4]], [['fe80::', 10], ['ff00::', 8], ['fd00:ec2::254', 128], ['::', 128]]);
const THIS_MACHINE = blockList([['127.0.0.0', 8]], [['::1', 128]]);

function blockList(v4: readonly (readonly [string, number])[], v6: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, bits] of v4) list.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of v6) list.addSubnet(net, bits, 'ipv6');
  return list;
}

const isIn = (list: BlockList, address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return list.check(mapped ?? address, mapped !== undefined || isIP(address) === 4 ? 'ipv4' : 'ipv6');
};

/**
 * The address to connect to for a host name. It is looked up once and connected to as it was checked, so that a name which answers differently the second time gains nothing.
 * Private networks are allowed: a team's own chat server lives there. This machine is only where every caller on it is trusted anyway.
 */
export async function guardedAddress(host: string, { thisMachine }: { readonly thisMachine: boolean }): Promise<{ readonly address: string; readonly family: 4 | 6 }> {
  const bare = host.replaceAll(/^\[|\]$/g, '');
  const found = await lookup(bare, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) throw new Error(`there is no host ${bare}`);
  for (const { address } of found) {
    if (isIn(NEVER, address) || (!thisMachine && isIn(THIS_MACHINE, address))) throw new Error(`${bare} is an address that Lemma does not post to`);
  }
  return { address: first.address, family: first.family === 6 ? 6 : 4 };
}
