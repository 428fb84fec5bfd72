import type { Reader } from '../../../adapters/postgres/reader.ts';
import { searchTextFrom } from '../../../domain/search/search-text.ts';
import type { FoundBy } from '../../../domain/tried/tries.ts';
import { Prisma } from '../../../generated/prisma/client.ts';

/** What people wrote about it: ids, the newest first. */
export interface FoundTexts {
  readonly experiments: ReadonlyMap<string, FoundBy>;
  /** Of hypotheses that no experiment tested. */
  readonly untested: readonly string[];
  readonly threads: readonly string[];
  readonly notes: readonly string[];
}

/** Shorter beginnings of words are in too many words. */
const SHORTEST_BEGINNING = 3;
/** Most texts that are looked at; the newest. */
const MOST_TEXTS = 2000;
const NOTHING: FoundTexts = { experiments: new Map(), untested: [], threads: [], notes: [] };

/** Every word must occur, in an English inflection, or as the beginning of a longer one. */
const queryOf = (words: readonly string[]): Prisma.Sql => Prisma.join(words.map((word) => (word.length < SHORTEST_BEGINNING
  ? Prisma.sql`plainto_tsquery('simple', ${word})`
  : Prisma.sql`(plainto_tsquery('english', ${word}) || to_tsquery('simple', ${`${word}:*`}))`)), ' && ');

/** What is said of the words in experiments, hypotheses, notes and threads, and the experiments these are about or mention. Runs say nothing here: their params are what the variables are. */
export async function foundTexts(reader: Reader, about: string, projectIds: readonly string[]): Promise<FoundTexts> {
  const words = searchTextFrom(about)?.words ?? [];
  if (words.length === 0) return NOTHING;
  const rows = await reader.$queryRaw<{ kind: string; id: string; experimentId: string | null }[]>`
    WITH said AS MATERIALIZED (
      SELECT d.subject_kind AS kind, d.subject_id AS id, max(d.updated_at) AS at FROM search_documents d
      WHERE d.project_id = ANY(${[...projectIds]}) AND d.subject_kind IN ('experiment', 'hypothesis', 'note', 'thread') AND d.words @@ (${queryOf(words)})
      GROUP BY 1, 2 ORDER BY at DESC, id LIMIT ${MOST_TEXTS}
    ), about AS (
      SELECT kind, id, id AS subject FROM said WHERE kind = 'experiment'
      UNION ALL SELECT s.kind, s.id, e.id FROM said s JOIN experiments e ON e.hypothesis_id = s.id WHERE s.kind = 'hypothesis'
      UNION ALL SELECT s.kind, s.id, t.subject_id FROM said s JOIN threads t ON t.id = s.id WHERE s.kind = 'thread'
      UNION ALL SELECT s.kind, s.id, n.subject_id FROM said s JOIN notes n ON n.id = s.id AND n.deleted_at IS NULL WHERE s.kind = 'note'
      UNION ALL SELECT s.kind, s.id, m.target_id FROM said s JOIN mentions m ON m.source_id = s.id AND m.target_kind = 'experiment' WHERE s.kind = 'note'
    )
    SELECT s.kind, s.id, e.id AS "experimentId" FROM said s LEFT JOIN about a ON a.id = s.id
      LEFT JOIN variants v ON v.id = a.subject LEFT JOIN runs r ON r.id = a.subject
      LEFT JOIN experiments e ON e.id = coalesce(v.experiment_id, r.experiment_id, a.subject) AND e.deleted_at IS NULL AND e.project_id = ANY(${[...projectIds]})
    ORDER BY s.at DESC, s.id`;
  return gathered(rows);
}

/** What says most first. An experiment is found by its hypothesis' words too, and then that is what found it. */
const WEIGHTS = { hypothesis: 'HYPOTHESIS', experiment: 'EXPERIMENT', note: 'NOTE', thread: 'THREAD' } as const;

function gathered(rows: readonly { readonly kind: string; readonly id: string; readonly experimentId: string | null }[]): FoundTexts {
  const experiments = new Map<string, FoundBy>();
  for (const [kind, foundBy] of Object.entries(WEIGHTS)) for (const row of rows) if (row.kind === kind && row.experimentId !== null && !experiments.has(row.experimentId)) experiments.set(row.experimentId, foundBy);
  const of = (kind: string): string[] => [...new Set(rows.filter((row) => row.kind === kind).map(({ id }) => id))];
  const tested = new Set(rows.filter((row) => row.kind === 'hypothesis' && row.experimentId !== null).map(({ id }) => id));
  return { experiments, untested: of('hypothesis').filter((id) => !tested.has(id)), threads: of('thread'), notes: of('note') };
}
