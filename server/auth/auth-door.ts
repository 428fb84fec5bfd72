import type { IncomingMessage, ServerResponse } from 'node:http';
import { badInput } from '../../domain/refusal.ts';
import type { Clock } from '../../operations/ports/ambient.ts';
import { readBody } from '../http/body.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import { parseJson, requireJsonType } from '../http/json-body.ts';
import type { Accounts } from './accounts.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { fromNodeHeaders } from 'better-auth/node';
import { failureText, graphqlCode, sendJson, statusOf } from '../http/answer.ts';

const BODY_BYTES = 16_384;
const MINUTES = 60_000;
/** What may be guessed at: a password, or who has an account. */
const GUESSABLE = new Set(['/api/auth/sign-in/email', '/api/auth/request-password-reset', '/api/auth/change-password']);

/** Sign-up, sign-in, sign-out, sessions and passwords: better-auth's endpoints under /api/auth. */
export function authDoor({ accounts, clock }: { readonly accounts: Accounts; readonly clock: Clock }): Door {
  const now = (): Date => clock.now();
  const perAccount = new AttemptLimit({ most: 10, windowMs: 5 * MINUTES, now });
  const perAddress = new AttemptLimit({ most: 300, windowMs: 5 * MINUTES, now });

  return {
    name: 'auth',
    opens: (path) => path === '/api/auth' || path.startsWith('/api/auth/'),
    // better-auth's clients look for `message` and `code` at the top.
    refuse: (refusal, response) => sendJson(response, statusOf(refusal), { code: graphqlCode(refusal), reason: refusal.code, message: refusal.message }),
    fail: (reference, response) => sendJson(response, 500, { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', message: failureText(reference), reference }),
    async handle(request, response) {
      const body = request.method === 'POST' ? await readBody(request, BODY_BYTES) : null;
      const fields = body === null || body.length === 0 ? {} : fieldsIn(request, body);
      const account = GUESSABLE.has(pathOf(request)) ? guessedAt(fields, request) : null;
      if (account !== null) {
        perAddress.take(request.socket.remoteAddress ?? '');
        perAccount.take(account);
      }
      const answer = await accounts.handler(webRequest(request, body));
      if (account !== null && answer.ok && pathOf(request) === '/api/auth/sign-in/email') perAccount.forgive(account);
      await send(answer, response);
    },
  };
}

/** What better-auth will read, looked at first: it answers some of what is no object of ours as a failure of its own. */
function fieldsIn(request: IncomingMessage, body: Buffer): { readonly email?: unknown } {
  requireJsonType(request);
  const fields = parseJson(body);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw badInput('http/not-an-object', 'The request body must be one JSON object.');
  return fields;
}

/** Whose password it is; the caller's address where the body names nobody, so that one person's mistakes are not everybody's. */
function guessedAt({ email }: { readonly email?: unknown }, { socket }: IncomingMessage): string {
  return typeof email === 'string' ? email.trim().toLowerCase() : `address ${socket.remoteAddress ?? ''}`;
}

function webRequest(request: IncomingMessage, body: Buffer | null): Request {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  return new Request(url, { method: request.method ?? 'GET', headers: fromNodeHeaders(request.headers), ...(body && body.length > 0 ? { body: new Uint8Array(body) } : {}) });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.setHeader('cache-control', 'no-store');
  response.end(Buffer.from(await answer.arrayBuffer()));
}
