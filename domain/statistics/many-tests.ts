/**
 * Holm's step-down correction: p-values that keep the chance of any false alarm in the family at its level, whatever the dependence
 * (Holm, Scandinavian Journal of Statistics 6, 1979). In the order given; equal to R's `p.adjust(p, "holm")`.
 */
export function holm(pValues: readonly number[]): number[] {
  const family = pValues.length;
  const corrected = Array.from<number>({ length: family }).fill(0);
  let largest = 0;
  for (const [rank, { p, index }] of ranked(pValues).entries()) {
    largest = Math.max(largest, Math.min(1, (family - rank) * p));
    corrected[index] = largest;
  }
  return corrected;
}

/**
 * Benjamini and Hochberg's correction: p-values that keep the expected share of false alarms among the claims at its level
 * (J. Royal Statistical Society B 57, 1995). In the order given; equal to R's `p.adjust(p, "BH")`.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const family = pValues.length;
  const corrected = Array.from<number>({ length: family }).fill(0);
  let smallest = 1;
  for (const [fromLast, { p, index }] of ranked(pValues).toReversed().entries()) {
    smallest = Math.min(smallest, (family / (family - fromLast)) * p);
    corrected[index] = smallest;
  }
  return corrected;
}

const ranked = (pValues: readonly number[]): { readonly p: number; readonly index: number }[] =>
  pValues.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p);
