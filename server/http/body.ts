import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../domain/refusal.ts';

/** Reads a request's body; refuses with `http/body-too-large` past `maxBytes` without keeping what came. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  // The request is not destroyed with what is left of it: its connection, which another request may come on, would wait for a reader for ever.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) throw new Refusal('bad-input', 'http/body-too-large', `The request body is larger than ${maxBytes} bytes. Send it in smaller parts.`);
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
