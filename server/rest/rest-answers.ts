import type { z } from 'zod';
import type { MetricSummary } from '../../operations/ports/metric-store.ts';
import type { experimentResource, projectResource, runResource } from '../../contracts/rest/resources.ts';
import type { Experiment, Hypothesis, Project, Run, RunParam, RunTag, Verdict } from '../../generated/prisma/client.ts';

const moment = (date: Date | null): string | null => date?.toISOString() ?? null;

export const projectAnswer = (project: Omit<Project, 'lastNumber'>): z.input<typeof projectResource> => ({
  id: project.id, slug: project.slug, key: project.key, name: project.name, description: project.description, restricted: project.openRole === null,
  createdAt: project.createdAt.toISOString(), archivedAt: moment(project.archivedAt),
});

type ExperimentRow = Experiment & { readonly project: Project; readonly hypothesis: Hypothesis | null; readonly verdict: Verdict | null };

export const experimentAnswer = (row: ExperimentRow): z.input<typeof experimentResource> => ({
  id: row.id, key: `${row.project.key}-${row.number}`, mlflowExperimentId: String(row.mlflowId), project: row.project.slug, name: row.name, description: row.description, design: row.design,
  hypothesis: row.hypothesis && { id: row.hypothesis.id, statement: row.hypothesis.statement, metric: row.hypothesis.metric, direction: row.hypothesis.direction, minEffect: row.hypothesis.minEffect },
  verdict: row.verdict && {
    outcome: row.verdict.outcome, metric: row.verdict.metric, effect: row.verdict.effect, ciLow: row.verdict.ciLow, ciHigh: row.verdict.ciHigh, pValue: row.verdict.pValue, correctedP: row.verdict.correctedP,
    baselineRuns: row.verdict.baselineRuns, treatmentRuns: row.verdict.treatmentRuns, runsNeeded: row.verdict.runsNeeded, method: row.verdict.method, explanation: row.verdict.explanation,
  },
  evidenceDigest: row.evidenceDigest, createdAt: row.createdAt.toISOString(),
});

type RunRow = Run & { readonly experiment: Experiment & { readonly project: Project }; readonly params: readonly RunParam[]; readonly tags: readonly RunTag[] };

export const runAnswer = (row: RunRow, metrics: readonly MetricSummary[]): z.input<typeof runResource> => ({
  id: row.id, name: row.name, experiment: `${row.experiment.project.key}-${row.experiment.number}`, status: row.status, seed: row.seed,
  params: textMap(row.params), tags: textMap(row.tags),
  metrics: Object.fromEntries(metrics.map((metric) => [metric.key, {
    last: finite(metric.lastValue), lastText: String(metric.lastValue), firstStep: Number(metric.firstStep), lastStep: Number(metric.lastStep),
    min: finite(metric.minValue), minStep: whole(metric.minStep), max: finite(metric.maxValue), maxStep: whole(metric.maxStep), count: metric.count,
  }])),
  startedAt: moment(row.startedAt), endedAt: moment(row.endedAt), deletedAt: moment(row.deletedAt), excludedReason: row.excludedReason,
});

const textMap = (entries: readonly { readonly key: string; readonly value: string }[]): Record<string, string> => Object.fromEntries(entries.map(({ key, value }) => [key, value]));
const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);
const whole = (step: bigint | null): number | null => (step === null ? null : Number(step));
