import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { BlobProblem } from './blob-problem.ts';

export const SHA256 = /^[0-9a-f]{64}$/;

/** Every byte is handed on, and the last part only after the digest of the whole was seen to be right. */
export async function* checked(content: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Uint8Array | null = null;
  for await (const part of content) {
    hash.update(part);
    if (held) yield held;
    held = part;
  }
  const found = hash.digest('hex');
  if (found !== sha256) throw new BlobProblem(`The content of ${sha256} was changed where it is kept (its digest is now ${found}).`);
  if (held) yield held;
}

export const nothing = (): AsyncIterable<Uint8Array> => Readable.from([]);
