import { connect, type NatsConnection } from '@nats-io/transport-node';

/**
 * @param url one or more addresses, separated by commas. A name and password, or a token, may stand in the first as in any other URL; the client library does not read them there.
 */
export function openNats(url: string, name: string): Promise<NatsConnection> {
  const addresses = url.split(',').map((address) => new URL(address.includes('://') ? address.trim() : `nats://${address.trim()}`));
  return connect({
    servers: addresses.map(({ protocol, host }) => `${protocol}//${host}`),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    ...credentialsOf(addresses[0]),
  });
}

function credentialsOf(address: URL | undefined): { readonly user?: string; readonly pass?: string; readonly token?: string } {
  if (!address || address.username === '') return {};
  const user = decodeURIComponent(address.username);
  return address.password === '' ? { token: user } : { user, pass: decodeURIComponent(address.password) };
}
