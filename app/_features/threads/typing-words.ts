/** "Grace is writing", "Grace and Ada are writing" */
export function typingWords(names: readonly string[]): string | null {
  const [first, second, ...more] = names;
  if (first === undefined) return null;
  if (second === undefined) return `${first} is writing`;
  return more.length === 0 ? `${first} and ${second} are writing` : `${first} and ${more.length + 1} others are writing`;
}
