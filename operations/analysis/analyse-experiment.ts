import { analyse, counts, type Analysis, type LastValue } from '../../domain/experiments/analyse.ts';
import { newBest } from '../../domain/experiments/new-best.ts';
import { evidenceDelta, reasonWords, stillHolds } from '../../domain/reviews/evidence-delta.ts';
import { evidenceSnapshot, type EvidenceSnapshot } from '../../domain/reviews/evidence-snapshot.ts';
import type { Judgement } from '../../domain/experiments/verdict.ts';
import { statusAfter } from '../../domain/hypotheses/status-after.ts';
import { SEED_PARAMS } from '../../domain/runs/run-tags.ts';
import { indexExperiment } from '../experiments/write-experiment.ts';
import type { AnalysisInputs, AnalysisResult } from '../ports/analysis.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

export type AnalysisPorts = Pick<Ports, 'store' | 'metrics' | 'clock' | 'ids' | 'secrets'>;

/** 'overtaken': somebody else saved a result of this or a newer version meanwhile. */
export type AnalysisEnd = 'analysed' | 'up-to-date' | 'overtaken';

/**
 * Computes variants, changed variables, verdict and evidence digest of an experiment again, and what follows from them: the hypothesis' status and
 * approvals that went stale. Safe to repeat and to run twice at once. Reads without locks, so clients go on logging meanwhile; what they change
 * raises the version and is analysed next.
 */
export async function analyseExperiment(ports: AnalysisPorts, experimentId: string, softwareVersion: string): Promise<AnalysisEnd> {
  const inputs = await ports.store.transaction((tx) => tx.analysis.loadIfBehind(experimentId));
  if (!inputs) return 'up-to-date';
  const metrics = await ports.metrics.summaries(inputs.runs.filter(counts).map(({ id }) => id));
  const analysis = analyse(inputs, metrics, { digest: ports.secrets.digest, seedParams: SEED_PARAMS });
  const result = resultOf(ports, { inputs, analysis, softwareVersion });
  return ports.store.transaction(async (tx) => {
    if (!(await tx.analysis.save(result))) return 'overtaken';
    const snapshot = await keepSnapshot(ports, tx, { inputs, analysis, metrics });
    await announce(tx, inputs, { result, snapshot });
    await followVerdict(ports, tx, inputs);
    return 'analysed';
  });
}

interface Analysed { readonly inputs: AnalysisInputs; readonly analysis: Analysis; readonly softwareVersion: string }

function resultOf({ ids, clock }: Pick<AnalysisPorts, 'ids' | 'clock'>, { inputs, analysis, softwareVersion }: Analysed): AnalysisResult {
  const { verdict, variantOfRun } = analysis;
  const unchanged = verdict !== null && inputs.verdict?.inputsDigest === verdict.inputsDigest && inputs.verdict.softwareVersion === softwareVersion;
  return {
    experimentId: inputs.experimentId,
    inputsVersion: inputs.inputsVersion,
    variants: analysis.variants,
    moved: inputs.runs.map(({ id, variantId }) => ({ runId: id, variantId: variantOfRun.get(id) ?? null, before: variantId }))
      .filter(({ variantId, before }) => variantId !== before)
      .map(({ runId, variantId }) => ({ runId, variantId })),
    changedVariables: analysis.changedVariables,
    verdict: unchanged ? 'kept' : verdict && { ...verdict, id: ids.next('verdict'), softwareVersion },
    evidenceDigest: analysis.evidenceDigest,
    at: clock.now(),
  };
}

/** What the digest stands for is kept with it; null when it is kept already. */
async function keepSnapshot({ secrets, clock }: Pick<AnalysisPorts, 'secrets' | 'clock'>, tx: Transaction, { inputs, analysis, metrics }: { readonly inputs: AnalysisInputs; readonly analysis: Analysis; readonly metrics: ReadonlyMap<string, readonly LastValue[]> }): Promise<EvidenceSnapshot | null> {
  const { experimentId } = inputs;
  if (analysis.evidenceDigest === inputs.evidenceDigest && (await tx.reviews.hasSnapshot(experimentId, analysis.evidenceDigest))) return null;
  const snapshot = evidenceSnapshot({ subject: inputs, analysis, metrics, named: await tx.reviews.namedRuns(experimentId) }, secrets.digest);
  await tx.reviews.keepSnapshot(experimentId, analysis.evidenceDigest, { content: snapshot, at: clock.now() });
  return snapshot;
}

async function announce(tx: Transaction, inputs: AnalysisInputs, { result: { verdict, evidenceDigest }, snapshot }: { readonly result: AnalysisResult; readonly snapshot: EvidenceSnapshot | null }): Promise<void> {
  const { experimentId, projectId } = inputs;
  const tell = (verb: string) => tx.outbox.change({ noun: 'experiment', id: experimentId, verb, projectId, experimentId, subjectId: null });
  const note = (action: string, detail: Record<string, unknown>) => tx.audit.append({ projectId, actorId: null, action, subjectKind: 'experiment', subjectId: experimentId, detail });
  await tell('analysed');
  if (verdict !== null && verdict !== 'kept' && verdict.judgement.outcome !== inputs.verdict?.outcome) {
    await tellVerdict(tx, inputs, verdict.judgement);
    await indexExperiment(tx, experimentId);
    await note('verdict.changed', { outcome: verdict.judgement.outcome, before: inputs.verdict?.outcome ?? null, verdictId: verdict.id });
  }
  if (evidenceDigest === inputs.evidenceDigest) return;
  const approvals = await tx.analysis.approvalsOf(experimentId, inputs.evidenceDigest);
  const { material, reason } = approvals.length === 0 ? { material: false, reason: null } : await whatChanged(tx, inputs, snapshot);
  if (!material) return;
  await tell('approval-stale');
  await tx.happenings.add({ kind: 'APPROVAL_STALE', projectId, experimentId, subjectId: experimentId, actorId: null, detail: reason === null ? {} : { said: reason } });
  await note('approval.went-stale', { reviewIds: approvals, approved: inputs.evidenceDigest, now: evidenceDigest, reason });
}

/** An outcome that is no answer yet is told to nobody; one that turned is noteworthy to all who follow the project. */
async function tellVerdict(tx: Transaction, inputs: AnalysisInputs, { outcome, explanation }: Judgement): Promise<void> {
  const { experimentId, projectId, verdict: before } = inputs;
  const told = { projectId, experimentId, subjectId: experimentId, actorId: null };
  if (outcome !== 'INCONCLUSIVE') await tx.happenings.add({ ...told, kind: 'VERDICT_REACHED', detail: { said: outcome, figures: explanation } });
  if (outcome === 'SUPPORTED') await tellNewBest(tx, inputs);
  if (before === null || before.outcome === 'INCONCLUSIVE' || outcome === 'INCONCLUSIVE') return;
  await tx.happenings.add({ ...told, kind: 'NOTEWORTHY', detail: { said: `the verdict turned from ${before.outcome.toLowerCase()} to ${outcome.toLowerCase()}`, figures: explanation } });
}

/** Whether what changed matters to the project, and what it was. */
async function whatChanged(tx: Transaction, { experimentId, projectId, evidenceDigest }: AnalysisInputs, now: EvidenceSnapshot | null): Promise<{ readonly material: boolean; readonly reason: string | null }> {
  const before = await tx.reviews.snapshot(experimentId, evidenceDigest);
  const project = await tx.projects.get(projectId);
  if (project && stillHolds(before, now, (await tx.reviews.policy(project)).material)) return { material: false, reason: null };
  return { material: true, reason: before && now ? reasonWords(evidenceDelta(before, now)) : null };
}

async function tellNewBest(tx: Transaction, { experimentId, projectId, hypothesis }: AnalysisInputs): Promise<void> {
  if (!hypothesis?.metric || !hypothesis.direction) return;
  const { metric, direction } = hypothesis;
  const contenders = await tx.analysis.contenders(projectId, { metric, direction });
  const challenger = contenders.find((contender) => contender.experimentId === experimentId);
  const figures = challenger ? newBest(direction, challenger, contenders) : null;
  if (figures !== null) await tx.happenings.add({ kind: 'NEW_BEST', projectId, experimentId, subjectId: experimentId, actorId: null, detail: { about: metric, figures } });
}

async function followVerdict({ clock }: Pick<AnalysisPorts, 'clock'>, tx: Transaction, { hypothesisId }: AnalysisInputs): Promise<void> {
  if (hypothesisId === null) return;
  const evidence = await tx.analysis.hypothesisEvidence(hypothesisId);
  const hypothesis = await tx.hypotheses.get(hypothesisId);
  if (!hypothesis) return;
  const status = statusAfter(hypothesis.status, evidence);
  if (status === hypothesis.status) return;
  const { id, projectId, version } = hypothesis;
  await tx.hypotheses.update({ ...hypothesis, status, version: version + 1, updatedAt: clock.now() }, version);
  await tx.outbox.change({ noun: 'hypothesis', id, verb: 'status-changed', projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId, actorId: null, action: 'hypothesis.status-changed', subjectKind: 'hypothesis', subjectId: id, detail: { status, before: hypothesis.status } });
}
