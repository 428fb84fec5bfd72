import { codeItems, dataItems } from '../../domain/runs/compare.ts';
import type { EnvironmentContent } from '../../domain/runs/environment.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { FactsOfRuns, RunFacts, ThreadRecords } from '../../operations/ports/threads.ts';

/** What stands where threads point. */
type ThreadPlaces = Pick<ThreadRecords, 'runsOfSubject' | 'newestRuns' | 'hypothesisMetrics' | 'isMetricOfProject' | 'paramValues' | 'runFacts' | 'files' | 'standings'>;

export const threadPlaces = (tx: Prisma.TransactionClient): ThreadPlaces => ({
  async runsOfSubject({ id, kind }, runIds) {
    const within: Readonly<Record<string, Prisma.RunWhereInput>> = {
      run: { id }, variant: { variantId: id }, experiment: { experimentId: id }, hypothesis: { experiment: { hypothesisId: id } }, project: { experiment: { projectId: id } },
    };
    const where = within[kind];
    if (where === undefined) return [];
    return (await tx.run.findMany({ where: { AND: [where, { id: { in: [...runIds] } }] }, select: { id: true } })).map((run) => run.id);
  },
  async newestRuns(experimentId, most) {
    return (await tx.run.findMany({ where: { experimentId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most, select: { id: true } })).map(({ id }) => id);
  },
  async hypothesisMetrics({ id, kind }) {
    const where: Readonly<Record<string, Prisma.HypothesisWhereInput>> = { hypothesis: { id }, experiment: { experiments: { some: { id } } }, run: { experiments: { some: { runs: { some: { id } } } } }, variant: { experiments: { some: { variants: { some: { id } } } } } };
    if (where[kind] === undefined) return [];
    const found = await tx.hypothesis.findFirst({ where: where[kind], select: { metric: true, guardrails: true } });
    return found === null ? [] : [...(found.metric === null ? [] : [found.metric]), ...found.guardrails];
  },
  isMetricOfProject: async (projectId, key) => (await tx.runKey.count({ where: { projectId, kind: 'METRIC', key } })) > 0,
  async paramValues(experimentId, key, most) {
    const rows = await tx.$queryRaw<{ value: string }[]>`SELECT DISTINCT p.value FROM run_params p JOIN runs r ON r.id = p.run_id WHERE r.experiment_id = ${experimentId} AND r.deleted_at IS NULL AND p.key = ${key} ORDER BY 1 LIMIT ${most}`;
    return rows.map(({ value }) => value);
  },
  runFacts: (of, runIds, names) => FACTS[of](tx, runIds, names),
  async files(wanted) {
    if (wanted.length === 0) return [];
    const rows = await tx.artifact.findMany({ where: { OR: wanted.map(({ runId, path }) => ({ ownerId: runId, path })) }, select: { ownerId: true, path: true, sha256: true, size: true } });
    return rows.map(({ ownerId, path, sha256, size }) => ({ runId: ownerId, path, sha256, size: Number(size) }));
  },
  async standings(experimentIds) {
    const rows = await tx.experiment.findMany({ where: { id: { in: [...experimentIds] } }, select: { id: true, evidenceDigest: true, verdict: true } });
    return new Map(rows.map(({ id, evidenceDigest, verdict }) => [id, {
      digest: evidenceDigest,
      verdict: { kind: 'verdict', outcome: verdict?.outcome ?? null, metric: verdict?.metric ?? null, effect: verdict?.effect ?? null, ciLow: verdict?.ciLow ?? null, ciHigh: verdict?.ciHigh ?? null },
    }]));
  },
});

const only = (items: ReadonlyMap<string, string>, names: readonly string[]): ReadonlyMap<string, string> => new Map([...items].filter(([name]) => names.includes(name)));

const FACTS: Readonly<Record<RunFacts, (tx: Prisma.TransactionClient, runIds: readonly string[], names: readonly string[]) => Promise<FactsOfRuns>>> = {
  async code(tx, runIds, names) {
    const rows = await tx.run.findMany({ where: { id: { in: [...runIds] } }, select: { id: true, codeRepository: true, codeCommit: true, codeBranch: true, codeDirty: true, codeDiff: true, sourceName: true } });
    return new Map(rows.map((run) => [run.id, only(codeItems(run), names)]));
  },
  async config(tx, runIds, names) {
    const rows = await tx.runParam.findMany({ where: { runId: { in: [...runIds] }, key: { in: [...names] } } });
    return new Map([...Map.groupBy(rows, ({ runId }) => runId)].map(([runId, own]) => [runId, new Map(own.map(({ key, value }) => [key, value]))]));
  },
  async data(tx, runIds, names) {
    const rows = await tx.runInput.findMany({ where: { runId: { in: [...runIds] } }, include: { dataset: { select: { name: true, digest: true } } } });
    const contextOf = (tags: unknown): string | null => { const context = (tags as Record<string, unknown> | null)?.['mlflow.data.context']; return typeof context === 'string' ? context : null; };
    return new Map([...Map.groupBy(rows, ({ runId }) => runId)].map(([runId, own]) => [runId, only(dataItems(own.map(({ dataset, tags }) => ({ ...dataset, context: contextOf(tags) }))), names)]));
  },
  async environment(tx, runIds, names) {
    const rows = await tx.run.findMany({ where: { id: { in: [...runIds] } }, select: { id: true, environment: { select: { content: true } } } });
    return new Map(rows.map(({ id, environment }) => {
      const { python, packages } = (environment?.content ?? { packages: {} }) as unknown as EnvironmentContent;
      return [id, only(new Map([...(python === undefined ? [] : [['python', python] as const]), ...Object.entries(packages ?? {})]), names)];
    }));
  },
};
