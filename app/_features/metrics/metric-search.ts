/** What finds metrics by name. `problem` says why nothing can be found. */
export interface KeySearch {
  readonly matches: (key: string) => boolean;
  readonly problem: string | null;
}

/** A search that hides nothing. */
export const everything = (problem: string | null): KeySearch => ({ matches: () => true, problem });

/** Every word typed stands somewhere in the name, whatever the case. */
export function wordSearch(text: string): KeySearch {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return { matches: (key) => { const name = key.toLowerCase(); return words.every((word) => name.includes(word)); }, problem: null };
}
