import type { IncomingMessage } from 'node:http';
import type { Shown } from '../../operations/ports/blobs.ts';
import { FROM_HERE_HEADER } from '../../contracts/artifact-reading.ts';
import type { Call } from './call.ts';

/** Less than this goes through the server: a second way would take longer than the bytes. */
export const DIRECT_BYTES = 8 * 2 ** 20;

/** For whoever begins to read; a download that has begun goes on. See docs/decisions/0186-downloads-from-the-store.md. */
const GOOD_FOR_S = 5 * 60;

/** What a browser could run. It is sent by us alone, with the words that forbid it. */
const RUNS = /html|xml|svg|javascript|ecmascript/;

export interface Wanted extends Omit<Shown, 'seconds'> {
  readonly sha256: string;
  readonly bytes: number;
}

/** An address of the store that a large file can be read from; null where the bytes have to come from us. */
export async function directArtifact({ deps, request }: Call, wanted: Wanted): Promise<string | null> {
  if (wanted.bytes < DIRECT_BYTES || !mayLeave(request)) return null;
  return addressOf(deps, wanted);
}

/** The same for who asked for an address, however small the file is. */
export async function addressOf({ ports }: Call['deps'], { sha256, contentType, contentDisposition }: Wanted): Promise<string | null> {
  if (RUNS.test(contentType)) return null;
  return (await ports.blobs.directAddress(sha256, { contentType, contentDisposition, seconds: GOOD_FOR_S }))?.href ?? null;
}

/** A program can be sent elsewhere, and so can a browser that saves a file. A page that reads one may not: the store is another place, which knows nothing of the page. */
function mayLeave({ method, headers }: IncomingMessage): boolean {
  const mode = headers['sec-fetch-mode'];
  return method === 'GET' && (mode === undefined || mode === 'navigate') && headers[FROM_HERE_HEADER] === undefined;
}
