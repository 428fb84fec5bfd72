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

function fromAuthorization(authorization: string): Credential {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { kind: 'token', secret: value };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'unreadable' };
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? { kind: 'unreadable' } : { kind: 'token', secret: pair.slice(colon + 1) };
}
