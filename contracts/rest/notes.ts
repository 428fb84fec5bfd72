import { z } from 'zod';
import type { RestRoute } from './routes.ts';

export const noteFileQuery = z.strictObject({ name: z.string().max(1000).optional().describe('What the file is called; its ending tells what it is.') });

/** A file that a note keeps, and where it is read. */
export const noteFile = z.strictObject({
  src: z.string().describe('The address of the file on this server, as a picture or a link in the note has it.'),
  name: z.string(),
  size: z.number().int().describe('Bytes.'),
  type: z.string().describe('Its media type, by the name.'),
});

/** A note as a file, and the files in it. They have a door of their own, as their bodies are not JSON. */
export const noteRoutes = {
  readNoteMarkdown: { method: 'get', path: '/notes/{id}.md', status: 200, answer: z.string(), streamed: 'text/markdown; charset=utf-8', summary: 'A note as Markdown: mentions as links, evidence as the sentence that it makes.' },
  readNotePdf: { method: 'get', path: '/notes/{id}.pdf', status: 200, answer: z.string().meta({ format: 'binary' }), streamed: 'application/pdf', summary: 'A note as PDF, to be printed or sent.' },
  addNoteFile: {
    method: 'post', path: '/notes/{id}/files', status: 201, query: noteFileQuery, answer: noteFile,
    stream: { 'application/octet-stream': { description: 'The bytes of the file, at most 50 MB.' } },
    summary: 'Keep a picture or a file with a note. It stands in no text before somebody puts it there.',
  },
  readNoteFile: { method: 'get', path: '/notes/{id}/files/{file}', status: 200, answer: z.string().meta({ format: 'binary' }), streamed: 'application/octet-stream', summary: 'A file of a note. Pictures come as what they are, everything else to be saved.' },
} as const satisfies Record<string, RestRoute>;
