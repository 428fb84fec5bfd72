import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import mime from 'mime';
import type { Call } from './call.ts';
import type { ArtifactAddress } from './artifact-owner.ts';
import { addressOf, directArtifact } from './direct-artifact.ts';
import { removedSentence } from '../../domain/artifacts/file-rule.ts';
import { MlflowProblem, unknown } from './problem.ts';

/**
 * Sends a file. A browser must never run one as ours: it is an attachment of exactly the type its name says, and should it be opened all the same,
 * scripts, forms and frames are off. Ranges of bytes are served for large files. Where the store may answer for itself, whoever wants much is sent there.
 */
export async function sendArtifact(call: Call, address: ArtifactAddress, asAsked = address.path): Promise<undefined> {
  const { deps, request, response } = call;
  const { owner, path } = address;
  const file = await fileAt(call, address);
  if (!file) throw await absent(call, address, asAsked);
  const size = Number(file.size);
  const range = isAnother(request.headers['if-range'], file.sha256) ? null : rangeOf(request.headers.range, size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return undefined;
  }
  const bytes = range ? range.end - range.start : size;
  const [contentType, contentDisposition] = [typeOf(path), dispositionOf(path)];
  const elsewhere = await directArtifact(call, { sha256: file.sha256, bytes, contentType, contentDisposition });
  if (elsewhere !== null) {
    // Whoever has the address can read the file while it is good: nobody keeps it, and no other place is told of it.
    response.writeHead(302, { location: elsewhere, 'cache-control': 'private, no-store', 'referrer-policy': 'no-referrer' }).end();
    return undefined;
  }
  const content = await deps.ports.blobs.read(file.sha256, range ?? undefined);
  if (!content) throw new Error(`The content of artifact ${owner.id}/${path} (${file.sha256}) is gone.`);
  response.writeHead(range ? 206 : 200, {
    'content-type': contentType,
    'content-length': bytes,
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` } : {}),
    'accept-ranges': 'bytes',
    'content-disposition': contentDisposition,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    'cache-control': 'private, no-cache',
    etag: `"${file.sha256}"`,
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(Readable.from(content), response).catch(unlessLeft);
  return undefined;
}

/** Where a program reads the file in parts, as many at once as it likes; null where the store hands no address out, or there is no such file. */
export async function presignedArtifact(call: Call, address: ArtifactAddress): Promise<object | null> {
  const file = await fileAt(call, address);
  if (!file) return null;
  const url = await addressOf(call.deps, { sha256: file.sha256, bytes: Number(file.size), contentType: typeOf(address.path), contentDisposition: dispositionOf(address.path) });
  return url === null ? null : { url, headers: {}, file_size: Number(file.size) };
}

const fileAt = async ({ deps }: Call, { owner, path }: ArtifactAddress) => (path === '' ? null : deps.reader.artifact.findUnique({ where: { ownerId_path: { ownerId: owner.id, path } } }));

/** One that the project's rule removed says so, as gone (410); MLflow's clients show the sentence. */
async function absent({ deps }: Call, { owner, path }: ArtifactAddress, asAsked: string): Promise<MlflowProblem> {
  const removed = owner.kind === 'run' ? await deps.reader.removedFile.findUnique({ where: { runId_path: { runId: owner.id, path } } }) : null;
  if (!removed) return unknown(`No such artifact: '${asAsked}'`);
  return new MlflowProblem('RESOURCE_DOES_NOT_EXIST', `'${asAsked}': ${removedSentence({ removedAt: removed.removedAt, size: Number(removed.size) })}`, 410);
}

/** Text formats of training code that the table of types does not know. */
const PLAIN: ReadonlySet<string> = new Set(['mlmodel', 'log', 'yaml', 'yml', 'txt', 'py', 'cfg', 'ini', 'toml', 'sh', 'r']);

function typeOf(path: string): string {
  const name = basename(path).toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (PLAIN.has(extension)) return 'text/plain; charset=utf-8';
  const type = mime.getType(name) ?? 'application/octet-stream';
  return type.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type;
}

const dispositionOf = (path: string): string => `attachment; filename="${asciiName(path)}"; filename*=UTF-8''${encodeURIComponent(basename(path)).replaceAll("'", '%27')}`;

/** A player asks for a part, and leaves it in the middle when somebody seeks. A store that fails has a code of its own. */
function unlessLeft(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}

/** Who goes on with a file that is another one by now is sent all of it. */
const isAnother = (known: string | string[] | undefined, sha256: string): boolean => known !== undefined && known !== `"${sha256}"`;

const asciiName = (path: string): string => basename(path).replace(/[^ -~]|["\\]/g, '_');

/** Start and end (exclusive) of the one range asked for; null for the whole, which is also the answer to several ranges at once. */
function rangeOf(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size : Math.min(size, Number(match[2]) + 1);
  return start >= size || end <= start ? 'unsatisfiable' : { start, end };
}
