import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { PdfPages } from './note-pdf.ts';
import type { Pdf } from './pdf-content.ts';

// Runs in a thread of its own: setting pages takes seconds.

/** As much of pdfmake as is used; it comes without types. */
interface Pdfmake {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(allowed: (url: string) => boolean): void;
  setLocalAccessPolicy(allowed: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}

const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake') as Pdfmake;
const roboto = (name: string): string => join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto', `Roboto-${name}.ttf`);

const FONTS = {
  Roboto: { normal: roboto('Regular'), bold: roboto('Medium'), italics: roboto('Italic'), bolditalics: roboto('MediumItalic') },
  // One that every reader of PDF has. The pages' own is packed for browsers, which fontkit does not unpack.
  Mono: { normal: 'Courier', bold: 'Courier-Bold', italics: 'Courier-Oblique', bolditalics: 'Courier-BoldOblique' },
};
const FONT_FILES = new Set(Object.values(FONTS).flatMap((font) => Object.values(font)));

/** Functions do not come through to a thread, so lines of tables come as words. */
interface Lines { readonly hLineWidth: 'none' | 'all'; readonly vLineWidth: 'left' | 'all'; readonly line: string }

const layoutOf = ({ hLineWidth, vLineWidth, line }: Lines): object => ({
  hLineWidth: () => (hLineWidth === 'all' ? 0.5 : 0),
  vLineWidth: (at: number) => (vLineWidth === 'all' ? 0.5 : at === 0 ? 2 : 0),
  hLineColor: () => line, vLineColor: () => line,
  paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0,
});

function withLayouts(content: unknown): unknown {
  if (Array.isArray(content)) return content.map(withLayouts);
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, name === 'layout' ? layoutOf(value as Lines) : withLayouts(value)]));
}

const dataUrl = (bytes: Uint8Array): string => `data:image/${bytes[0] === 0x89 ? 'png' : 'jpeg'};base64,${Buffer.from(bytes).toString('base64')}`;

async function main({ title, line, remark, content, pictures }: PdfPages): Promise<void> {
  pdfmake.setFonts(FONTS);
  // A note is not a way to have the server read files or call addresses.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));
  const head: readonly Pdf[] = [{ text: title, style: 'title' }, { text: remark === '' ? line : `${line}\n${remark}`, style: 'quiet', margin: [0, 0, 0, 16] }];
  const pdf = await pdfmake.createPdf({
    info: { title },
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 56],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.3, color: '#1c2024' },
    styles: {
      title: { fontSize: 20, bold: true, lineHeight: 1.15, margin: [0, 0, 0, 4] }, h1: { fontSize: 15, bold: true, margin: [0, 12, 0, 5] }, h2: { fontSize: 12.5, bold: true, margin: [0, 10, 0, 4] },
      h3: { fontSize: 10.5, bold: true, margin: [0, 8, 0, 3] }, quiet: { fontSize: 8.5, color: '#60646c' },
    },
    images: Object.fromEntries([...pictures].map(([name, bytes]) => [name, dataUrl(bytes)])),
    content: withLayouts([...head, ...content]),
    // A heading does not stand at the bottom of a page, away from what it heads.
    pageBreakBefore: ({ headlineLevel }: { readonly headlineLevel?: number }, { getFollowingNodesOnPage }: { getFollowingNodesOnPage(): readonly unknown[] }) => headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
    footer: (page: number, pages: number) => ({ text: `${page} / ${pages}`, alignment: 'center', fontSize: 8, color: '#60646c', margin: [0, 20, 0, 0] }),
  }).getBuffer();
  parentPort?.postMessage(new Uint8Array(pdf));
}

await main(workerData as PdfPages);
