import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemClock, systemIds, systemSecrets } from '../../adapters/system/ambient.ts';
import reference from '../../domain/statistics/reference/values.json' with { type: 'json' };
import { analyseExperiment, type AnalysisPorts } from '../../operations/analysis/analyse-experiment.ts';
import { announceBehind } from '../../operations/analysis/announce-behind.ts';
import { watchRuns } from '../../operations/runs/watch-runs.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let fresh: FreshDatabase;
let database: Database;
let ports: AnalysisPorts;
let experimentId: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  ports = { store: postgresStore(database, systemIds), metrics: postgresMetricStore(database, { publish: () => {} }), clock: systemClock, ids: systemIds, secrets: systemSecrets };
  await database.prisma.organization.create({ data: { id: 'org_1', slug: 'lab', name: 'Lab' } });
  await database.prisma.person.create({ data: { id: 'per_1', organizationId: 'org_1', name: 'Ada', email: 'ada@example.org' } });
  await database.prisma.project.create({ data: { id: 'prj_1', organizationId: 'org_1', slug: 'vision', key: 'VIS', name: 'Vision' } });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

let experiments = 0;
beforeEach(async () => {
  experiments += 1;
  experimentId = `exp_${experiments}`;
  await database.pool.query('DELETE FROM outbox');
  await database.prisma.hypothesis.create({ data: {
    id: `hyp_${experiments}`, projectId: 'prj_1', statement: 'mixup raises accuracy', change: 'mixup', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.005, grade: 'FAIR', guardrails: ['test_loss'],
  } });
  await database.prisma.experiment.create({ data: { id: experimentId, projectId: 'prj_1', number: experiments, name: `e${experiments}`, hypothesisId: `hyp_${experiments}` } });
});

interface Logged { readonly aug: string; readonly seed: number; readonly values?: readonly number[]; readonly status?: 'RUNNING' | 'FINISHED' | 'FAILED' }

async function logRun({ aug, seed, values = [], status = 'FINISHED' }: Logged): Promise<string> {
  const id = systemIds.run();
  await database.prisma.run.create({ data: { id, experimentId, name: `${aug}-${seed}`, status, seed: String(seed), startedAt: new Date(1_700_000_000_000 + seed),
    params: { create: [{ key: 'aug', value: aug }, { key: 'lr', value: '0.1' }, { key: 'seed', value: String(seed) }] } } });
  // The largest step decides, whatever came last.
  await ports.metrics.append(id, values.map((value, index) => ({ key: 'test_acc', value, step: BigInt(100 - index), timestamp: BigInt(index) })));
  return id;
}

const touch = () => ports.store.transaction((tx) => tx.outbox.analyse(experimentId));
const analyse = () => analyseExperiment(ports, experimentId, 'test 1');
const experiment = () => database.prisma.experiment.findUniqueOrThrow({ where: { id: experimentId }, include: { verdict: true, verdicts: true, variants: { orderBy: { label: 'asc' } }, runs: true } });
const hypothesisStatus = async (): Promise<string> => (await database.prisma.hypothesis.findUniqueOrThrow({ where: { id: `hyp_${experiments}` } })).status;
const announced = async (): Promise<string[]> => (await database.pool.query<{ verb: string }>(`SELECT body ->> 'verb' AS verb FROM outbox WHERE body ->> 'experimentId' = $1 AND subject LIKE 'event.%' ORDER BY created_at, id`, [experimentId])).rows.map(({ verb }) => verb);

async function chooseBaseline(label: RegExp): Promise<void> {
  const chosen = (await experiment()).variants.find((variant) => label.test(variant.label));
  await database.prisma.experiment.update({ where: { id: experimentId }, data: { baselineFingerprint: chosen?.fingerprint ?? 'none' } });
  await touch();
}

const known = referenceComparison();
function referenceComparison(): (typeof reference.comparisons)[number] {
  const [found] = reference.comparisons.filter((each) => each.paired && each.treatment[0] === 0.9617);
  if (!found) throw new Error('the reference values lack this comparison');
  return found;
}

async function wholeStory(): Promise<{ readonly baseline: string[]; readonly treatment: string[] }> {
  const ids = { baseline: [] as string[], treatment: [] as string[] };
  for (const [seed, value] of known.baseline.entries()) ids.baseline.push(await logRun({ aug: 'none', seed, values: [value, 0.1] }));
  for (const [seed, value] of known.treatment.entries()) ids.treatment.push(await logRun({ aug: 'mixup', seed, values: [value, 0.2] }));
  await touch();
  await analyse();
  await chooseBaseline(/none/);
  await analyse();
  return ids;
}

describe('an experiment', () => {
  test('runs that differ only in seed fold into variants, with ids that stay', async () => {
    await logRun({ aug: 'none', seed: 1 });
    await logRun({ aug: 'none', seed: 2 });
    await logRun({ aug: 'mixup', seed: 1 });
    await touch();
    expect(await analyse()).toBe('analysed');
    const { variants, runs, verdict, changedVariables } = await experiment();
    expect(variants.map(({ label, role }) => [label, role])).toEqual([['aug=mixup', 'TREATMENT'], ['aug=none', 'TREATMENT']]);
    expect(variants[0]?.params).toEqual([{ key: 'aug', value: 'mixup' }, { key: 'lr', value: '0.1' }]);
    expect(runs.every(({ variantId }) => variantId !== null)).toBe(true);
    expect([verdict, changedVariables]).toEqual([null, []]);
    await logRun({ aug: 'none', seed: 3 });
    await touch();
    await analyse();
    expect((await experiment()).variants.map(({ id }) => id)).toEqual(variants.map(({ id }) => id));
    expect(await hypothesisStatus()).toBe('TESTING');
  });

  test("the verdict has SciPy's figures, and the hypothesis follows it", async () => {
    await wholeStory();
    const { verdict, changedVariables, variants, inputsVersion, analysedVersion } = await experiment();
    expect(verdict).toMatchObject({
      outcome: 'SUPPORTED', metric: 'test_acc', baselineRuns: 5, treatmentRuns: 5, method: 'Paired t test by seed', softwareVersion: 'test 1',
      effect: expect.closeTo(known.difference, 12), pValue: expect.closeTo(known.p, 12), ciLow: expect.closeTo(known.ci95[0] ?? 0, 10), ciHigh: expect.closeTo(known.ci95[1] ?? 0, 10),
      treatmentId: variants.find(({ role }) => role === 'TREATMENT')?.id,
      guardrails: [{ metric: 'test_loss', status: 'unknown', effect: null, ciLow: null, ciHigh: null }],
    });
    expect(changedVariables).toEqual([{ kind: 'CONFIG', name: 'aug', from: 'none', to: 'mixup' }]);
    expect(analysedVersion).toBe(inputsVersion);
    expect(await hypothesisStatus()).toBe('SUPPORTED');
    expect(await announced()).toContain('analysed');
  });

  test('failed, excluded, deleted and running runs are not counted', async () => {
    const { treatment } = await wholeStory();
    await logRun({ aug: 'mixup', seed: 7, values: [0.1], status: 'FAILED' });
    await logRun({ aug: 'mixup', seed: 8, values: [0.1], status: 'RUNNING' });
    const [excluded = '', deleted = ''] = treatment;
    await database.prisma.run.update({ where: { id: excluded }, data: { excludedAt: new Date(), excludedReason: 'wrong data' } });
    await database.prisma.run.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
    await touch();
    await analyse();
    const { verdict, runs } = await experiment();
    expect(verdict).toMatchObject({ treatmentRuns: 3, baselineRuns: 5, method: "Welch's t test" });
    expect(runs.find(({ status }) => status === 'RUNNING')?.variantId).toBe(runs.find(({ status }) => status === 'FAILED')?.variantId);
  });

  test('runs that log fold into variants while they go on, and change no evidence by it', async () => {
    await wholeStory();
    const before = await experiment();
    await logRun({ aug: 'cutmix', seed: 1, values: [0.5], status: 'RUNNING' });
    await logRun({ aug: 'cutmix', seed: 2, values: [0.6], status: 'RUNNING' });
    const silent = await logRun({ aug: 'jitter', seed: 1, status: 'RUNNING' });
    await watchRuns(ports);
    expect(await analyse()).toBe('analysed');
    const { variants, runs, verdict, evidenceDigest } = await experiment();
    expect(variants.map(({ label }) => label)).toEqual(['aug=cutmix', 'aug=mixup', 'aug=none']);
    const placed = runs.filter(({ status }) => status === 'RUNNING').map(({ id, variantId }) => [id === silent, variantId]);
    expect(placed).toHaveLength(3);
    for (const [isSilent, variantId] of placed) expect(variantId).toBe(isSilent ? null : variants[0]?.id);
    expect([verdict?.id, evidenceDigest]).toEqual([before.verdict?.id, before.evidenceDigest]);
    await watchRuns(ports);
    expect(await analyse(), 'asked for once').toBe('up-to-date');
  });

  test('a run that goes on joins repeats whose environment came at their end', async () => {
    const ended = await logRun({ aug: 'none', seed: 1, values: [0.5] });
    await database.prisma.environment.create({ data: { id: `env_${experiments}`, digest: `env_${experiments}`, content: { python: '3.11', packages: { torch: '2.5' } } } });
    await database.prisma.run.update({ where: { id: ended }, data: { environmentId: `env_${experiments}` } });
    await logRun({ aug: 'none', seed: 2, values: [0.5], status: 'RUNNING' });
    await touch();
    await analyse();
    const { variants, runs } = await experiment();
    expect(variants).toHaveLength(1);
    expect(runs.map(({ variantId }) => variantId)).toEqual([variants[0]?.id, variants[0]?.id]);
  });

  test('nothing new to read, nothing done; an analysis that was overtaken changes nothing', async () => {
    await logRun({ aug: 'none', seed: 1 });
    await touch();
    expect(await Promise.all([analyse(), analyse(), analyse()])).toContain('analysed');
    expect(await analyse()).toBe('up-to-date');
    const late = { ...ports, store: { transaction: ports.store.transaction } };
    const before = await experiment();
    expect(await analyseExperiment(late, experimentId, 'test 1')).toBe('up-to-date');
    expect(await experiment()).toEqual(before);
    expect(await analyseExperiment(ports, 'exp_unknown', 'test 1')).toBe('up-to-date');
  });

  test('inputs that change while it computes are analysed again, not lost', async () => {
    await logRun({ aug: 'none', seed: 1 });
    await touch();
    const slow: AnalysisPorts = { ...ports, metrics: { ...ports.metrics, summaries: async (...asked) => { await touch(); return ports.metrics.summaries(...asked); } } };
    await analyseExperiment(slow, experimentId, 'test 1');
    const { inputsVersion, analysedVersion } = await experiment();
    expect([inputsVersion, analysedVersion]).toEqual([2, 1]);
    expect(await analyse()).toBe('analysed');
  });

  test('a verdict row is added only when what it is computed from changes', async () => {
    await wholeStory();
    const first = await experiment();
    await touch();
    await analyse();
    expect((await experiment()).verdicts).toHaveLength(first.verdicts.length);
    expect((await experiment()).evidenceDigest).toBe(first.evidenceDigest);
    await logRun({ aug: 'mixup', seed: 9, values: [0.962] });
    await touch();
    await analyse();
    const after = await experiment();
    expect(after.verdicts).toHaveLength(first.verdicts.length + 1);
    expect(after.verdictId).not.toBe(first.verdictId);
    expect(after.evidenceDigest).not.toBe(first.evidenceDigest);
  });

  test('logging any metric after the end changes the evidence; a retried batch does not', async () => {
    const { baseline: [id = ''] } = await wholeStory();
    const before = (await experiment()).evidenceDigest;
    const point = { key: 'note_taken', value: 1, step: 0n, timestamp: 0n };
    for (const expected of ['changed', 'kept']) {
      const last = expected === 'changed' ? before : (await experiment()).evidenceDigest;
      await ports.metrics.append(id, [point]);
      await touch();
      await analyse();
      expect((await experiment()).evidenceDigest === last).toBe(expected === 'kept');
    }
  });

  test('an approval goes stale by itself when another run ends, and everyone is told once', async () => {
    await wholeStory();
    const { evidenceDigest } = await experiment();
    await database.prisma.review.create({ data: { id: `rev_${experiments}`, experimentId, reviewerId: 'per_1', state: 'APPROVED', evidenceDigest, decidedAt: new Date() } });
    await touch();
    await analyse();
    expect(await announced()).not.toContain('approval-stale');
    await logRun({ aug: 'mixup', seed: 9, values: [0.962] });
    await touch();
    await analyse();
    await touch();
    await analyse();
    expect((await announced()).filter((verb) => verb === 'approval-stale')).toHaveLength(1);
    const audit = await database.prisma.auditEvent.findMany({ where: { subjectId: experimentId, action: 'approval.went-stale' } });
    expect(audit).toHaveLength(1);
    expect(audit[0]?.detail).toMatchObject({ reviewIds: [`rev_${experiments}`], approved: evidenceDigest });
  });

  test('the baseline outlives its runs, and the verdict says they are gone', async () => {
    const { baseline } = await wholeStory();
    await database.prisma.run.updateMany({ where: { id: { in: baseline } }, data: { deletedAt: new Date() } });
    await touch();
    await analyse();
    const gone = await experiment();
    expect(gone.verdict).toMatchObject({ outcome: 'INCONCLUSIVE', baselineRuns: 0 });
    expect(gone.verdict?.explanation).toContain('The baseline (aug=none) has no finished run');
    expect(gone.variants).toHaveLength(2);
    await database.prisma.run.updateMany({ where: { id: { in: baseline } }, data: { deletedAt: null } });
    await touch();
    await analyse();
    expect((await experiment()).verdict?.outcome).toBe('SUPPORTED');
  });

  test('without a hypothesis there are variants and no verdict; an abandoned one stays abandoned', async () => {
    await wholeStory();
    await database.prisma.hypothesis.update({ where: { id: `hyp_${experiments}` }, data: { status: 'ABANDONED' } });
    await touch();
    await analyse();
    expect(await hypothesisStatus()).toBe('ABANDONED');
    await database.prisma.experiment.update({ where: { id: experimentId }, data: { hypothesisId: null } });
    await touch();
    await analyse();
    const exploratory = await experiment();
    expect([exploratory.verdict, exploratory.variants.length]).toEqual([null, 2]);
  });

  test('a variant that no run is left of vanishes, and comes back under its id', async () => {
    await wholeStory();
    const { variants } = await experiment();
    const treatment = variants.find(({ role }) => role === 'TREATMENT');
    const where = { experimentId, variantId: treatment?.id ?? '' };
    const ids = (await database.prisma.run.findMany({ where })).map(({ id }) => id);
    await database.prisma.run.updateMany({ where: { id: { in: ids } }, data: { deletedAt: new Date() } });
    await touch();
    await analyse();
    const left = await experiment();
    expect([left.variants.length, left.verdict]).toEqual([1, null]);
    await database.prisma.run.updateMany({ where: { id: { in: ids } }, data: { deletedAt: null } });
    await touch();
    await analyse();
    expect((await experiment()).variants.map(({ id }) => id).toSorted()).toEqual(variants.map(({ id }) => id).toSorted());
  });

  test('what is still behind after two looks is announced again, then more and more rarely', async () => {
    await touch();
    await database.pool.query('DELETE FROM outbox');
    const posted = async (): Promise<number> => (await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE body ->> 'experimentId' = $1`, [experimentId])).rows[0]?.n ?? 0;
    const counts: number[] = [];
    let waiting: Awaited<ReturnType<typeof announceBehind>> = new Map();
    for (let pass = 0; pass < 9; pass += 1) {
      waiting = await announceBehind(ports, waiting);
      counts.push(await posted());
    }
    expect(counts).toEqual([0, 1, 2, 2, 3, 3, 3, 3, 4]);
    await analyse();
    expect((await announceBehind(ports, waiting)).has(experimentId)).toBe(false);
  });
});
