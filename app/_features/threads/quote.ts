const MOST_LINES = 12;

/** What a guest wrote is text: in Markdown none of it means more. */
const asText = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-.!<>~|&]/g, String.raw`\$&`);

/** A comment as the beginning of an answer to it, in Markdown: who said it, and what, without quotes of quotes. */
export function quoteOf({ body, author, guestName }: { readonly body: string; readonly author: { readonly name: string } | null; readonly guestName: string | null }): string {
  const lines = (guestName === null ? body : asText(body)).split('\n').filter((line) => !line.startsWith('>'));
  const kept = lines.slice(0, MOST_LINES).join('\n').trim().split('\n');
  return [`> **${author?.name ?? (guestName === null ? 'Someone' : `${asText(guestName)} (guest)`)}**`, '>', ...kept.map((line) => `> ${line}`.trimEnd()), ...(lines.length > MOST_LINES ? ['> …'] : []), '', ''].join('\n');
}
