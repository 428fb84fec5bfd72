import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An answer that is made while it is sent. */
export type Pieces = AsyncIterable<string | Uint8Array>;

/** A client that takes nothing for so long is let go, with what is held for it. */
const STALLED_MS = 60_000;

/**
 * Sends pieces as they are made, and only as fast as the client takes them. What fails before the first one is thrown, to be told properly; after it the connection is
 * broken off, so that nobody takes a part for the whole. A client that leaves in the middle is no failure of ours.
 */
export async function sendPieces(response: ServerResponse, mediaType: string, pieces: Pieces): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  response.writeHead(200, { 'content-type': mediaType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  response.setTimeout(STALLED_MS, () => response.destroy());
  let ours: unknown;
  const rest = async function* (): AsyncGenerator<string | Uint8Array> {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } catch (problem) {
      ours = problem;
      throw problem;
    } finally {
      await iterator.return?.();
    }
  };
  await pipeline(Readable.from(rest()), response).catch(() => {});
  if (ours !== undefined) throw ours;
}
