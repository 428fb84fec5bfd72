import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
