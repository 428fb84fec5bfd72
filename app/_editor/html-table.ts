import { bounded, type PastedTable } from './pasted-table.ts';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const wordsIn = (html: string): string => html
  .replaceAll(/<[^>]*>/g, '')
  .replaceAll(/&(?:#(\d{1,6})|([a-z]+));/g, (whole, code: string | undefined, name: string | undefined) => (code === undefined ? ENTITIES[name ?? ''] ?? whole : String.fromCodePoint(Math.min(Number(code), 0xFF_FD))))
  .replaceAll(/\s+/g, ' ')
  .trim();

/** The words of a data frame as pandas writes it; null for any other page. They are taken as text, whatever they look like: nothing of the page is drawn. */
export function readHtmlTable(html: string): PastedTable | null {
  if (html.length > 2_000_000) return null;
  const found = /<table[^>]*\bdataframe\b[^>]*>([\s\S]*?)<\/table>/i.exec(html)?.[1];
  if (found === undefined || /<table|\b(?:col|row)span="?(?:[2-9]|\d{2})/i.test(found)) return null;
  const rows = found.split(/<tr[^>]*>/i).slice(1).map((row) => row.split(/<t[hd][^>]*>/i).slice(1).map(wordsIn));
  const columns = rows[0]?.length ?? 0;
  return columns < 1 || rows.some((row) => row.length !== columns) ? null : bounded(rows);
}
