import { containing, startingWith } from '../../../domain/search/search-text.ts';
import type { Context } from '../../context.ts';
import { subjectOf } from '../subject.ts';

interface Metric { readonly kind: 'metric'; readonly id: string; readonly label: string; readonly detail: string }
interface Asked { readonly text: string; readonly projectIds: string[]; readonly take: number; readonly about: string | null }

const MOST_WORDS = 6;
/** So many keys and experiments are looked at where words may name one of each. */
const MOST_KEYS = 100;
const MOST_NAMED = 20;

/**
 * A metric is meant in an experiment that it was logged in: that which is written about first, else the one touched last. Words that are not in its key name the experiment, as in
 * "acc WAL-1", "WAL-1 acc" and "WAL-1/acc". Every key is offered once before any is offered again, but for a key that was typed whole.
 */
export async function mentionableMetrics(context: Context, { text, projectIds, take, about }: Asked): Promise<readonly Metric[]> {
  // An experiment's key before a slash is a word of its own.
  const words = text.toLowerCase().replace(/^([a-z][a-z0-9]*-\d+)\//, '$1 ').split(/\s+/).filter((word) => word !== '').slice(0, MOST_WORDS);
  const parts = words.map(containing);
  const starts = words.map(startingWith);
  const near = about === null ? null : await experimentNear(context, about);
  return context.reader.$queryRaw`
    WITH places AS (
      SELECT x.id, x.project_id, x.name, x.updated_at, p.key || '-' || x.number AS label FROM experiments x JOIN projects p ON p.id = x.project_id WHERE x.project_id = ANY(${projectIds}) AND x.deleted_at IS NULL
    ), keys AS (
      SELECT project_id, key FROM run_keys WHERE project_id = ANY(${projectIds}) AND kind = 'METRIC'
    ), whole AS (
      SELECT * FROM keys WHERE key ILIKE ${containing(text)} OR key ILIKE ALL(${parts}::text[]) ORDER BY key NOT ILIKE ${startingWith(text)}, length(key), key LIMIT ${take}
    ), partly AS (
      SELECT * FROM keys WHERE ${words.length > 1}::boolean AND key ILIKE ANY(${parts}::text[]) ORDER BY length(key), key LIMIT ${MOST_KEYS}
    ), named AS (
      SELECT * FROM places WHERE ${words.length > 1}::boolean AND (label ILIKE ANY(${starts}::text[]) OR name ILIKE ANY(${parts}::text[]))
      ORDER BY lower(label) = ANY(${words}::text[]) DESC, updated_at DESC, id LIMIT ${MOST_NAMED}
    ), found AS (
      SELECT k.key, e.* FROM whole k JOIN LATERAL (
        SELECT x.* FROM places x WHERE x.project_id = k.project_id AND EXISTS (SELECT FROM runs r JOIN metric_series s ON s.run_id = r.id WHERE r.experiment_id = x.id AND s.key = k.key)
        ORDER BY x.id IS NOT DISTINCT FROM ${near}::text DESC, x.updated_at DESC, x.id LIMIT ${take}) e ON true
      UNION
      SELECT k.key, x.* FROM named x JOIN partly k ON k.project_id = x.project_id
      WHERE NOT EXISTS (SELECT FROM unnest(${parts}::text[], ${starts}::text[]) AS w(part, start) WHERE k.key NOT ILIKE w.part AND x.name NOT ILIKE w.part AND x.label NOT ILIKE w.start)
        AND EXISTS (SELECT FROM runs r JOIN metric_series s ON s.run_id = r.id WHERE r.experiment_id = x.id AND s.key = k.key)
    ), ranked AS (
      SELECT *, lower(key) = ANY(${words}::text[]) AS typed, row_number() OVER (PARTITION BY project_id, key ORDER BY lower(label) = ANY(${words}::text[]) DESC, id IS NOT DISTINCT FROM ${near}::text DESC, updated_at DESC, id) AS place FROM found
    )
    SELECT 'metric' AS kind, id || '/' || key AS id, '#' || key AS label, label || ' ' || name AS detail FROM ranked
    ORDER BY typed DESC, CASE WHEN typed THEN 0 ELSE place END, key NOT ILIKE ${startingWith(text)}, length(key), key, id IS NOT DISTINCT FROM ${near}::text DESC, place, updated_at DESC, id LIMIT ${take}`;
}

/** The experiment that something is written in or about: a thread may be about a note, and that about a run. */
async function experimentNear(context: Context, id: string, steps = 3): Promise<string | null> {
  const subject = await subjectOf(context, id);
  if (subject === null) return null;
  if ('experimentId' in subject) return subject.experimentId;
  return 'subjectId' in subject && steps > 0 ? experimentNear(context, subject.subjectId, steps - 1) : subject.id;
}
