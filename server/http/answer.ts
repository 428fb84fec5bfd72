import type { ServerResponse } from 'node:http';
import type { Refusal, RefusalFamily } from '../../domain/refusal.ts';

const STATUS: Record<RefusalFamily, number> = { unauthenticated: 401, forbidden: 403, 'not-found': 404, 'bad-input': 400, conflict: 409, 'rate-limited': 429 };

/** The HTTP status of a refusal. */
export const statusOf = (refusal: Refusal): number => (refusal.code === 'http/body-too-large' ? 413 : STATUS[refusal.family]);

/** Sends JSON; does nothing when the answer has begun already. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) { response.end(); return; }
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' });
  response.end(text);
}

/** The form of "no" that doors without one of their own use: `{ error: { code, reason, message } }`. */
export function sendRefusal(refusal: Refusal, response: ServerResponse, more: Readonly<Record<string, unknown>> = {}): void {
  sendJson(response, statusOf(refusal), { error: { code: graphqlCode(refusal), reason: refusal.code, message: refusal.message, ...more } });
}

/** DESIGN.md's names for the families. */
export const graphqlCode = (refusal: Refusal): string => (refusal.family === 'bad-input' ? 'BAD_USER_INPUT' : refusal.family.replaceAll('-', '_').toUpperCase());

export const failureText = (reference: string): string => `Something went wrong here, and it is not your fault. The log has it under ${reference}.`;

export function sendFailure(reference: string, response: ServerResponse): void {
  sendJson(response, 500, { error: { code: 'INTERNAL_SERVER_ERROR', reason: 'server/fault', message: failureText(reference), reference } });
}

export const PAUSE_TEXT = 'Lemma cannot reach or write its database right now. Nothing of this request was kept unless it was acknowledged before; send it again in a moment.';

/** The code of what passes by itself in GraphQL; MLflow's protocol has the same word for it. */
export const PAUSE_EXTENSIONS = { code: 'TEMPORARILY_UNAVAILABLE', reason: 'server/store-unavailable' } as const;

/** 503: what passes by itself. */
export function sendPause(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('retry-after', '1');
  sendJson(response, 503, { error: { code: 'UNAVAILABLE', reason: 'server/store-unavailable', message: PAUSE_TEXT } });
}

const wrongly = new WeakSet<ServerResponse>();

/** Notes that the answer refuses what was asked although its status does not say so, as GraphQL has it. */
export const noteAsksWrongly = (response: ServerResponse): void => { wrongly.add(response); };
export const asksWrongly = (response: ServerResponse): boolean => wrongly.has(response);
