import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Received } from './received.ts';

/** Stores know no SHA-256 but count an MD5 of what comes, and refuse what has another: against lines that turn a bit, not against an enemy. */
export async function md5Of(at: Received['at']): Promise<string> {
  const hash = createHash('md5');
  if ('bytes' in at) hash.update(at.bytes);
  else await pipeline(createReadStream(at.path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('base64');
}
