import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../../domain/refusal.ts';
import type { Clock } from '../../operations/ports/ambient.ts';
import { readBody } from '../http/body.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import type { Accounts } from './accounts.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { fromNodeHeaders } from 'better-auth/node';
import { graphqlCode, sendJson, statusOf } from '../http/answer.ts';

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
    async handle(request, response) {
      const body = request.method === 'POST' ? await readBody(request, BODY_BYTES) : null;
      const account = GUESSABLE.has(pathOf(request)) ? emailIn(body) : null;
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

function emailIn(body: Buffer | null): string {
  try {
    const { email } = JSON.parse(body?.toString() ?? '') as { email?: unknown };
    return typeof email === 'string' ? email.trim().toLowerCase() : '';
  } catch {
    throw new Refusal('bad-input', 'http/malformed-json', 'The request body is not JSON.');
  }
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
