const MOST_LINES = 12;

/** A comment as the beginning of an answer to it, in Markdown: who said it, and what, without quotes of quotes. */
export function quoteOf({ body, author }: { readonly body: string; readonly author: { readonly name: string } | null }): string {
  const lines = body.split('\n').filter((line) => !line.startsWith('>'));
  const kept = lines.slice(0, MOST_LINES).join('\n').trim().split('\n');
  return [`> **${author?.name ?? 'Someone'}**`, '>', ...kept.map((line) => `> ${line}`.trimEnd()), ...(lines.length > MOST_LINES ? ['> …'] : []), '', ''].join('\n');
}
