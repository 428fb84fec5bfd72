import { linesOf, quoteOf } from '../../domain/artifacts/quoted-line.ts';
import { badInput } from '../../domain/refusal.ts';
import type { ThreadAnchor } from '../../domain/threads/anchor.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import { textOf } from '../artifacts/text-of.ts';
import type { Blobs } from '../ports/blobs.ts';

type OnFile = Extract<ThreadAnchor, { readonly kind: 'artifact' }>;

/** Files that are longer are not read for the sake of one line, in bytes. */
const LONGEST_BYTES = 1024 * 1024;

/** The lines of a file; null where it is too long, is no text, or its content is not there. */
export async function linesOfFile(blobs: Blobs, { sha256, size }: { readonly sha256: string; readonly size: number }): Promise<readonly string[] | null> {
  const text = size > LONGEST_BYTES ? null : await textOf(blobs, sha256);
  return text === null || text.includes('\u0000') ? null : linesOf(text);
}

const elsewhere = (sentence: string) => badInput('thread/anchor-line', sentence);

/** The anchor with the line as the file has it for its quote. Refuses a line that the file does not have, and a quote that does not stand there; a file that cannot be read as text is believed. */
export async function quoteLine(blobs: Blobs, anchor: OnFile, seen: Seen | null): Promise<OnFile> {
  if (seen?.kind !== 'file' || (anchor.line === undefined && anchor.quote === undefined)) return anchor;
  const lines = await linesOfFile(blobs, seen);
  if (lines === null) return anchor;
  const { line, quote: _, ...place } = anchor;
  const parts = linesOf(anchor.quote ?? '');
  const standsAt = (number: number): boolean => parts.every((part, at) => (lines[number - 1 + at] ?? '').includes(quoteOf(part)));
  if (line === undefined) {
    if (!lines.some((_text, at) => standsAt(at + 1))) throw elsewhere(`${anchor.path} does not say what the anchor quotes. Look at the file again.`);
    return anchor;
  }
  const text = lines[line - 1];
  if (text === undefined) throw elsewhere(`${anchor.path} has ${lines.length} lines, so no line ${line}. Look at the file again.`);
  if (!standsAt(line)) throw elsewhere(`Line ${line} of ${anchor.path} does not say what the anchor quotes. Look at the file again.`);
  const quote = quoteOf(text);
  return { ...place, line, ...(quote === '' ? {} : { quote }) };
}
