import { Prisma } from '../../../generated/prisma/client.ts';
import { batched, batchedRows } from '../../batched.ts';
import { childConnection } from '../children.ts';
import { experimentInSight } from '../loaders.ts';

// What hangs on an experiment, for many experiments at once. The caller has made sure that the viewer sees the experiment.

/** Most of a kind that are read for one experiment. */
export const MOST_VARIANTS = 200;
const MOST_RELATIVES = 200;

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

export const runsOf = childConnection<Prisma.RunModel>({
  table: Prisma.sql`runs`,
  parent: Prisma.sql`experiment_id`,
  condition: Prisma.sql`deleted_at IS NULL`,
  load: (ids, { reader }) => reader.run.findMany({ where: { id: { in: [...ids] } } }),
});

/** The baseline first, then in the order they appeared. */
export const variantsOf = batchedRows<string, readonly Prisma.VariantModel[]>(async (experimentIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT v.id, row_number() OVER (PARTITION BY v.experiment_id ORDER BY v.role, v.created_at, v.id) AS place
      FROM variants v WHERE v.experiment_id = ANY(${[...experimentIds]})) AS ranked WHERE place <= ${MOST_VARIANTS}`;
  const rows = await reader.variant.findMany({ where: { id: { in: found.map((each) => each.id) } }, orderBy: [{ role: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }] });
  return grouped(rows, (row) => row.experimentId);
});

export const parentsOf = batched<string, readonly Prisma.ExperimentModel[]>(async (ids, context) => {
  const links = await context.reader.experimentParent.findMany({
    where: { experimentId: { in: [...ids] }, parent: experimentInSight(context) },
    include: { parent: true },
    orderBy: { parentId: 'asc' },
    take: MOST_RELATIVES * ids.length,
  });
  return new Map([...grouped(links, (link) => link.experimentId)].map(([id, group]) => [id, group.map((link) => link.parent)]));
});

export const childrenOf = batched<string, readonly Prisma.ExperimentModel[]>(async (ids, context) => {
  const links = await context.reader.experimentParent.findMany({
    where: { parentId: { in: [...ids] }, experiment: experimentInSight(context) },
    include: { experiment: true },
    orderBy: { experimentId: 'asc' },
    take: MOST_RELATIVES * ids.length,
  });
  return new Map([...grouped(links, (link) => link.parentId)].map(([id, group]) => [id, group.map((link) => link.experiment)]));
});

/** Oldest first; of very many, the newest. */
export const reviewsOf = batchedRows<string, readonly Prisma.ReviewModel[]>(async (experimentIds, { reader }) => {
  const newest = await reader.review.findMany({ where: { experimentId: { in: [...experimentIds] } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_RELATIVES * experimentIds.length });
  return grouped(newest.toReversed(), (row) => row.experimentId);
});

interface Counts { readonly all: number; readonly active: number; readonly ailing: number; readonly counted: number; readonly excluded: number; readonly failed: number }
/** With how many of the counted ones each person logged. */
export interface RunCounts extends Counts { readonly logged: ReadonlyMap<string, number> }
const NONE: Counts = { all: 0, active: 0, ailing: 0, counted: 0, excluded: 0, failed: 0 };
export const NO_RUNS: RunCounts = { ...NONE, logged: new Map() };

/** Deleted runs count nowhere. */
export const runCountsOf = batchedRows<string, RunCounts>(async (experimentIds, { reader }) => {
  const rows = await reader.$queryRaw<(Record<keyof Counts, bigint> & { experiment_id: string; person: string | null })[]>`
    SELECT experiment_id, created_by_id AS person, count(*) AS all,
      count(*) FILTER (WHERE status IN ('RUNNING', 'SCHEDULED')) AS active,
      count(*) FILTER (WHERE status = 'RUNNING' AND h.state <> 'HEALTHY') AS ailing,
      count(*) FILTER (WHERE status = 'FINISHED' AND excluded_at IS NULL) AS counted,
      count(*) FILTER (WHERE excluded_at IS NOT NULL) AS excluded,
      count(*) FILTER (WHERE status IN ('FAILED', 'KILLED') AND excluded_at IS NULL) AS failed
    FROM runs LEFT JOIN run_health h ON h.run_id = runs.id WHERE experiment_id = ANY(${[...experimentIds]}) AND deleted_at IS NULL GROUP BY experiment_id, created_by_id`;
  return new Map([...grouped(rows, (row) => row.experiment_id)].map(([id, own]) => [id, {
    ...own.reduce<Counts>((sum, row) => ({ all: sum.all + Number(row.all), active: sum.active + Number(row.active), ailing: sum.ailing + Number(row.ailing), counted: sum.counted + Number(row.counted), excluded: sum.excluded + Number(row.excluded), failed: sum.failed + Number(row.failed) }), NONE),
    logged: new Map(own.flatMap(({ person, counted }) => (person === null || counted === 0n ? [] : [[person, Number(counted)]]))),
  }]));
});

/** Counted runs that had ended before the prediction was what it is now: stated, or its metric, direction or bar changed. */
export const runsBeforeHypothesisOf = batchedRows<string, number>(async (experimentIds, { reader }) => {
  const rows = await reader.$queryRaw<{ experiment_id: string; runs: bigint }[]>`
    SELECT r.experiment_id, count(*) AS runs
    FROM experiments e JOIN hypotheses h ON h.id = e.hypothesis_id JOIN runs r ON r.experiment_id = e.id
    WHERE e.id = ANY(${[...experimentIds]}) AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL
      AND r.ended_at < greatest(h.created_at, (
        SELECT max(a.at) FROM audit_events a WHERE a.subject_id = h.id AND a.action = 'hypothesis.updated' AND a.detail ->> 'prediction' = 'true'))
    GROUP BY r.experiment_id`;
  return new Map(rows.map((row) => [row.experiment_id, Number(row.runs)]));
});

export interface EvidenceParts { readonly code: readonly string[]; readonly data: readonly string[]; readonly environment: readonly string[] }
export const NO_PARTS: EvidenceParts = { code: [], data: [], environment: [] };

/** The code, data and environment versions of the counted runs, as a reader would name them. */
export const evidencePartsOf = batchedRows<string, EvidenceParts>(async (experimentIds, { reader }) => {
  const ids = [...experimentIds];
  const [code, data, environment] = await Promise.all([
    reader.$queryRaw<{ id: string; name: string }[]>`
      SELECT DISTINCT experiment_id AS id, coalesce(code_repository || ' ', '') || left(code_commit, 12) || CASE WHEN code_dirty THEN ' with uncommitted changes' ELSE '' END AS name
      FROM runs WHERE experiment_id = ANY(${ids}) AND status = 'FINISHED' AND deleted_at IS NULL AND excluded_at IS NULL AND code_commit IS NOT NULL ORDER BY 1, 2 LIMIT 1000`,
    reader.$queryRaw<{ id: string; name: string }[]>`
      SELECT DISTINCT r.experiment_id AS id, d.name || ' ' || left(d.digest, 12) AS name
      FROM runs r JOIN run_inputs i ON i.run_id = r.id JOIN datasets d ON d.id = i.dataset_id
      WHERE r.experiment_id = ANY(${ids}) AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL ORDER BY 1, 2 LIMIT 1000`,
    reader.$queryRaw<{ id: string; name: string }[]>`
      SELECT DISTINCT r.experiment_id AS id, left(e.digest, 12) AS name FROM runs r JOIN environments e ON e.id = r.environment_id
      WHERE r.experiment_id = ANY(${ids}) AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL ORDER BY 1, 2 LIMIT 1000`,
  ]);
  const namesIn = (rows: readonly { id: string; name: string }[], id: string) => rows.filter((row) => row.id === id).map((row) => row.name);
  return new Map(ids.map((id) => [id, { code: namesIn(code, id), data: namesIn(data, id), environment: namesIn(environment, id) }]));
});
