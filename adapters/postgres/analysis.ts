import type { AnalysisInputs, AnalysisRecords, AnalysisResult, NewVerdict } from '../../operations/ports/analysis.ts';
import type { Contender } from '../../domain/experiments/new-best.ts';
import type { AnalysedVariant } from '../../domain/experiments/analyse.ts';
import type { EnvironmentContent } from '../../domain/runs/environment.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from './tx.ts';

export const analysisRecords = (tx: Tx): AnalysisRecords => ({
  loadIfBehind: (experimentId) => loadIfBehind(tx, experimentId),
  save: (result) => save(tx, result),
  async approvalsOf(experimentId, evidenceDigest) {
    const found = await tx.review.findMany({ where: { experimentId, evidenceDigest, state: 'APPROVED' }, select: { id: true } });
    return found.map(({ id }) => id);
  },
  contenders: (projectId, { metric, direction }) => tx.$queryRaw<Contender[]>`
    SELECT e.id AS "experimentId", array_agg(s.last_value ORDER BY r.id) AS values
    FROM (SELECT e.id, v.treatment_id, v.computed_at FROM experiments e JOIN verdicts v ON v.id = e.verdict_id JOIN hypotheses h ON h.id = e.hypothesis_id
      WHERE e.project_id = ${projectId} AND e.deleted_at IS NULL AND e.archived_at IS NULL AND v.outcome = 'SUPPORTED' AND v.metric = ${metric} AND h.direction = ${direction}::direction
      ORDER BY v.computed_at DESC LIMIT 200) AS e
    JOIN runs r ON r.variant_id = e.treatment_id AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL
    JOIN metric_series s ON s.run_id = r.id AND s.key = ${metric} AND abs(s.last_value) <= 1e150
    GROUP BY e.id, e.computed_at ORDER BY e.computed_at DESC`,
  async hypothesisEvidence(hypothesisId) {
    await tx.$queryRaw`SELECT 1 FROM hypotheses WHERE id = ${hypothesisId} FOR UPDATE`;
    const speaking = { hypothesisId, archivedAt: null, deletedAt: null };
    const [activeRuns, experiments] = [
      await tx.run.count({ where: { deletedAt: null, status: { in: ['SCHEDULED', 'RUNNING'] }, experiment: speaking } }),
      await tx.experiment.findMany({ where: speaking, select: { verdict: { select: { outcome: true, baselineRuns: true, treatmentRuns: true } } } }),
    ];
    return { experiments: experiments.length, activeRuns, verdicts: experiments.map(({ verdict }) => verdict).filter((verdict) => verdict !== null) };
  },
  async behind(limit) {
    return tx.$queryRaw<{ experimentId: string; inputsVersion: number }[]>`
      SELECT id AS "experimentId", inputs_version AS "inputsVersion" FROM experiments WHERE analysed_version < inputs_version LIMIT ${limit}`;
  },
});

/** The version first: whatever the later statements see beyond it is announced with a higher one. */
async function loadIfBehind(tx: Tx, experimentId: string): Promise<AnalysisInputs | null> {
  const experiment = await tx.experiment.findUnique({ where: { id: experimentId } });
  if (!experiment || experiment.analysedVersion >= experiment.inputsVersion) return null;
  const [hypothesis, verdict, baseline, runs] = [
    experiment.hypothesisId === null ? null : await tx.hypothesis.findUnique({ where: { id: experiment.hypothesisId } }),
    experiment.verdictId === null ? null : await tx.verdict.findUnique({ where: { id: experiment.verdictId }, select: { id: true, outcome: true, inputsDigest: true, softwareVersion: true } }),
    experiment.baselineFingerprint === null ? null : await tx.variant.findFirst({ where: { experimentId, fingerprint: experiment.baselineFingerprint }, select: { label: true } }),
    await loadRuns(tx, experimentId),
  ];
  const { projectId, hypothesisId, description, design, baselineFingerprint, inputsVersion, evidenceDigest } = experiment;
  return { experimentId, projectId, hypothesisId, description, design, baselineFingerprint, inputsVersion, evidenceDigest, hypothesis, verdict, baselineLabel: baseline?.label ?? null, runs };
}

type LoadedRun = Omit<AnalysisInputs['runs'][number], 'params' | 'environment'> & { readonly params: Readonly<Record<string, string>>; readonly environmentId: string | null };

/** One statement for all runs, whatever their number. */
async function loadRuns(tx: Tx, experimentId: string): Promise<AnalysisInputs['runs']> {
  const runs = await tx.$queryRaw<LoadedRun[]>`
    SELECT r.id, r.status::text AS status, r.seed, r.variant_id AS "variantId", r.excluded_at IS NOT NULL AS excluded,
      r.status = 'RUNNING' AND EXISTS (SELECT 1 FROM metric_heads m WHERE m.run_id = r.id) AS logging, r.source_name AS "sourceName",
      r.code_commit AS "codeCommit", r.code_repository AS "codeRepository", r.code_dirty AS "codeDirty", r.code_diff AS "codeDiff", r.environment_id AS "environmentId",
      coalesce((SELECT jsonb_object_agg(p.key, p.value) FROM run_params p WHERE p.run_id = r.id), '{}') AS params,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', d.name, 'digest', d.digest, 'meaning', d.meaning, 'context', c.context) ORDER BY d.id, c.context)
        FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id CROSS JOIN LATERAL unnest((i.tags ->> 'mlflow.data.context') || i.further_contexts) AS c (context) WHERE i.run_id = r.id), '[]') AS datasets
    FROM runs r WHERE r.experiment_id = ${experimentId} AND r.deleted_at IS NULL ORDER BY r.started_at NULLS LAST, r.id`;
  const ids = [...new Set(runs.map(({ environmentId }) => environmentId).filter((id) => id !== null))];
  const environments = new Map((await tx.environment.findMany({ where: { id: { in: ids } } })).map(({ id, content }) => [id, content as unknown as EnvironmentContent]));
  return runs.map(({ environmentId, params, ...run }) => ({ ...run, params: new Map(Object.entries(params)), environment: environments.get(environmentId ?? '') ?? null }));
}

async function save(tx: Tx, result: AnalysisResult): Promise<boolean> {
  const { experimentId, inputsVersion } = result;
  // Takes the experiment's row lock: of two results the newer stays, whichever comes first.
  const taken = await tx.$executeRaw`UPDATE experiments SET analysed_version = ${inputsVersion} WHERE id = ${experimentId} AND analysed_version < ${inputsVersion}`;
  if (taken === 0) return false;
  await saveVariants(tx, experimentId, result.variants);
  await moveRuns(tx, experimentId, result.moved);
  await dropEmptyVariants(tx, experimentId, result.variants);
  if (result.verdict !== null && result.verdict !== 'kept') await insertVerdict(tx, result, result.verdict);
  await tx.$executeRaw`
    UPDATE experiments SET analysed_at = ${result.at}, evidence_digest = ${result.evidenceDigest}, changed_variables = ${JSON.stringify(result.changedVariables)}::jsonb
    WHERE id = ${experimentId}`;
  if (result.verdict !== 'kept') await tx.$executeRaw`UPDATE experiments SET verdict_id = ${result.verdict?.id ?? null} WHERE id = ${experimentId}`;
  return true;
}

async function saveVariants(tx: Tx, experimentId: string, variants: readonly AnalysedVariant[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO variants (id, experiment_id, fingerprint, label, role, params, changed)
    SELECT v.id, ${experimentId}, v.fingerprint, v.label, v.role::variant_role, v.params, v.changed
    FROM jsonb_to_recordset(${JSON.stringify(variants)}::jsonb) AS v(id text, fingerprint text, label text, role text, params jsonb, changed jsonb)
    ON CONFLICT (experiment_id, fingerprint) DO UPDATE SET label = excluded.label, role = excluded.role, params = excluded.params, changed = excluded.changed`;
}

async function moveRuns(tx: Tx, experimentId: string, moved: AnalysisResult['moved']): Promise<void> {
  if (moved.length === 0) return;
  // A run that was moved to another experiment meanwhile is that experiment's business.
  await tx.$executeRaw`
    UPDATE runs SET variant_id = m."variantId" FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m("runId" text, "variantId" text)
    WHERE runs.id = m."runId" AND runs.experiment_id = ${experimentId}`;
}

/** The baseline stays without runs: they may be restored, and the verdict's sentence names it. */
async function dropEmptyVariants(tx: Tx, experimentId: string, variants: readonly AnalysedVariant[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM variants v USING experiments e WHERE e.id = v.experiment_id AND v.experiment_id = ${experimentId}
      AND NOT v.id = ANY(${variants.map(({ id }) => id)}) AND v.fingerprint IS DISTINCT FROM e.baseline_fingerprint`;
}

async function insertVerdict(tx: Tx, { experimentId, inputsVersion, at }: AnalysisResult, { id, judgement, inputsDigest, softwareVersion }: NewVerdict): Promise<void> {
  const { comparisons, guardrails, ...figures } = judgement;
  await tx.verdict.create({
    data: {
      id, experimentId, inputsVersion, inputsDigest, softwareVersion, computedAt: at, ...figures,
      comparisons: comparisons as unknown as Prisma.InputJsonArray,
      guardrails: guardrails as unknown as Prisma.InputJsonArray,
    },
  });
}
