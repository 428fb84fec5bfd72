/** Orders texts by their code points, which is the order of their UTF-8 bytes: the same on every machine. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    // Halves of characters beyond U+FFFF sort after everything else, though their numbers lie below U+E000.
    if (one !== other) return (one >= 0xD800 && one < 0xE000 ? one + 0x10000 : one) - (other >= 0xD800 && other < 0xE000 ? other + 0x10000 : other);
  }
  return a.length - b.length;
}
