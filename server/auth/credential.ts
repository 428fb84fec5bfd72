import type { IncomingHttpHeaders } from 'node:http';

/** What a request presents: an API token, a session cookie, something we cannot read, or nothing. */
export type Credential = { readonly kind: 'token'; readonly secret: string } | { readonly kind: 'session' } | { readonly kind: 'unreadable' } | { readonly kind: 'none' };

export const SESSION_COOKIES = ['lemma.session_token', '__Secure-lemma.session_token'] as const;

/** `Authorization` comes before the cookie: who sends both means the token. A token is also taken as the password of HTTP Basic, whatever the user name. */
export function credentialOf(headers: IncomingHttpHeaders): Credential {
  const { authorization, cookie } = headers;
  if (authorization !== undefined && authorization.trim() !== '') return fromAuthorization(authorization.trim());
  const names = (cookie ?? '').split(';').map((each) => each.split('=', 1)[0]?.trim());
  return SESSION_COOKIES.some((name) => names.includes(name)) ? { kind: 'session' } : { kind: 'none' };
}

/** No scheme at all: `credentialOf` reads it as a credential that does not hold. */
const UNREADABLE = '?';

/**
 * The authorization a websocket sends after its handshake, in the payload of connection_init: under `authorization`, or under `headers` as some clients have it, in whatever
 * case, as header names are. Undefined where there is none. What is no text, and two that differ, count as a credential nobody can read: never as none, which may be the owner.
 */
export function authorizationIn(payload: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const named = (fields: object, name: string): unknown[] => Object.entries(fields).filter(([key]) => key.toLowerCase() === name).map(([, value]: [string, unknown]) => value);
  const top = payload ?? {};
  const below = named(top, 'headers').flatMap((headers) => (isFields(headers) ? named(headers, 'authorization') : headers === null ? [] : [UNREADABLE]));
  const given = [...new Set([...named(top, 'authorization'), ...below])].filter((each) => typeof each !== 'string' || each.trim() !== '');
  const [first] = given;
  if (given.length === 0) return undefined;
  return given.length === 1 && typeof first === 'string' ? first : UNREADABLE;
}

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function fromAuthorization(authorization: string): Credential {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', secret: value };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'unreadable' };
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? { kind: 'unreadable' } : { kind: 'token', secret: pair.slice(colon + 1) };
}
