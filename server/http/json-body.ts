import type { IncomingMessage } from 'node:http';
import { badInput } from '../../domain/refusal.ts';
import { readBody } from './body.ts';
import { mayBeUnkeepable, requireKeepable } from './keepable.ts';

/** The parsed body of a request that must be application/json; refuses anything else, in words. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  requireJsonType(request);
  return parseJson(await readBody(request, maxBytes));
}

export function requireJsonType({ headers }: Pick<IncomingMessage, 'headers'>): void {
  if (!/^application\/json(?:\s*;|\s*$)/i.test(headers['content-type'] ?? '')) throw badInput('http/content-type', 'Send application/json.');
}

/** Parses a body that was read already; refuses what is no JSON, and text that cannot be kept. */
export function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badInput('http/malformed-json', 'The request body is not JSON.');
  }
  if (mayBeUnkeepable(text)) requireKeepable(body);
  return body;
}
