import type { IncomingMessage } from 'node:http';
import { badInput } from '../../domain/refusal.ts';
import { readBody } from './body.ts';

/** The parsed body of a request that must be application/json; refuses anything else, in words. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (!/^application\/json(?:\s*;|\s*$)/i.test(request.headers['content-type'] ?? '')) throw badInput('http/content-type', 'Send application/json.');
  const text = (await readBody(request, maxBytes)).toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badInput('http/malformed-json', 'The request body is not JSON.');
  }
  // Looked for in the text first, so that nothing is walked through in vain.
  if (text.includes(String.raw`\u0000`)) refuseNul(body);
  return body;
}

/** Postgres text cannot hold the character NUL, written out or as an escape inside a GraphQL document. */
export function refuseNul(value: unknown): void {
  if (typeof value === 'string' && (value.includes('\u0000') || value.includes(String.raw`\u0000`))) throw badInput('text/nul', 'A text holds the character NUL (U+0000), which cannot be kept.');
  if (typeof value === 'object' && value !== null) for (const [name, each] of Object.entries(value)) { refuseNul(name); refuseNul(each); }
}
