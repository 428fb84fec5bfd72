import { meant, SHORTEST_MISTYPED } from '../../../domain/search/typos.ts';
import type { SearchText } from '../../../domain/search/search-text.ts';
import type { Reader } from '../../../adapters/postgres/reader.ts';

/** By word as typed: the words it may have meant, likeliest first. */
export type Meant = ReadonlyMap<string, readonly string[]>;
export const AS_TYPED: Meant = new Map();

/** Words like one, that are compared letter by letter. */
const MOST_CANDIDATES = 100;
/** A word that somebody wrote is meant as it is, unless it is so long that it was more likely mistyped twice. */
const SHORTEST_DOUBTED = 8;

/** What the words of a question may have meant, of all words there are in some projects. With quotes, minus and OR every word is meant as typed. */
export async function meantBy(reader: Reader, search: SearchText, projectIds: readonly string[]): Promise<Meant> {
  const words = search.hasOperators ? [] : search.words.filter((word) => word.length >= SHORTEST_MISTYPED && /^\p{L}+$/u.test(word));
  if (words.length === 0) return AS_TYPED;
  const rows = await reader.$queryRaw<{ typed: string; words: string[] }[]>`
    SELECT t.typed, c.words FROM unnest(${words}::text[]) AS t(typed), LATERAL (
      SELECT array_agg(word ORDER BY near DESC, word) AS words FROM (
        SELECT word, similarity(word, t.typed) AS near FROM search_words WHERE project_id = ANY(${[...projectIds]}) AND word % t.typed GROUP BY word ORDER BY 2 DESC, 1 LIMIT ${MOST_CANDIDATES}) nearest
    ) c WHERE c.words IS NOT NULL`;
  return new Map(rows.flatMap(({ typed, words: known }) => {
    const found = typed.length < SHORTEST_DOUBTED && known.includes(typed) ? [] : meant(typed, known);
    return found.length === 0 ? [] : [[typed, found] as const];
  }));
}
