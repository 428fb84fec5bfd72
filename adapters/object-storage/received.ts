import { createHash, randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badInput } from '../../domain/refusal.ts';

/** Content that has come whole: its name is known, and it can be sent on as often as needed. */
export interface Received {
  readonly sha256: string;
  readonly size: number;
  readonly at: { readonly bytes: Buffer } | { readonly path: string };
}

/** Up to this much is held in memory; more goes to a file. */
const HELD_BYTES = 8 * 2 ** 20;

/** Refuses with `blob/too-large` as soon as too much has come. */
export function tooLarge(maxBytes: number): Error {
  return badInput('blob/too-large', `The file is larger than ${maxBytes} bytes, the most that is kept.`);
}

/** Takes content in, hands it on, and leaves nothing of it in the folder of temporary files, however that ends. */
export async function whenReceived<Answer>(content: AsyncIterable<Uint8Array>, maxBytes: number, handOn: (received: Received) => Promise<Answer>): Promise<Answer> {
  const path = join(tmpdir(), `lemma-coming-${randomBytes(16).toString('hex')}`);
  try {
    return await handOn(await receive(content, maxBytes, path));
  } finally {
    await rm(path, { force: true });
  }
}

async function receive(content: AsyncIterable<Uint8Array>, maxBytes: number, path: string): Promise<Received> {
  const hash = createHash('sha256');
  const held: Uint8Array[] = [];
  let file: FileHandle | null = null;
  let size = 0;
  try {
    for await (const part of content) {
      size += part.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(part);
      held.push(part);
      if (size <= HELD_BYTES) continue;
      file ??= await open(path, 'wx', 0o600);
      for (const each of held.splice(0)) await writeAll(file, each);
    }
  } finally {
    await file?.close();
  }
  return { sha256: hash.digest('hex'), size, at: file ? { path } : { bytes: Buffer.concat(held) } };
}

export async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let done = 0; done < part.byteLength; ) done += (await file.write(part, done)).bytesWritten;
}
