import { containing, startingWith, type SearchText } from '../../../domain/search/search-text.ts';
import type { Meant } from './meant-words.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import type { Reader } from '../../../adapters/postgres/reader.ts';

/** The matched words stand between these two, which no document contains. */
export const HIGHLIGHT_START = '\uE000';
export const HIGHLIGHT_END = '\uE001';
const FRAGMENT_END = '\uE002';
/** Stand for < and > while Postgres marks words: it would leave out what looks like a tag. */
const LESS = '\uE003';
const GREATER = '\uE004';

/** Most runs, and most other documents or parts of them, that are ranked: the newest that match. Twice as many are found at most; so deep nobody looks. */
const MOST_RANKED = 1000;
/** Texts shorter than this are not looked for inside words: nearly everything contains them. */
const SHORTEST_PART = 3;

export interface FoundDocument {
  readonly subjectId: string;
  /** The document with the words: the thing itself, or the run or thread that speaks for its experiment. */
  readonly sourceId: string;
  readonly kind: string;
  readonly projectId: string;
  readonly changedAt: Date;
  /** More matched than were ranked. The same of all that one question finds. */
  readonly isCut: boolean;
}

/** All words, each in an English inflection or as the beginning of a longer one, or one it may have meant; or what quotes, minus and OR say. */
function queryFor({ text, words, hasOperators }: SearchText, meant: Meant): Prisma.Sql {
  if (hasOperators) return Prisma.sql`(websearch_to_tsquery('english', ${text}) || websearch_to_tsquery('simple', translate(${text}, '_./=:', '     ')))`;
  const like = (word: string): Prisma.Sql => Prisma.sql`plainto_tsquery('english', ${word}) || plainto_tsquery('simple', ${word})`;
  return Prisma.join(words.map((word) => Prisma.sql`(${Prisma.join([Prisma.sql`plainto_tsquery('english', ${word}) || to_tsquery('simple', ${`${word}:*`})`, ...(meant.get(word) ?? []).map(like)], ' || ')})`), ' && ');
}

/** Where the text stands somewhere inside, such as "utmi" in CutMix; the expression of the trigram index. */
const inside = ({ text, hasOperators }: SearchText): Prisma.Sql =>
  hasOperators || text.length < SHORTEST_PART ? Prisma.sql`false` : Prisma.sql`(left(d.title, 2000) || ' ' || left(d.body, 8000)) ILIKE ${containing(text)}`;

/** Runs and all else lie apart, so that Postgres knows of each how frequent a word is there. */
const RUNS = Prisma.sql`d.subject_kind = 'run'`;
const TEXTS = Prisma.sql`d.subject_kind <> 'run'`;

/** Whether its name begins with the text; an experiment's title is its key and its name, and both count. Each is the expression of an index. */
const named = ({ text }: SearchText): Prisma.Sql =>
  Prisma.sql`(lower(left(d.title, 200)) LIKE lower(${startingWith(text)}) OR d.subject_kind = 'experiment' AND lower(substr(left(d.title, 200), strpos(d.title, ' ') + 1)) LIKE lower(${startingWith(text)}))`;

interface Asked { readonly search: SearchText; readonly query: Prisma.Sql; readonly projectIds: readonly string[] }

/** The newest that meet a condition with their rank, and one more than are ranked, which tells that there are more. The rank is told where they are found: to look each up once more takes as long as finding it. */
const newest = ({ search, query, projectIds }: Asked, kind: Prisma.Sql, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`(
      SELECT d.subject_id, d.part, d.subject_kind, d.project_id, d.updated_at,
        ts_rank_cd(d.words, ${query}, 32) + CASE WHEN ${named(search)} THEN 2.0 WHEN d.title ILIKE ${containing(search.text)} THEN 1.0 ELSE 0 END AS rank
      FROM (SELECT d.* FROM search_documents d WHERE d.project_id = ANY(${[...projectIds]}) AND ${kind} AND ${condition} ORDER BY d.updated_at DESC, d.subject_id, d.part LIMIT ${MOST_RANKED + 1}) AS d)`;

/**
 * What matches, best first: what is named so from its beginning, then what has the text in its name or statement, then all else; among alike by how often and how close together the words stand, which 32 keeps below one.
 * Runs and threads speak for their experiment too: a param's name or a word of a comment finds the experiment, above what it was found by.
 * Only the newest are ranked; ranking needs the words of each match, which are read one by one. What has the text inside of words is looked for where the words alone found less than that,
 * and what is called what was typed in any case (docs/decisions/0179-the-newest-are-ranked.md, 0190-runs-are-searched-apart.md).
 */
export function findDocuments(reader: Reader, search: SearchText, { projectIds, meant }: { readonly projectIds: readonly string[]; readonly meant: Meant }): Promise<FoundDocument[]> {
  const query = queryFor(search, meant);
  const worded = Prisma.sql`d.words @@ (${query})`;
  const of = (kind: Prisma.Sql, condition: Prisma.Sql): Prisma.Sql => newest({ search, query, projectIds }, kind, condition);
  return reader.$queryRaw<FoundDocument[]>`
    WITH runs_worded AS MATERIALIZED ${of(RUNS, worded)},
    texts_worded AS MATERIALIZED ${of(TEXTS, worded)},
    runs_inside AS MATERIALIZED ${of(RUNS, Prisma.sql`(SELECT count(*) FROM runs_worded) <= ${MOST_RANKED} AND ${inside(search)}`)},
    texts_inside AS MATERIALIZED ${of(TEXTS, Prisma.sql`(SELECT count(*) FROM texts_worded) <= ${MOST_RANKED} AND ${inside(search)}`)},
    named AS MATERIALIZED ${of(TEXTS, named(search))},
    candidates AS MATERIALIZED (
      SELECT * FROM named UNION SELECT * FROM runs_worded UNION SELECT * FROM texts_worded UNION SELECT * FROM runs_inside UNION SELECT * FROM texts_inside
    ), parts AS (
      SELECT * FROM candidates ORDER BY rank DESC, updated_at DESC, subject_id LIMIT ${2 * MOST_RANKED}
    ), matched AS (
      SELECT DISTINCT ON (subject_id) * FROM parts ORDER BY subject_id, rank DESC, updated_at DESC
    ), spoken_for AS (
      SELECT e.id AS subject_id, (array_agg(m.subject_id ORDER BY m.rank DESC, m.subject_id))[1] AS source_id, e.project_id, max(m.rank) * 1.01 + 0.001 AS rank, max(m.updated_at) AS updated_at
      FROM matched m
        LEFT JOIN threads t ON m.subject_kind = 'thread' AND t.id = m.subject_id
        LEFT JOIN variants v ON v.id = t.subject_id
        LEFT JOIN runs r ON r.id = CASE WHEN m.subject_kind = 'run' THEN m.subject_id ELSE t.subject_id END
        JOIN experiments e ON e.id = coalesce(r.experiment_id, v.experiment_id, t.subject_id) AND e.deleted_at IS NULL
      WHERE m.subject_kind IN ('run', 'thread') AND NOT EXISTS (SELECT 1 FROM matched itself WHERE itself.subject_id = e.id)
      GROUP BY e.id
    ), found AS (
      SELECT subject_id, subject_id AS source_id, subject_kind, project_id, rank, updated_at FROM matched UNION ALL SELECT subject_id, source_id, 'experiment', project_id, rank, updated_at FROM spoken_for
    )
    SELECT subject_id AS "subjectId", source_id AS "sourceId", subject_kind AS kind, project_id AS "projectId", updated_at AS "changedAt",
      (SELECT count(*) > ${2 * MOST_RANKED} FROM candidates) OR ${MOST_RANKED} < greatest((SELECT count(*) FROM runs_worded), (SELECT count(*) FROM texts_worded), (SELECT count(*) FROM runs_inside), (SELECT count(*) FROM texts_inside)) AS "isCut"
    FROM found
    ORDER BY rank DESC, updated_at DESC, subject_id`;
}

/** A few fragments of each document, from the part that matches best, with the matched words marked; of its title only where the words stand nowhere else, for the title is shown beside. */
export async function highlightsOf(reader: Reader, search: SearchText, { documentIds, meant }: { readonly documentIds: readonly string[]; readonly meant: Meant }): Promise<ReadonlyMap<string, readonly string[]>> {
  const options = `StartSel=${HIGHLIGHT_START}, StopSel=${HIGHLIGHT_END}, FragmentDelimiter=${FRAGMENT_END}, MaxFragments=3, MaxWords=18, MinWords=6`;
  const safe = (text: Prisma.Sql): Prisma.Sql => Prisma.sql`translate(${text}, ${`<>${HIGHLIGHT_START}${HIGHLIGHT_END}${FRAGMENT_END}`}, ${LESS + GREATER})`;
  const rows = await reader.$queryRaw<{ id: string; texts: string[]; headlines: string[] }[]>`
    SELECT id, ARRAY[body, title] AS texts, ARRAY[ts_headline('english', body, query, ${options}), ts_headline('english', title, query, ${options})] AS headlines
    FROM (SELECT ${queryFor(search, meant)} AS query) q, LATERAL (
      SELECT DISTINCT ON (d.subject_id) d.subject_id AS id, ${safe(Prisma.sql`left(d.title, 2000)`)} AS title, ${safe(Prisma.sql`left(d.body, 20000)`)} AS body
      FROM search_documents d WHERE d.subject_id = ANY(${[...documentIds]})
      ORDER BY d.subject_id, (d.words @@ q.query OR ${inside(search)}) DESC, ts_rank_cd(d.words, q.query) DESC, d.part) found`;
  return new Map(rows.map(({ id, texts, headlines }) => [id, [...headlines.map(marked), ...texts.map((text) => partOf(withTags(text), search.text))].find(({ length }) => length > 0) ?? []]));
}

const withTags = (text: string): string => text.replaceAll(LESS, '<').replaceAll(GREATER, '>');

const marked = (headline: string): string[] => withTags(headline).split(FRAGMENT_END).map((fragment) => fragment.trim()).filter((fragment) => fragment.includes(HIGHLIGHT_START));

const AROUND = 60;

/** What was found inside a longer word is not marked by Postgres, which knows whole words only. */
function partOf(text: string, wanted: string): string[] {
  const at = text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return [];
  const end = at + wanted.length;
  return [`${text.slice(Math.max(0, at - AROUND), at)}${HIGHLIGHT_START}${text.slice(at, end)}${HIGHLIGHT_END}${text.slice(end, end + AROUND)}`.trim()];
}
