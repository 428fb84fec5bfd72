import { Worker } from 'node:worker_threads';
import type { NoteNode } from '../../domain/richtext/note-document.ts';
import type { EvidenceWords } from '../../domain/richtext/note-markdown.ts';
import { conflict, Refusal } from '../../domain/refusal.ts';
import { pdfBlock, type Pdf } from './pdf-content.ts';

export interface NotePdf {
  readonly title: string;
  /** Who and when, below the title. */
  readonly line: string;
  readonly document: NoteNode;
  readonly evidence: EvidenceWords;
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** What the thread sets on pages. */
export interface PdfPages { readonly title: string; readonly line: string; /** What the reader must know of the pages themselves; '' for nothing. */ readonly remark: string; readonly content: readonly Pdf[]; readonly pictures: ReadonlyMap<string, Uint8Array> }

const MOST_AT_ONCE = 2;
const MOST_WAITING = 8;
const LONGEST_MS = 60_000;

let busy = 0;
const waiting: (() => void)[] = [];

/** The note as a PDF. Setting pages is work of seconds, so a thread does it, few at a time, and is stopped when it takes too long. */
export async function notePdf(note: NotePdf): Promise<Buffer> {
  if (busy >= MOST_AT_ONCE && waiting.length >= MOST_WAITING) throw new Refusal('rate-limited', 'note/busy', 'Other notes are being written as PDFs. Try again in a moment.');
  if (busy >= MOST_AT_ONCE) await new Promise<void>((resolve) => { waiting.push(resolve); });
  busy += 1;
  try {
    return await setPages(pagesOf(note));
  } catch (error) {
    if (error instanceof Refusal || note.pictures.size === 0) throw error;
    // One of them is no picture, whatever its name says: the words are worth having all the same.
    return await setPages(pagesOf({ ...note, pictures: new Map() }));
  } finally {
    busy -= 1;
    waiting.shift()?.();
  }
}

/** What Roboto has; see docs/decisions/0108-pdf-of-notes.md. */
const ROBOTO = /^(?:(?!\p{Emoji_Presentation})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}])*$/u;

/** What a reader of the PDF must be told; '' where all of it can be set. */
export const remarkOn = (title: string, document: NoteNode): string =>
  (ROBOTO.test(title) && isSettable(document) ? '' : 'Some letters of this note, of scripts beside Latin, Greek and Cyrillic, cannot be set here. Export it as Markdown to have them.');

const isSettable = ({ text = '', content = [] }: NoteNode): boolean => ROBOTO.test(text) && content.every(isSettable);

function pagesOf({ title, line, document, evidence, pictures }: NotePdf): PdfPages {
  const parts = { evidence, pictures: new Set(pictures.keys()) };
  return { title, line, remark: remarkOn(title, document), pictures, content: (document.content ?? []).map((node) => pdfBlock(node, parts)) };
}

function setPages(pages: PdfPages): Promise<Buffer> {
  const worker = new Worker(new URL('./pdf-thread.ts', import.meta.url), { workerData: pages, resourceLimits: { maxOldGenerationSizeMb: 768 } });
  return new Promise((resolve, reject) => {
    const tooMuch = (): void => { void worker.terminate(); reject(conflict('note/pdf-too-large', 'The note is too large for a PDF. Export it as Markdown, or take it apart.')); };
    const timer = setTimeout(tooMuch, LONGEST_MS);
    worker.once('message', (pdf: Uint8Array) => { resolve(Buffer.from(pdf)); });
    worker.once('error', (error: Error & { readonly code?: string }) => { if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooMuch(); else reject(error); });
    worker.once('exit', () => { clearTimeout(timer); reject(new Error('the thread that sets pages ended without a PDF')); });
  });
}
