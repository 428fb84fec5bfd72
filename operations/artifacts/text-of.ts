import type { Blobs } from '../ports/blobs.ts';

/** The content as text, whatever its length: ask for its size first. Null when there is none. */
export async function textOf(blobs: Blobs, sha256: string): Promise<string | null> {
  const content = await blobs.read(sha256);
  if (!content) return null;
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of content) text += decoder.decode(part, { stream: true });
  return text + decoder.decode();
}
