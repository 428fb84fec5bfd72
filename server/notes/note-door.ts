import { basename } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import mime from 'mime';
import { noteMarkdown } from '../../domain/richtext/note-markdown.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { MOST_FILE_BYTES } from '../../domain/notes/note.ts';
import { addNoteFile } from '../../operations/notes/add-note-file.ts';
import { unknownNote } from '../../operations/notes/reach-note.ts';
import { viewerOf, type Context } from '../context.ts';
import { sendJson } from '../http/answer.ts';
import { answersInJson } from '../http/answers-in-json.ts';
import { pathOf } from '../http/dispatcher.ts';
import type { Door } from '../http/door.ts';
import type { DoorDeps } from '../http/door-deps.ts';
import { RequestContext } from '../request-context.ts';
import { documentOf, noteOf, type NoteRow } from '../schema/notes/note-rows.ts';
import { evidenceWordsFor } from './evidence-words.ts';
import { notePdf } from './note-pdf.ts';
import { picturesOf } from './note-pictures.ts';

const ADDRESS = /^\/api\/v1\/notes\/([\w-]{1,64})(?:\.(md|pdf)|\/files(?:\/([\w-]{1,64}))?)$/;

/** Pictures that a browser draws and runs nothing in; everything else is only ever saved. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** A note's files, and the note as a file: /api/v1/notes/<id>/files, <id>.md and <id>.pdf. */
export function noteDoor(deps: DoorDeps): Door {
  return {
    name: 'notes',
    opens: (path) => path.startsWith('/api/v1/notes/'),
    async handle(request, response) {
      const [, noteId, form, fileId] = ADDRESS.exec(pathOf(request)) ?? [];
      if (noteId === undefined) throw notFound('http/no-such-path', 'There is nothing at this address. A note is at /api/v1/notes/<id>.md and .pdf, its files at /api/v1/notes/<id>/files.');
      const context = await RequestContext.for(deps, request);
      viewerOf(context);
      const note = await noteOf(context, noteId);
      if (!note) throw unknownNote();
      if (form === undefined && fileId === undefined) { await takeFile(context, note, { request, response }); return; }
      requireMethod(request, ['GET', 'HEAD']);
      if (fileId !== undefined) await sendFile(context, { note, fileId }, { request, response });
      else await sendNote(context, { note, form }, { request, response });
    },
    ...answersInJson(),
  };
}

interface Exchange { readonly request: IncomingMessage; readonly response: ServerResponse }

function requireMethod({ method = 'GET' }: IncomingMessage, methods: readonly string[]): void {
  if (!methods.includes(method)) throw new Refusal('bad-input', 'http/method', `This address takes ${methods.join(' and ')}.`);
}

const contentType = (name: string): string => mime.getType(name.toLowerCase()) ?? 'application/octet-stream';

async function takeFile(context: Context, note: NoteRow, { request, response }: Exchange): Promise<void> {
  requireMethod(request, ['POST']);
  if (Number(request.headers['content-length'] ?? 0) > MOST_FILE_BYTES) throw new Refusal('bad-input', 'blob/too-large', 'A file in a note is at most 50 MB. Log it as an artifact of a run instead.');
  const name = new URL(request.url ?? '/', 'http://localhost').searchParams.get('name');
  const file = await addNoteFile(context.ports, viewerOf(context), { note: note.id, name, type: contentType, content: request });
  sendJson(response, 201, { src: `/api/v1/notes/${note.id}/files/${file.id}`, name: file.name, size: file.size, type: file.type });
}

async function sendFile(context: Context, { note, fileId }: { readonly note: NoteRow; readonly fileId: string }, { request, response }: Exchange): Promise<void> {
  const file = await context.reader.noteFile.findFirst({ where: { id: fileId, noteId: note.id } });
  if (!file) throw notFound('note/unknown-file', 'The note has no such file.');
  const content = request.method === 'HEAD' ? null : await context.ports.blobs.read(file.sha256);
  if (request.method !== 'HEAD' && !content) throw new Error(`The content of note file ${file.id} (${file.sha256}) is gone.`);
  const type = contentType(file.name);
  response.writeHead(200, {
    'content-type': PICTURES.has(type) ? type : savedAs(type),
    'content-length': Number(file.size),
    'content-disposition': disposition(PICTURES.has(type) ? 'inline' : 'attachment', file.name),
    ...SAFELY,
    // A file never changes under its address.
    'cache-control': 'private, max-age=3600',
    etag: `"${file.sha256}"`,
  });
  if (content) await pipeline(Readable.from(content), response);
  else response.end();
}

/** Should a browser open it all the same: scripts, forms and frames are off, and the type is not guessed anew. */
const SAFELY = { 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:" };

/** What could be run as a page is given as bytes. */
const savedAs = (type: string): string => (/html|xml|svg|javascript|ecmascript/.test(type) ? 'application/octet-stream' : type);

const disposition = (kind: 'inline' | 'attachment', name: string): string =>
  `${kind}; filename="${basename(name).replaceAll(/[^ -~]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(basename(name).toWellFormed()).replaceAll("'", '%27')}`;

async function sendNote(context: Context, { note, form }: { readonly note: NoteRow; readonly form: string | undefined }, { request, response }: Exchange): Promise<void> {
  const document = (await documentOf(context, note.id)) ?? context.ports.noteDocuments.document([]);
  const evidence = await evidenceWordsFor(context, document);
  const author = await context.reader.person.findUnique({ where: { id: note.createdById }, select: { name: true } });
  const pdf = form === 'pdf';
  const body = pdf
    ? await notePdf({ title: note.title, line: `${author?.name ?? 'Somebody'} · ${note.updatedAt.toISOString().slice(0, 10)}`, document, evidence, pictures: await picturesOf(context, note.id, document) })
    : Buffer.from(`# ${note.title}\n\n${noteMarkdown(document, evidence)}`);
  response.writeHead(200, {
    'content-type': pdf ? 'application/pdf' : 'text/markdown; charset=utf-8', 'content-length': body.length,
    'content-disposition': disposition('attachment', `${note.title.replaceAll(/[/\\:*?"<>|\s]+/g, ' ').trim() || 'note'}.${pdf ? 'pdf' : 'md'}`), ...SAFELY, 'cache-control': 'private, no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
