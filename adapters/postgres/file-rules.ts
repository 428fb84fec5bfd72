import { Prisma } from '../../generated/prisma/client.ts';
import type { FileRuleRecords, FilesRemoved } from '../../operations/ports/file-rules.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import type { Tx } from './tx.ts';

interface Asked { readonly projectId: string; readonly before: Date; readonly now: Date }

/**
 * The one place that says which files a project's rule may remove: `r` is a run, `e` its experiment, `a` a file of the run. Files of logged models have the model as their owner, so no `r` is found for them.
 * What is held is asked for as lists, each read once for the whole question. A NULL in such a list makes NOT IN unknown, and then nothing goes: a fault here keeps files, it never loses one.
 */
const mayGo = ({ projectId, before, now }: Asked): Prisma.Sql => Prisma.sql`
  e.project_id = ${projectId}
  -- Runs that are at work, or have said no end.
  AND r.status NOT IN ('RUNNING', 'SCHEDULED') AND r.ended_at < ${before}
  -- A file that came later than its run ended, as imported ones do, is kept its days as well.
  AND a.created_at < ${before}
  -- What lies in the bin is restored whole.
  AND r.deleted_at IS NULL AND e.deleted_at IS NULL
  -- While the analysis is behind, nobody knows which variant is the baseline and which the best.
  AND e.analysed_version = e.inputs_version
  -- Code that was captured: without it nothing is run again.
  AND a.path <> 'lemma' AND NOT starts_with(a.path, 'lemma/')
  -- The baseline, what any verdict found supported, and the best that the current verdict compares.
  AND coalesce(r.variant_id, '') NOT IN (
    SELECT v.id FROM variants v JOIN experiments b ON b.id = v.experiment_id WHERE b.project_id = ${projectId} AND (v.role = 'BASELINE' OR v.fingerprint = b.baseline_fingerprint)
    UNION ALL SELECT d.treatment_id FROM verdicts d JOIN experiments b ON b.id = d.experiment_id WHERE b.project_id = ${projectId} AND d.treatment_id IS NOT NULL AND (d.outcome = 'SUPPORTED' OR d.id = b.verdict_id))
  -- Experiments that were approved, or whose review was asked for or is under way; a dismissed review holds nothing.
  AND e.id NOT IN (SELECT w.experiment_id FROM reviews w WHERE w.state <> 'COMMENTED' AND NOT EXISTS (SELECT FROM review_dismissals x WHERE x.review_id = w.id))
  -- Runs that a version of a registered model came from, by itself or through its logged model.
  AND r.id NOT IN (
    SELECT v.run_id FROM model_versions v WHERE v.run_id IS NOT NULL
    UNION ALL SELECT m.source_run_id FROM model_versions v JOIN logged_models m ON m.id = v.model_id WHERE m.source_run_id IS NOT NULL)
  -- Runs that logged a model: as a thing of its own, or among their files, as MLflow 2 does.
  AND NOT EXISTS (SELECT FROM logged_models m WHERE m.source_run_id = r.id) AND NOT EXISTS (SELECT FROM run_outputs o WHERE o.run_id = r.id)
  AND NOT EXISTS (SELECT FROM run_tags t WHERE t.run_id = r.id AND t.key = ${TAG.loggedModels})
  -- What a frozen page that still opens shows.
  AND r.id NOT IN (SELECT s.subject_id FROM share_links s WHERE ${frozen(projectId, now)} UNION ALL SELECT unnest(s.compared_runs) FROM share_links s WHERE ${frozen(projectId, now)})
  AND e.id NOT IN (SELECT s.subject_id FROM share_links s WHERE ${frozen(projectId, now)} UNION ALL SELECT unnest(s.frozen_experiments) FROM share_links s WHERE ${frozen(projectId, now)})
  -- Runs that a note or a comment mentions.
  AND NOT EXISTS (SELECT FROM mentions n WHERE n.target_kind = 'run' AND n.target_id = r.id)
  -- Files that are talked about, on the run itself or on its experiment.
  AND NOT EXISTS (SELECT FROM threads t WHERE t.anchor->>'kind' = 'artifact' AND (t.subject_id = r.id OR (t.subject_id = e.id AND position(r.id IN t.anchor::text) > 0)))`;

const frozen = (projectId: string, now: Date): Prisma.Sql => Prisma.sql`s.project_id = ${projectId} AND s.frozen IS NOT NULL AND s.revoked_at IS NULL AND s.expires_at > ${now}`;

const FROM = Prisma.sql`FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN artifacts a ON a.owner_id = r.id`;

export const fileRuleRecords = (tx: Tx): FileRuleRecords => ({
  async days(projectId) { return (await tx.fileRule.findUnique({ where: { projectId } }))?.days ?? null; },
  async setDays(projectId, days) {
    if (days === null) await tx.fileRule.deleteMany({ where: { projectId } });
    else await tx.fileRule.upsert({ where: { projectId }, create: { projectId, days }, update: { days } });
  },
  rules: (after, limit) => tx.fileRule.findMany({ where: { projectId: { gt: after } }, orderBy: { projectId: 'asc' }, take: limit }),
  async wouldGo(projectId, at) {
    return counted(await tx.$queryRaw<Counted[]>`SELECT count(*) AS files, coalesce(sum(a.size), 0)::bigint AS bytes ${FROM} WHERE ${mayGo({ projectId, ...at })}`);
  },
  async takeRuns(projectId, { after, limit, ...at }) {
    const found = await tx.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM runs r WHERE r.id IN (SELECT r.id ${FROM} WHERE r.id > ${after} AND ${mayGo({ projectId, ...at })} GROUP BY r.id ORDER BY r.id LIMIT ${limit}) ORDER BY r.id FOR UPDATE OF r SKIP LOCKED`;
    return found.map(({ id }) => id);
  },
  async remove(projectId, runIds, { most, ...at }) {
    return counted(await tx.$queryRaw<Counted[]>`
      WITH going AS (SELECT a.owner_id, a.path ${FROM} WHERE r.id = ANY(${[...runIds]}) AND ${mayGo({ projectId, ...at })} LIMIT ${most}),
      gone AS (DELETE FROM artifacts a USING going g WHERE a.owner_id = g.owner_id AND a.path = g.path AND a.created_at < ${at.before} RETURNING a.owner_id, a.path, a.sha256, a.size, a.created_at),
      noted AS (INSERT INTO removed_files (run_id, path, sha256, size, created_at, removed_at) SELECT owner_id, path, sha256, size, created_at, ${at.now} FROM gone
        ON CONFLICT (run_id, path) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, created_at = excluded.created_at, removed_at = excluded.removed_at)
      SELECT count(*) AS files, coalesce(sum(size), 0)::bigint AS bytes FROM gone`);
  },
});

interface Counted { readonly files: bigint; readonly bytes: bigint }

function counted([row]: readonly Counted[]): FilesRemoved {
  return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
}
