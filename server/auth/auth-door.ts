import type { IncomingMessage, ServerResponse } from 'node:http';
import { badInput, Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../../operations/ports/ambient.ts';
import { readBody } from '../http/body.ts';
import type { AddressOf } from '../http/client-address.ts';
import type { Door } from '../http/door.ts';
import { parseJson, requireJsonType } from '../http/json-body.ts';
import type { Accounts } from './accounts.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { fromNodeHeaders } from 'better-auth/node';
import { failureText, graphqlCode, sendJson, statusOf } from '../http/answer.ts';

export interface AuthDoorParts {
  readonly accounts: Pick<Accounts, 'handler'> & { readonly api: Pick<Accounts['api'], 'getSession'> };
  readonly clock: Pick<Clock, 'now'>;
  readonly addressOf: AddressOf;
  readonly publicUrl: string;
  /** Told after sessions of a person were ended, so that what they have open is closed. */
  readonly sessionsEnded: (personId: string) => Promise<void>;
}

const BODY_BYTES = 16_384;
const LONGEST_EMAIL = 320;
const MINUTES = 60_000;
const SIGN_IN = '/api/auth/sign-in/email';
const CHANGE_PASSWORD = '/api/auth/change-password';
/** What ends sessions. */
const ENDINGS = new Set(['/api/auth/sign-out', '/api/auth/revoke-session', '/api/auth/revoke-sessions', '/api/auth/revoke-other-sessions', CHANGE_PASSWORD]);
const ASK_FOR_RESET = '/api/auth/request-password-reset';

/** Sign-up, sign-in, sign-out, sessions and passwords: better-auth's endpoints under /api/auth. */
export function authDoor({ accounts, clock, addressOf, publicUrl, sessionsEnded }: AuthDoorParts): Door {
  const bounds = { most: 10, mostPerTarget: 100, mostPerAddress: 300, now: () => clock.now(), refusal: tooMany };
  const passwords = new AttemptLimit({ ...bounds, windowMs: 5 * MINUTES });
  // Counted apart: who guesses at a password must not keep its owner from choosing another. Few, because each is a mail to somebody.
  const resets = new AttemptLimit({ ...bounds, windowMs: 15 * MINUTES, most: 5, mostPerTarget: 20 });
  const limits = new Map([[SIGN_IN, passwords], [CHANGE_PASSWORD, passwords], [ASK_FOR_RESET, resets]]);

  /** Whose password is tried, or asked to be reset; null where nobody's is. */
  async function accountOf(asked: Request, { email }: { readonly email?: unknown }): Promise<string | null> {
    const named = new URL(asked.url).pathname === CHANGE_PASSWORD ? (await accounts.api.getSession({ headers: asked.headers }))?.user.email : email;
    return typeof named === 'string' ? named.trim().toLowerCase().slice(0, LONGEST_EMAIL) : null;
  }

  /** Whose sessions end is known only before they do. */
  async function answered(asked: Request, path: string): Promise<Response> {
    if (asked.method !== 'POST' || !ENDINGS.has(path)) return accounts.handler(asked);
    const personId = (await accounts.api.getSession({ headers: asked.headers }))?.user.id;
    const answer = await accounts.handler(asked);
    if (personId !== undefined && answer.ok) await sessionsEnded(personId);
    return answer;
  }

  return {
    name: 'auth',
    opens: (path) => path === '/api/auth' || path.startsWith('/api/auth/'),
    // better-auth's clients look for `message` and `code` at the top.
    refuse: (refusal, response) => sendJson(response, statusOf(refusal), { code: graphqlCode(refusal), reason: refusal.code, message: refusal.message }),
    fail: (reference, response) => sendJson(response, 500, { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', message: failureText(reference), reference }),
    async handle(request, response) {
      const body = request.method === 'POST' ? await readBody(request, BODY_BYTES) : null;
      const fields = body === null || body.length === 0 ? {} : fieldsIn(request, body);
      const asked = webRequest(request, body, new URL(publicUrl).origin);
      // The path as better-auth will read it, with its dots resolved: a detour must not get past the limit.
      const path = new URL(asked.url).pathname;
      const limit = request.method === 'POST' ? limits.get(path) : undefined;
      const account = limit ? await accountOf(asked, fields) : null;
      const address = addressOf(request);
      if (account !== null) limit?.take(account, address);
      const answer = await answered(asked, path);
      if (account !== null && answer.ok && limit === passwords) passwords.forgive(account, address);
      await send(answer, response);
    },
  };
}

const tooMany = (): Refusal => new Refusal('rate-limited', 'access/too-many-attempts', 'Too many attempts. Wait a few minutes, then try again.');

/** What better-auth will read, looked at first: it answers some of what is no object of ours as a failure of its own. */
function fieldsIn(request: IncomingMessage, body: Buffer): { readonly email?: unknown } {
  requireJsonType(request);
  const fields = parseJson(body);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw badInput('http/not-an-object', 'The request body must be one JSON object.');
  return fields;
}

function webRequest(request: IncomingMessage, body: Buffer | null, origin: string): Request {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const headers = fromNodeHeaders(request.headers);
  if (!isFromBrowser(request)) headers.set('origin', origin);
  return new Request(url, { method: request.method ?? 'GET', headers, ...(body && body.length > 0 ? { body: new Uint8Array(body) } : {}) });
}

/**
 * better-auth refuses a cookie without an Origin, to keep other sites' pages out. Every browser sends Origin with what is not a GET (a page that hides its own sends "null"),
 * so a request without it comes from a program, which no other site can steer. Whatever else a browser would have sent leaves the decision to better-auth.
 */
function isFromBrowser({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || headers.referer !== undefined || (site !== undefined && site !== 'same-origin' && site !== 'none');
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.setHeader('cache-control', 'no-store');
  response.end(Buffer.from(await answer.arrayBuffer()));
}
