/** Words of at least this many letters may be mistyped: a shorter one is a letter away from too many others. */
export const SHORTEST_MISTYPED = 4;
/** Most words that one may have meant. */
const MOST_MEANT = 5;

/** How many letters may be wrong, missing, too many or swapped. */
const allowed = (word: string): number => (word.length < 8 ? 1 : 2);

/** Those of some words that somebody may have meant, the likeliest first: fewest wrong letters, then a first letter that is right, then as they came. */
export function meant(word: string, known: readonly string[]): readonly string[] {
  const near = known.flatMap((other, at) => {
    const wrong = other === word ? Infinity : typosBetween(word, other, allowed(word));
    return wrong <= allowed(word) ? [{ other, at, wrong, firstWrong: Number(other[0] !== word[0]) }] : [];
  });
  return near.toSorted((a, b) => a.wrong - b.wrong || a.firstWrong - b.firstWrong || a.at - b.at).slice(0, MOST_MEANT).map(({ other }) => other);
}

/**
 * Letters to be changed, added, taken away or swapped with their neighbour to make one word of the other; Infinity when it is more than `most`.
 * Optimal string alignment: G. Navarro, "A guided tour to approximate string matching", ACM Computing Surveys 33 (2001).
 */
export function typosBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) row.push(cell({ a, b, i, j }, { before, last, row }));
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  const typos = last[b.length] ?? Infinity;
  return typos <= most ? typos : Infinity;
}

function cell({ a, b, i, j }: { readonly a: string; readonly b: string; readonly i: number; readonly j: number }, { before, last, row }: { readonly before: readonly number[]; readonly last: readonly number[]; readonly row: readonly number[] }): number {
  const least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]));
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least;
}
