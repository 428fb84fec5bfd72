import { Extension, type Editor, type JSONContent } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { languageOfCode, looksLikeCode, withoutPrompts } from './looks-like-code.ts';
import { looksLikeMarkdown } from './looks-like-markdown.ts';
import { readNotebook, type Notebook, type NotebookPart } from './notebook.ts';
import { insertLater, type Progress } from './on-its-way.ts';
import { readColumn, readTable, tableOf, type PastedTable } from './pasted-table.ts';
import { nodeOf, type Upload } from './stored-file.ts';
import { isTooMuch, TOO_MUCH_AT_ONCE } from './too-much.ts';

export interface PasteOptions {
  readonly upload: Upload;
  readonly readMarkdown: (text: string) => readonly JSONContent[];
  /** Says a sentence to the person who pasted. */
  readonly say: (sentence: string) => void;
}

/** More text than this is a file, not something to write on. */
const MOST_TEXT = 2_000_000;

/** What comes from the clipboard or is dropped: files, notebooks, tables and Markdown become what they are; everything else goes through the schema, which knows no scripts. */
export const Paste = Extension.create<PasteOptions>({
  name: 'pasteIntoNote',
  // Before the extensions that take plain text apart.
  priority: 1_100,
  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [new Plugin({
      // Before it is in the text: what comes from others, and what is undone, was taken by a server already.
      filterTransaction: (transaction) => transaction.getMeta(ySyncPluginKey) !== undefined || !isTooMuch(transaction) || !tooMuch(options),
      props: {
        handlePaste: (_view, event) => pasted(editor, options, event.clipboardData),
        handleDrop: (view, event, _slice, moved) => {
          const files = [...event.dataTransfer?.files ?? []];
          if (moved || files.length === 0) return false;
          event.preventDefault();
          insertFiles(editor, options, { files, at: view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? editor.state.selection.to });
          return true;
        },
        // A page of 50 MB would be read on the main thread before the schema could throw most of it away.
        transformPastedHTML: (html) => (html.length > MOST_TEXT ? '' : html),
      },
    })];
  },
});

function pasted(editor: Editor, options: PasteOptions, data: DataTransfer | null): boolean {
  if (data === null) return false;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  const files = [...data.files];
  // A spreadsheet offers a picture of its cells too; the words are worth more.
  if (files.length > 0 && text.trim() === '') {
    insertFiles(editor, options, { files, at: editor.state.selection.to });
    return true;
  }
  if (Math.max(text.length, html.length) > MOST_TEXT) return tooMuch(options);
  if (editor.isActive('codeBlock') || editor.isActive('code')) return false;
  return asNotebook(editor, options, text) || asTable(editor, options, { text, html }) || asCode(editor, { text, html }) || asMarkdown(editor, options, { text, html });
}

function tooMuch({ say }: PasteOptions): true {
  say(TOO_MUCH_AT_ONCE);
  return true;
}

function asNotebook(editor: Editor, options: PasteOptions, text: string): boolean {
  const notebook = readNotebook(text);
  if (notebook === null) return false;
  insertLater(editor, editor.state.selection.to, 'Notebook', (progress) => notebookContent(notebook, options, progress));
  return true;
}

function asTable(editor: Editor, { say }: PasteOptions, { text, html }: { readonly text: string; readonly html: string }): boolean {
  // Cells pasted into a table go into its cells; prose that holds a table keeps its prose.
  if (editor.isActive('table') || (html !== '' && !isOnlyTable(html))) return false;
  const table = readTable(text) ?? (html === '' ? null : readColumn(text));
  if (table === null) return false;
  const cell = onlyCell(table);
  if (cell !== null) return cell === '' || editor.chain().focus().insertContent({ type: 'text', text: cell }).run();
  if (table.rowsLeftOut + table.columnsLeftOut > 0) say(`${table.rowsLeftOut} rows and ${table.columnsLeftOut} columns were left out: a note shows at most 200 by 30. Drop the file here to keep all of it.`);
  return editor.chain().focus().insertContent(tableOf(table)).run();
}

/** One cell is what stands in it; null for more. */
const onlyCell = ({ cells: [first, ...others] }: PastedTable): string | null => (first?.length === 1 && others.length === 0 ? first[0] ?? '' : null);

/** Whether a page holds one table and no words beside it, as spreadsheets write it. */
function isOnlyTable(html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll('style, script, meta, link, title')) element.remove();
  const [table, ...others] = body.querySelectorAll('table');
  return table !== undefined && others.length === 0 && (body.textContent ?? '').replaceAll(/\s/g, '').length === (table.textContent ?? '').replaceAll(/\s/g, '').length;
}

/** Editors of code, and notebooks in a browser, put the same text there as coloured HTML. */
const isFromCodeEditor = (html: string): boolean => /vscode|monospace|\bcm-line\b|CodeMirror-line/i.test(html.slice(0, 4_000));

function asCode(editor: Editor, { text, html }: { readonly text: string; readonly html: string }): boolean {
  const code = withoutPrompts(text).replaceAll('\r\n', '\n').replace(/\n+$/, '');
  if ((html !== '' && !isFromCodeEditor(html)) || !looksLikeCode(code)) return false;
  return editor.chain().focus().insertContent({ type: 'codeBlock', attrs: { language: languageOfCode(code) }, content: [{ type: 'text', text: code }] }).run();
}

function asMarkdown(editor: Editor, { readMarkdown }: PasteOptions, { text, html }: { readonly text: string; readonly html: string }): boolean {
  // Pages and documents know better themselves what their words are.
  if ((html !== '' && !isFromCodeEditor(html)) || !looksLikeMarkdown(text)) return false;
  const content = readMarkdown(text);
  return content.length > 0 && editor.chain().focus().insertContent([...content]).run();
}

/** Files at a place, one after the other: notebooks as what is in them, the rest as pictures and files. */
export function insertFiles(editor: Editor, options: PasteOptions, { files, at }: { readonly files: readonly File[]; readonly at: number }): void {
  let place = at;
  for (const file of files.slice(0, 20)) place = insertLater(editor, place, file.name, (progress) => contentOf(file, options, progress));
  if (files.length > 20) options.say('Only the first 20 files were taken.');
}

async function contentOf(file: File, options: PasteOptions, progress: Progress): Promise<readonly JSONContent[]> {
  const notebook = /\.ipynb$/i.test(file.name) && file.size < 100_000_000 ? readNotebook(await file.text()) : null;
  return notebook === null ? [nodeOf(await options.upload(file, file.name, progress.show))] : notebookContent(notebook, options, progress);
}

async function notebookContent({ parts, leftOut }: Notebook, { upload, readMarkdown, say }: PasteOptions, { show }: Progress): Promise<readonly JSONContent[]> {
  if (leftOut > 0) say(`${leftOut} outputs of the notebook were left out: widgets and scripts cannot be kept in a note.`);
  const pictures = parts.filter(({ kind }) => kind === 'picture').length;
  const content: JSONContent[] = [];
  let done = 0;
  for (const part of parts) {
    if (part.kind === 'picture') {
      const stored = await upload(bytesOf(part), part.name, (share) => show((done + share) / pictures));
      done += 1;
      content.push(nodeOf(stored));
    } else content.push(...wordsOf(part, readMarkdown));
  }
  return content;
}

function wordsOf(part: Exclude<NotebookPart, { kind: 'picture' }>, readMarkdown: PasteOptions['readMarkdown']): readonly JSONContent[] {
  if (part.kind === 'markdown') return readMarkdown(part.text);
  if (part.kind === 'table') return [tableOf(part.table)];
  return [{ type: 'codeBlock', attrs: { language: part.kind === 'code' ? part.language : null }, content: [{ type: 'text', text: part.text }] }];
}

const bytesOf = ({ base64, type }: Extract<NotebookPart, { kind: 'picture' }>): Blob => new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type });
