import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { badInput } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { failureText, graphqlCode, noteAsksWrongly, PAUSE_EXTENSIONS, PAUSE_TEXT, sendJson, statusOf } from '../http/answer.ts';
import { readJson } from '../http/json-body.ts';
import { requireKeepableDocument } from '../http/keepable.ts';
import type { Door } from '../http/door.ts';

const BODY_BYTES = 1_000_000;
/** Apollo writes errors before data; of the first one, within what its message may have, the code. */
const REFUSED = /^\{"errors":\[\{.{0,2000}?"code":"BAD_USER_INPUT"/;

/** GraphQL over HTTP at /graphql: POST with application/json. */
export function graphqlDoor({ engine, contextFor }: { readonly engine: ApolloServer<Context>; readonly contextFor: (request: IncomingMessage) => Promise<Context> }): Door {
  return {
    name: 'graphql',
    opens: (path) => path === '/graphql',
    refuse: (refusal, response) => sendError(response, statusOf(refusal), { message: refusal.message, extensions: { code: graphqlCode(refusal), reason: refusal.code } }),
    pause(response) {
      if (!response.headersSent) response.setHeader('retry-after', '1');
      sendError(response, 503, { message: PAUSE_TEXT, extensions: PAUSE_EXTENSIONS });
    },
    fail: (reference, response) => sendError(response, 500, { message: failureText(reference), extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', reference } }),
    async handle(request, response) {
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        sendError(response, 405, { message: 'Send GraphQL as POST with application/json.', extensions: { code: 'BAD_USER_INPUT', reason: 'http/method' } });
        return;
      }
      const body = await jsonBody(request);
      const context = await contextFor(request);
      const answer = await engine.executeHTTPGraphQLRequest({ httpGraphQLRequest: { method: 'POST', headers: headerMap(request), search: '', body }, context: () => Promise.resolve(context) });
      response.statusCode = answer.status ?? 200;
      for (const [name, value] of answer.headers) response.setHeader(name, value);
      response.setHeader('cache-control', 'no-store');
      if (answer.body.kind === 'complete') {
        if (REFUSED.test(answer.body.string)) noteAsksWrongly(response);
        response.end(answer.body.string);
        return;
      }
      for await (const chunk of answer.body.asyncIterator) response.write(chunk);
      response.end();
    },
  };
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const body = await readJson(request, BODY_BYTES);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badInput('http/not-a-query', 'The request body must be one object: {"query": "…", "variables": {…}}.');
  requireKeepableDocument((body as { readonly query?: unknown }).query);
  return body;
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return headers;
}

function sendError(response: ServerResponse, status: number, error: { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }): void {
  sendJson(response, status, { errors: [error] });
}
