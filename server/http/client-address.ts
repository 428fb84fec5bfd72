import type { IncomingMessage } from 'node:http';
import proxyaddr from 'proxy-addr';

/** Whose address a request comes from; '' where its connection is gone already. */
export type AddressOf = (request: IncomingMessage) => string;

/**
 * The address of the socket, or, where that is one of the installation's own proxies, what they say in X-Forwarded-For, read from its end as far as proxies vouch for it:
 * what stands before that is anybody's claim.
 */
export function clientAddress(proxies: readonly string[]): AddressOf {
  const vouches = proxyaddr.compile([...proxies]);
  // The library's types leave out that a socket that was closed has no address.
  return (request) => (proxyaddr(request, vouches) as string | undefined) ?? '';
}

/** Whether these are addresses, networks such as 10.0.0.0/8, or the names loopback, linklocal and uniquelocal. */
export function areProxies(proxies: readonly string[]): boolean {
  try {
    proxyaddr.compile([...proxies]);
    return true;
  } catch {
    return false;
  }
}
