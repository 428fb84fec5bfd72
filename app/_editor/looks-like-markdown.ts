const SIGNS: readonly RegExp[] = [
  /^#{1,6} \S/m,
  /^\s{0,3}(?:[-*+]|\d{1,3}[.)]) \S.*\n\s{0,3}(?:[-*+]|\d{1,3}[.)]) \S/m,
  /^\s*[-*] \[[ xX]\] /m,
  /^(?:```|~~~)/m,
  /^> \S/m,
  /^\|.+\|\s*\n\|[\s:|-]+\|/m,
  /(?:^|\W)\*\*\S[^*\n]*\*\*(?:\W|$)/,
  /\[[^\]\n]+\]\([^)\s]+\)/,
  /^\$\$/m,
];

/** Whether pasted plain text was written as Markdown. What only might be stays as it was typed. */
export const looksLikeMarkdown = (text: string): boolean => text.length < 2_000_000 && SIGNS.some((sign) => sign.test(text));
