import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let experiment: { readonly id: string; readonly key: string };
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
  experiment = await lab.experiment('done again');
});
afterAll(() => api.stop());

let lastId = 0;
const newId = (): string => (lastId += 1).toString(16).padStart(32, 'e');

async function post<Body>(path: string, body: unknown, as: TestPerson = lab.ada): Promise<{ readonly status: number; readonly body: Body & { readonly error?: { readonly reason: string } } }> {
  const response = await api.fetch(`/api/v1${path}`, { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() as Body & { readonly error?: { readonly reason: string } } };
}

const SHA = 'a'.repeat(64);
const CODE = { repository: 'https://example.org/vision.git', commit: 'c0ffee0', branch: 'main', dirty: false, onRemote: true, script: 'train.py' };
const CAPTURE = { version: 1, command: ['python', 'train.py'], code: CODE, python: { version: '3.11.2', implementation: 'CPython' }, packages: [{ name: 'numpy', version: '2.1.0' }], machine: 'node-1' };

/** A run that was captured. */
async function captured(more: { readonly seed?: string; readonly capture?: object; readonly tags?: Record<string, string> } = {}): Promise<string> {
  const id = newId();
  expect((await post('/runs', { id, experiment: experiment.key, startedAt: '2026-01-01T00:00:00Z', params: { lr: '0.1', seed: more.seed ?? '1' }, tags: more.tags ?? {} })).status).toBe(200);
  expect((await post(`/runs/${id}/capture`, { ...CAPTURE, ...more.capture })).status).toBe(200);
  return id;
}

describe('how well a run can be done again', () => {
  const GRADE = 'query($id: ID!) { run(id: $id) { reproducibility { grade reasons } } }';

  test('follows what is recorded of it, and says what is missing', async () => {
    const id = await captured();
    expect(await api.ok(GRADE, { id }, lab.vera)).toEqual({ run: { reproducibility: { grade: 'B', reasons: ['No container image is recorded by its digest: the libraries of the system may differ.', 'No dataset is recorded: if it read one, nobody can tell whether that is the same.'] } } });
    await post(`/runs/${id}/datasets`, { datasets: [{ name: 'digits', digest: SHA, role: 'train' }] });
    await post(`/runs/${id}/capture`, { ...CAPTURE, container: { image: 'acme/train:1', digest: `sha256:${SHA}` } });
    expect(await api.ok(GRADE, { id }, lab.vera)).toEqual({ run: { reproducibility: { grade: 'A', reasons: [] } } });
  });

  test('of a run that only MLflow told of, counts what its tags and files said', async () => {
    const id = newId();
    await post('/runs', { id, experiment: experiment.key, startedAt: '2026-01-01T00:00:00Z', params: { seed: '1' }, tags: { 'mlflow.source.git.commit': 'c0ffee0', 'mlflow.source.git.dirty': 'true' } });
    const { run } = await api.ok<{ run: { reproducibility: { grade: string; reasons: readonly string[] } } }>(GRADE, { id }, lab.vera);
    expect(run.reproducibility.grade).toBe('D');
    expect(run.reproducibility.reasons).toContain('There were uncommitted changes, and they were not kept.');
    expect(run.reproducibility.reasons).toContain('The command line is not recorded.');
  });
});

describe('an attempt to do a run again', () => {
  interface Answer { readonly reproduced: boolean; readonly causes: readonly { readonly kind: string; readonly sentence: string }[]; readonly metrics: readonly { readonly key: string; readonly within: boolean; readonly tolerance: { readonly from: string } }[] }
  const attempt = (id: string, run: string, body: object, as: TestPerson = lab.ada) => post<Answer>(`/runs/${run}/reproductions`, { id, ...body }, as);
  const REPRODUCTIONS = 'query($id: ID!) { run(id: $id) { excluded { reason } reproductions { reproduced machine again { id } by { name } causes { kind sentence } metrics { key original again tolerance toleranceFrom within } } } }';

  /** Of the machine, and never the same twice. */
  let load = 0;
  async function ended(acc: number, more: Parameters<typeof captured>[0] = {}): Promise<string> {
    const id = await captured(more);
    await api.adapters.ports.metrics.append(id, [{ key: 'acc', value: acc, timestamp: 1_000n, step: 0n }, { key: 'system/cpu', value: (load += 1), timestamp: 1_000n, step: 0n }]);
    expect((await post(`/runs/${id}/end`, { status: 'FINISHED', endedAt: '2026-01-01T01:00:00Z' })).status).toBe(200);
    return id;
  }
  const again = (original: string, acc: number, more: Parameters<typeof captured>[0] = {}): Promise<string> => ended(acc, { ...more, tags: { 'lemma.reproduces': original } });

  test('is judged by the records of both runs, kept once, and no further evidence', async () => {
    const original = await ended(0.9);
    const second = await again(original, 0.9);
    const id = newId();
    const answers = await Promise.all([attempt(id, original, { run: second, machine: 'node-1' }), attempt(id, original, { run: second, machine: 'node-1' })]);
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(Array.from({ length: 2 }, () => ({ status: 200, body: { id, reproduced: true, causes: [], metrics: [{ key: 'acc', original: 0.9, again: 0.9, within: true, tolerance: { amount: 0.9 * 1e-9, from: 'EXACT', runs: 1 } }] } })));
    expect(await api.ok(REPRODUCTIONS, { id: original }, lab.vera)).toEqual({ run: { excluded: null, reproductions: [{
      reproduced: true, machine: 'node-1', again: { id: second }, by: { name: expect.stringMatching(/^Ada/) as string }, causes: [], metrics: [{ key: 'acc', original: 0.9, again: 0.9, tolerance: 0.9 * 1e-9, toleranceFrom: 'EXACT', within: true }],
    }] } });
    expect(await api.ok(REPRODUCTIONS, { id: second }, lab.vera)).toMatchObject({ run: { excluded: { reason: `It does the run ${original} again.` }, reproductions: [] } });
  });

  test('is no further sample of its variant wherever samples are counted, until somebody includes it', async () => {
    const own = await lab.experiment('counted');
    const log = async (seed: string, tags: Record<string, string> = {}): Promise<string> => {
      const id = newId();
      await post('/runs', { id, experiment: own.key, startedAt: '2026-01-01T00:00:00Z', params: { lr: '0.1', seed }, tags });
      await api.adapters.ports.metrics.append(id, [{ key: 'acc', value: 0.9, timestamp: 1_000n, step: 0n }]);
      await post(`/runs/${id}/end`, { status: 'FINISHED', endedAt: '2026-01-01T01:00:00Z' });
      return id;
    };
    const original = await log('1');
    const again = await log('1', { 'lemma.reproduces': original });
    await analyseExperiment(api.adapters.ports, own.id, 'test');
    const counted = async () => {
      const { run, lineage } = await api.ok<{ run: { variant: { runCount: number; estimate: { n: number } } }; lineage: { nodes: readonly { kind: string; label: string; count: number; run: string | null }[] } }>(
        'query($id: ID!, $key: ID!) { run(id: $id) { variant { runCount estimate(metric: "acc") { n } } } lineage(of: $key) { nodes { kind label count run } } }', { id: again, key: own.key }, lab.vera);
      return { variant: run.variant, nodes: lineage.nodes.flatMap(({ kind, count, run: only }) => (kind === 'RUN' ? [{ count, run: only }] : [])) };
    };
    expect(await counted()).toEqual({ variant: { runCount: 1, estimate: { n: 1 } }, nodes: [{ count: 1, run: original }] });
    await log('2');
    await analyseExperiment(api.adapters.ports, own.id, 'test');
    expect(await counted()).toEqual({ variant: { runCount: 2, estimate: { n: 2 } }, nodes: [{ count: 2, run: null }] });
    await api.ok('mutation($id: ID!) { includeRun(input: { run: $id }) { run { id } } }', { id: again }, lab.ada);
    expect(await counted()).toEqual({ variant: { runCount: 3, estimate: { n: 3 } }, nodes: [{ count: 3, run: null }] });
  });

  test('names what its run was made of that the first was not', async () => {
    const original = await ended(0.9);
    const second = await again(original, 0.9, { seed: '2', capture: { packages: [{ name: 'numpy', version: '2.2.0' }] } });
    const { body } = await attempt(newId(), original, { run: second });
    expect(body.reproduced).toBe(false);
    expect(body.causes.map(({ sentence }) => sentence)).toEqual(['The package numpy: 2.1.0 was recorded, 2.2.0 was found.', 'The seed: 1 was recorded, 2 was found.']);
  });

  test('that could not start says why, and is refused where it says nothing', async () => {
    const original = await ended(0.9);
    expect((await attempt(newId(), original, {})).body.error?.reason).toBe('reproduction/nothing-said');
    const { body } = await attempt(newId(), original, { causes: [{ kind: 'COMMIT', name: 'commit', expected: 'c0ffee0', found: null }] });
    expect(body).toMatchObject({ reproduced: false, causes: [{ kind: 'COMMIT', sentence: 'The commit: c0ffee0 was recorded, nothing was found.' }], metrics: [] });
  });

  test('is recorded by who may log, of runs of one experiment that ended', async () => {
    const original = await ended(0.9);
    const cause = { causes: [{ kind: 'COMMIT', name: 'commit' }] };
    expect((await attempt(newId(), original, cause, lab.vera)).body.error?.reason).toBe('access/role-too-weak');
    expect((await attempt(newId(), original, cause, lab.eve)).body.error?.reason).toBe('run/unknown');
    expect((await attempt(newId(), original, { run: await captured() })).body.error?.reason).toBe('reproduction/still-running');
    expect((await attempt(newId(), original, { run: original })).body.error?.reason).toBe('reproduction/nothing-said');
    expect((await attempt(newId(), original, { run: 'f'.repeat(32) })).body.error?.reason).toBe('run/unknown');
    const id = newId();
    await attempt(id, original, cause);
    expect((await attempt(id, await ended(0.9), cause)).body.error?.reason).toBe('reproduction/id-taken');
  });

  test('counts in the number of its project, the newest of each run', async () => {
    const RATE = 'query($slug: String!) { project(slug: $slug) { reproducibilityRate { attempted reproduced rate } } }';
    const before = (await api.ok<{ project: { reproducibilityRate: { attempted: number; reproduced: number } } }>(RATE, { slug: lab.slug }, lab.vera)).project.reproducibilityRate;
    const original = await ended(0.9);
    await attempt(newId(), original, { causes: [{ kind: 'DATA', name: 'digits' }] });
    await attempt(newId(), original, { run: await again(original, 0.9) });
    expect(await api.ok(RATE, { slug: lab.slug }, lab.vera)).toMatchObject({ project: { reproducibilityRate: { attempted: before.attempted + 1, reproduced: before.reproduced + 1 } } });
    const own = await openLab(api);
    expect(await api.ok(RATE, { slug: own.slug }, own.vera)).toEqual({ project: { reproducibilityRate: { attempted: 0, reproduced: 0, rate: null } } });
  });
});
