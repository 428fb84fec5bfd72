/** Never an address to post to: a cloud's metadata lives link-local, and the rest is nobody's receiver. */
const NEVER: readonly RegExp[] = [/^0\./, /^169\.254\./, /^(22[4-9]|23\d|24\d|25[0-5])\./, /^fe[89ab][0-9a-f]:/, /^ff[0-9a-f]{2}:/, /^fd00:ec2::254$/, /^::$/];
const THIS_MACHINE: readonly RegExp[] = [/^127\./, /^::1$/, /^(.+\.)?localhost\.?$/];

/**
 * Whether Lemma posts to a host, by its address; a name but for localhost passes until it is looked up. Private networks are allowed: a team's own chat server lives there.
 * This machine is only where every caller on it is trusted anyway.
 */
export function mayPostTo(host: string, { thisMachine }: { readonly thisMachine: boolean }): boolean {
  const address = plainAddress(host);
  const among = (list: readonly RegExp[]): boolean => list.some((each) => each.test(address));
  return !among(NEVER) && (thisMachine || !among(THIS_MACHINE));
}

/** An address as it is written shortest, and one of IPv4 that travels in IPv6 as what it is. */
function plainAddress(host: string): string {
  const bare = host.toLowerCase().replaceAll(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!bare.includes(':')) return bare;
  const short = URL.canParse(`http://[${bare}]/`) ? new URL(`http://[${bare}]/`).hostname.slice(1, -1) : bare;
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join('.');
}
