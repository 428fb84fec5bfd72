import { createHash, randomBytes } from 'node:crypto';
import type { Blobs, Shown } from '../../operations/ports/blobs.ts';
import { BlobProblem } from './blob-problem.ts';
import { checked, nothing, SHA256 } from './checked.ts';
import { whenReceived, type Received } from './received.ts';

/** What an object store can do, as far as blobs need it. A name is either absent or complete: no store shows an object before all of it has come. */
export interface Objects {
  /** Null where there is no such object. */
  find(name: string): Promise<Found | null>;
  /** Fails where what came is not what the digest says. */
  put(name: string, content: Received): Promise<void>;
  /** Sets the time of what is there to now; false where that cannot be done, as where it is gone. */
  touch(name: string, size: number): Promise<boolean>;
  get(name: string, range?: { readonly start: number; readonly end: number }): Promise<AsyncIterable<Uint8Array>>;
  /** An address signed for whoever has it; null where ARTIFACT_URL does not say that such may be handed out. */
  readonly sign: ((name: string, shown: Shown) => Promise<string>) | null;
  /** Removes what was found; also where it is gone already. False where something else is there by now, as far as the store can tell. */
  remove(name: string, found: Found): Promise<boolean>;
}

export interface Found {
  readonly size: number;
  readonly writtenAt: Date;
  /** Changes with every write and every touch, where the store has such a word; else "". */
  readonly version: string;
}

/** Stores tell times in whole seconds, cut off. */
const SECOND_MS = 1000;

/** Objects named by the SHA-256 of their content, laid out as the folder is: ab/cd/abcd…. See docs/decisions/0170-artifacts-in-object-stores.md. */
export function objectBlobs(objects: Objects, prefix: string): Blobs {
  const nameOf = (sha256: string): string => `${prefix}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
  const find = async (sha256: string) => (SHA256.test(sha256) ? objects.find(nameOf(sha256)) : null);
  return {
    write: (content, maxBytes = Number.POSITIVE_INFINITY) => whenReceived(content, maxBytes, async (received) => {
      const { sha256, size } = received;
      const name = nameOf(sha256);
      const there = (await find(sha256))?.size === size && (await objects.touch(name, size));
      if (!there) await objects.put(name, received);
      return { sha256, size };
    }),
    async read(sha256, range) {
      const found = await find(sha256);
      if (found === null) return null;
      if (range === undefined) return checked(opened(() => objects.get(nameOf(sha256))), sha256);
      const start = Math.min(range.start, found.size);
      const end = Math.min(range.end, found.size);
      return start >= end ? nothing() : opened(() => objects.get(nameOf(sha256), { start, end }));
    },
    async directAddress(sha256, shown) {
      if (objects.sign === null || (await find(sha256)) === null) return null;
      return new URL(await objects.sign(nameOf(sha256), shown));
    },
    async exists(sha256) { return (await find(sha256)) !== null; },
    async remove(sha256, writtenBefore) {
      const found = await find(sha256);
      if (found === null) return true;
      if (found.writtenAt.getTime() + SECOND_MS > writtenBefore.getTime()) return false;
      return objects.remove(nameOf(sha256), found);
    },
  };
}

/** Asks the store only when somebody reads: an answer that nobody takes would hold its connection. */
async function* opened(open: () => Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  yield* await open();
}

const PROBE: Received = { sha256: createHash('sha256').digest('hex'), size: 0, at: { bytes: Buffer.alloc(0) } };

/** Writes, looks and removes once, and signs an address where such are handed out, so that what is wrong is told at the start. `explain` knows the store's own errors. */
export async function tryObjects(objects: Objects, prefix: string, explain: (error: unknown) => string): Promise<void> {
  const name = `${prefix}coming/probe-${randomBytes(8).toString('hex')}`;
  try {
    await objects.put(name, PROBE);
    const found = await objects.find(name);
    if (found) await objects.remove(name, found);
    // Some stores say of what is not there that it may not be seen, unless one may list.
    await objects.find(name);
  } catch (error) {
    throw new BlobProblem(explain(error), { cause: error });
  }
  await trySigning(objects, name);
}

async function trySigning({ sign }: Objects, name: string): Promise<void> {
  try {
    await sign?.(name, { contentType: 'text/plain', contentDisposition: 'attachment', seconds: 1 });
  } catch (error) {
    throw new BlobProblem(`ARTIFACT_URL says direct=true, and these credentials cannot sign an address: ${error instanceof Error ? error.message.split('\n')[0] : String(error)} Give them that right, as docs/keeping-data.md tells, or leave direct away.`, { cause: error });
  }
}
