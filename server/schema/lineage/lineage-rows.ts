import { MOST_NODES, type Finding, type LineageEdge, type LineageNode } from '../../../domain/lineage/graph.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';

/** What is read: experiments, and how. */
export interface Asked {
  readonly experiments: readonly string[];
  /** Projects that the viewer sees. */
  readonly visible: readonly string[];
  /** Nothing that came later. */
  readonly until: Date;
  /** Whether the runs of a variant are one node. */
  readonly collapse: boolean;
}

/** One more than is answered tells that there is more. */
const MOST = MOST_NODES + 1;
const MOST_EDGES = 4 * MOST_NODES;

const NOTHING = { count: 1, detail: null, key: null, run: null, finding: null, hiddenParents: 0 } as const;

/** A short name for a person to read: the first line, as far as a label goes. */
const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

interface ExperimentRow extends Omit<Finding, 'outcome' | 'metric'> {
  readonly id: string; readonly key: string; readonly name: string; readonly at: Date; readonly hypothesisId: string | null; readonly hidden: number;
  readonly outcome: Finding['outcome'] | null; readonly metric: string | null;
}

/** The experiments with the verdict that they had by then, and what tested what. */
export async function experimentNodes({ reader }: Context, { experiments, visible, until }: Asked): Promise<{ readonly nodes: LineageNode[]; readonly edges: LineageEdge[] }> {
  const ids = [...experiments];
  const [rows, parents] = await Promise.all([
    reader.$queryRaw<ExperimentRow[]>`
      SELECT e.id, p.key || '-' || e.number AS key, e.name, e.created_at AS at, e.hypothesis_id AS "hypothesisId", coalesce(h.hidden, 0)::int AS hidden,
        v.outcome, v.metric, v.effect, v.ci_low AS "ciLow", v.ci_high AS "ciHigh", v.baseline_runs AS "baselineRuns", v.treatment_runs AS "treatmentRuns", v.treatment_id AS "treatmentId"
      FROM experiments e JOIN projects p ON p.id = e.project_id
      LEFT JOIN LATERAL (SELECT * FROM verdicts v WHERE v.experiment_id = e.id AND e.verdict_id IS NOT NULL AND v.computed_at <= ${until} ORDER BY v.computed_at DESC, v.id DESC LIMIT 1) v ON true
      LEFT JOIN (SELECT x.experiment_id, count(*) AS hidden FROM experiment_parents x JOIN experiments o ON o.id = x.parent_id
        WHERE x.experiment_id = ANY(${ids}) AND o.deleted_at IS NULL AND o.project_id <> ALL(${[...visible]}) GROUP BY 1) h ON h.experiment_id = e.id
      WHERE e.id = ANY(${ids})`,
    reader.$queryRaw<{ from: string; to: string }[]>`SELECT parent_id AS "from", experiment_id AS "to" FROM experiment_parents WHERE experiment_id = ANY(${ids}) AND parent_id = ANY(${ids}) ORDER BY 1, 2 LIMIT ${MOST_EDGES}`,
  ]);
  return {
    nodes: rows.map((row) => ({ ...NOTHING, id: row.id, kind: 'EXPERIMENT', label: short(row.name), at: row.at.getTime(), key: row.key, finding: findingOf(row), hiddenParents: row.hidden })),
    edges: [...parents.map(({ from, to }) => ({ from, to, kind: 'LED_TO' as const })), ...rows.flatMap(({ id, hypothesisId }) => (hypothesisId === null ? [] : [{ from: hypothesisId, to: id, kind: 'TESTED_BY' as const }]))],
  };
}

function findingOf({ outcome, metric, effect, ciLow, ciHigh, baselineRuns, treatmentRuns, treatmentId }: ExperimentRow): Finding | null {
  return outcome === null || metric === null ? null : { outcome, metric, effect, ciLow, ciHigh, baselineRuns, treatmentRuns, treatmentId };
}

/** Those that the experiments test, and of a project also those that nobody tested. */
export async function hypothesisNodes({ reader }: Context, { visible, until }: Asked, which: { readonly ids: readonly string[]; readonly projectId: string | null }): Promise<LineageNode[]> {
  const rows = await reader.hypothesis.findMany({
    where: { projectId: { in: [...visible] }, createdAt: { lte: until }, OR: [{ id: { in: [...which.ids] } }, ...(which.projectId === null ? [] : [{ projectId: which.projectId, archivedAt: null }])] },
    select: { id: true, statement: true, createdAt: true, status: true }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MOST,
  });
  return rows.map(({ id, statement, createdAt, status }) => ({ ...NOTHING, id, kind: 'HYPOTHESIS', label: short(statement), at: createdAt.getTime(), detail: status.toLowerCase() }));
}

/** What runs are one node by: their variant, or nothing but themselves. */
const nodeOf = (collapse: boolean): Prisma.Sql => (collapse ? Prisma.sql`coalesce(r.variant_id, r.id)` : Prisma.sql`r.id`);
const ownRuns = ({ experiments, until }: Asked): Prisma.Sql => Prisma.sql`r.experiment_id = ANY(${[...experiments]}) AND r.deleted_at IS NULL AND r.created_at <= ${until}`;

interface RunRow { readonly id: string; readonly experimentId: string; readonly key: string; readonly label: string; readonly role: string | null; readonly n: number; readonly run: string; readonly at: Date; readonly failed: number }

export async function runNodes({ reader }: Context, asked: Asked): Promise<{ readonly nodes: LineageNode[]; readonly edges: LineageEdge[] }> {
  // As in the statistics, one that is excluded is no further sample: so is, from its first moment, one that does another run again.
  const sample = Prisma.sql`(r.excluded_at IS NULL OR r.excluded_at > ${asked.until})`;
  const rows = await reader.$queryRaw<RunRow[]>`
    SELECT ${nodeOf(asked.collapse)} AS id, r.experiment_id AS "experimentId", min(p.key || '-' || e.number) AS key, CASE WHEN count(*) FILTER (WHERE ${sample}) = 1 THEN min(r.name) FILTER (WHERE ${sample}) WHEN count(*) = 1 THEN min(r.name) ELSE coalesce(min(v.label), min(r.name)) END AS label,
      min(v.role::text) AS role, greatest(1, count(*) FILTER (WHERE ${sample}))::int AS n, coalesce(min(r.id) FILTER (WHERE ${sample}), min(r.id)) AS run, least(min(r.started_at), min(r.created_at)) AS at, (count(*) FILTER (WHERE ${sample} AND r.status IN ('FAILED', 'KILLED')))::int AS failed
    FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id LEFT JOIN variants v ON v.id = r.variant_id
    WHERE ${ownRuns(asked)} GROUP BY 1, 2 ORDER BY at DESC, 1 LIMIT ${MOST}`;
  return {
    nodes: rows.map(({ id, key, label, role, n, run, at, failed }) => ({ ...NOTHING, id, kind: 'RUN', label: short(label), at: at.getTime(), count: n, detail: [role?.toLowerCase(), failed > 0 ? `${failed} failed` : undefined].filter((word) => word !== undefined).join(', ') || null, key, run: n === 1 ? run : null })),
    edges: rows.map(({ id, experimentId }) => ({ from: experimentId, to: id, kind: 'RAN' as const })),
  };
}

/** What runs read, made and began. A code version is known by repository, commit and whether it was changed; of runs without a commit nothing is known. */
export async function runEdges({ reader }: Context, asked: Asked): Promise<readonly LineageEdge[]> {
  return reader.$queryRaw<LineageEdge[]>`
    WITH own AS MATERIALIZED (SELECT r.id, ${nodeOf(asked.collapse)} AS node, r.parent_run_id, ${CODE_ID} AS code FROM runs r WHERE ${ownRuns(asked)} ORDER BY r.created_at DESC, r.id LIMIT ${MOST_EDGES})
    SELECT * FROM (
      SELECT 'READ_BY' AS kind, i.dataset_id AS "from", own.node AS "to" FROM own JOIN run_inputs i ON i.run_id = own.id
      UNION SELECT 'READ_BY', m.model_id, own.node FROM own JOIN run_model_inputs m ON m.run_id = own.id
      UNION SELECT 'MADE', own.node, o.model_id FROM own JOIN run_outputs o ON o.run_id = own.id
      UNION SELECT 'MADE', own.node, m.id FROM own JOIN logged_models m ON m.source_run_id = own.id
      UNION SELECT 'CODE_OF', own.code, own.node FROM own WHERE own.code IS NOT NULL
      UNION SELECT 'STARTED', mother.node, own.node FROM own JOIN own mother ON mother.id = own.parent_run_id AND mother.node <> own.node
    ) AS edges LIMIT ${MOST_EDGES}`;
}

const CODE_ID = Prisma.sql`CASE WHEN r.code_commit IS NULL THEN NULL ELSE 'code:' || md5(coalesce(r.code_repository, '')) || '@' || r.code_commit || CASE WHEN r.code_dirty THEN '+' ELSE '' END END`;

export async function codeNodes({ reader }: Context, asked: Asked): Promise<LineageNode[]> {
  const rows = await reader.$queryRaw<{ id: string; commit: string; repository: string | null; dirty: boolean; run: string; at: Date }[]>`
    SELECT ${CODE_ID} AS id, min(r.code_commit) AS commit, min(r.code_repository) AS repository, bool_or(r.code_dirty) AS dirty, (array_agg(r.id ORDER BY r.created_at DESC, r.id))[1] AS run, min(r.created_at) AS at
    FROM runs r WHERE ${ownRuns(asked)} AND r.code_commit IS NOT NULL GROUP BY 1 ORDER BY at DESC, 1 LIMIT ${MOST}`;
  return rows.map(({ id, commit, repository, dirty, run, at }) => ({ ...NOTHING, id, run, kind: 'CODE', label: `${commit.slice(0, 10)}${dirty ? ' with changes' : ''}`, at: at.getTime(), detail: repository === null ? null : short(repository) }));
}
