import { attributeText, type NoteNode } from '../../domain/richtext/note-document.ts';
import type { Context } from '../context.ts';

const MOST_PICTURES = 40;
const MOST_PICTURE_BYTES = 8 * 1024 * 1024;
const MOST_BYTES = 32 * 1024 * 1024;

/** The note's own pictures that a PDF can hold, by the address they have in the note. */
export async function picturesOf(context: Context, noteId: string, document: NoteNode): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = new Map<string, string>();
  for (const src of imagesIn(document)) {
    const [, note, file] = /^\/api\/v1\/notes\/([\w-]+)\/files\/([\w-]+)$/.exec(src) ?? [];
    if (note === noteId && file !== undefined && wanted.size < MOST_PICTURES) wanted.set(file, src);
  }
  const files = await context.reader.noteFile.findMany({ where: { noteId, id: { in: [...wanted.keys()] }, type: { in: ['image/png', 'image/jpeg'] }, size: { lte: MOST_PICTURE_BYTES } } });
  const pictures = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const { id, sha256, size } of files) {
    bytes += Number(size);
    const content = bytes > MOST_BYTES ? null : await context.ports.blobs.read(sha256);
    if (content) pictures.set(wanted.get(id) ?? '', await whole(content));
  }
  return pictures;
}

async function whole(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

function* imagesIn(node: NoteNode): Generator<string> {
  if (node.type === 'image') yield attributeText(node.attrs, 'src');
  for (const child of node.content ?? []) yield* imagesIn(child);
}
