import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedRun } from '../../contracts/rest/capture.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let olga: TestPerson;
let vic: TestPerson;
let mia: TestPerson;
let eve: TestPerson;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  [vic, mia, eve] = [await api.signUp('Vic'), await api.signUp('Mia'), await api.signUp('Eve')];
  await api.ok('mutation { createProject(input: { slug: "vision", name: "Vision", restricted: true }) { project { id } } }', {}, olga);
  for (const [person, role] of [[vic, 'VIEWER'], [mia, 'MEMBER']] as const) {
    await api.ok('mutation($email: String!, $role: ProjectRole!) { addMember(input: { project: "vision", email: $email, role: $role }) { member { role } } }', { email: person.email, role }, olga);
  }
});
afterAll(() => api.stop());

let lastId = 0;
/** An id that no other run of this file has. */
const newId = (): string => (lastId += 1).toString(16).padStart(32, 'a');
const AT = '2026-11-30T06:00:00.000+01:00';
const STATEMENT = 'MixUp raises val_acc by at least 0.01';

interface Answer { readonly status: number; readonly body: { readonly id: string; readonly experiment: string; readonly project: string; readonly url: string; readonly artifacts: string; readonly changed?: boolean; readonly error?: { readonly code: string; readonly reason: string; readonly message: string } } }

async function post(path: string, body: unknown, as: As = mia): Promise<Answer> {
  const response = await api.fetch(`/api/v1${path}`, { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.json() as Answer['body'] };
}
const begin = (more: Record<string, unknown> = {}, as: As = mia): Promise<Answer> => post('/runs', { id: newId(), project: 'vision', hypothesis: STATEMENT, startedAt: AT, ...more }, as);
const reasonOf = ({ body }: Answer): string | undefined => body.error?.reason;

describe('beginning a run', () => {
  it('writes the hypothesis, plans the experiment and answers where files go', async () => {
    const id = newId();
    const { status, body } = await begin({ id, hypothesis: 'Warm-up steadies the loss', because: 'the first steps are noisy', metric: 'val_loss', direction: 'decrease', minEffect: 0.02, name: 'first', params: { lr: '0.1', seed: '7' }, tags: { team: 'red' } });
    expect({ status, ...body }).toEqual({ status: 200, id, experiment: expect.stringMatching(/^VIS-\d+$/) as string, project: 'vision', url: expect.stringMatching(`/r/${id}$`) as string, artifacts: expect.stringMatching(`/${id}/artifacts$`) as string });
    const { run } = await api.ok('query($id: ID!) { run(id: $id) { name seed status params { key value } experiment { name hypothesis { statement because metric direction minEffect } } } }', { id }, mia);
    expect(run).toEqual({
      name: 'first', seed: '7', status: 'RUNNING', params: [{ key: 'lr', value: '0.1' }, { key: 'seed', value: '7' }],
      experiment: { name: 'Warm-up steadies the loss', hypothesis: { statement: 'Warm-up steadies the loss', because: 'the first steps are noisy', metric: 'val_loss', direction: 'DECREASE', minEffect: 0.02 } },
    });
    const stored = await api.fetch(`${new URL(body.artifacts).pathname}/lemma/code/changes.diff`, { as: mia, method: 'PUT', body: '--- a\n+++ b\n' });
    expect(stored.status).toBe(200);
  });

  it('is one run, however often it is sent, and from two processes at once', async () => {
    const id = newId();
    const answers = await Promise.all([begin({ id }), begin({ id }), begin({ id })]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await begin({ id, name: 'another name' })).toEqual(answers[0]);
    expect(await api.adapters.prisma.run.count({ where: { id } })).toBe(1);
  });

  it('puts five seeds that begin in one moment into one experiment of one hypothesis', async () => {
    const statement = 'CutMix beats MixUp';
    const spoken = [statement, ' cutmix  BEATS\nmixup ', statement.toUpperCase(), statement, `${statement} `];
    const answers = await Promise.all(spoken.map((hypothesis, seed) => begin({ hypothesis, params: { seed: String(seed) } })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.experiment)).size).toBe(1);
    const found = await api.adapters.prisma.hypothesis.findMany({ where: { statement: { contains: 'cutmix', mode: 'insensitive' } }, include: { experiments: { include: { runs: true } } } });
    expect(found.map(({ experiments }) => experiments.map(({ runs }) => runs.length))).toEqual([[5]]);
  });

  it('fills what a hypothesis lacks, also when several say it at once, and changes nothing a person wrote', async () => {
    const statement = 'Dropout helps';
    await begin({ hypothesis: statement, because: 'it regularizes' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => begin({ hypothesis: statement, because: 'something else', metric: 'val_acc' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await api.adapters.prisma.hypothesis.findFirstOrThrow({ where: { statement } })).toMatchObject({ because: 'it regularizes', metric: 'val_acc' });
  });

  it('takes a hypothesis by its id, and an experiment by its key', async () => {
    const first = await begin({ hypothesis: 'Bigger batches are enough' });
    const { id: hypothesis } = await api.adapters.prisma.hypothesis.findFirstOrThrow({ where: { statement: 'Bigger batches are enough' } });
    expect((await begin({ project: undefined, hypothesis })).body.experiment).toBe(first.body.experiment);
    expect((await begin({ project: undefined, hypothesis: undefined, experiment: first.body.experiment.toLowerCase() })).body.experiment).toBe(first.body.experiment);
  });

  it('names a second experiment apart when the first was archived', async () => {
    const statement = 'A very long thought about augmentation '.repeat(10).trim();
    const first = await begin({ hypothesis: statement });
    await api.adapters.prisma.experiment.updateMany({ where: { hypothesis: { statement } }, data: { archivedAt: new Date() } });
    const second = await begin({ hypothesis: statement });
    expect(second.body.experiment).not.toBe(first.body.experiment);
    const names = (await api.adapters.prisma.experiment.findMany({ where: { hypothesis: { statement } }, orderBy: { number: 'asc' } })).map(({ name }) => name);
    expect(names[1]).toBe(`${names[0]} (2)`);
    expect(names[0]?.length).toBeLessThan(130);
  });

  it.each([
    ['neither experiment nor hypothesis', { hypothesis: undefined }, { status: 400, reason: 'run/no-hypothesis' }, /experiment="VIS-42".*hypothesis="/],
    ['a blank hypothesis', { hypothesis: '  ' }, { status: 400, reason: 'run/no-hypothesis' }, /Say what this run tests/],
    ['a hypothesis in no project', { project: undefined }, { status: 400, reason: 'run/no-project' }, /LEMMA_PROJECT/],
    ['a project there is not', { project: 'nothing' }, { status: 404, reason: 'project/unknown' }, /no such project/],
    ['an experiment there is not', { experiment: 'VIS-9999' }, { status: 404, reason: 'experiment/unknown' }, /no such experiment/],
    ['a hypothesis there is not', { hypothesis: `hyp_${'0'.repeat(26)}` }, { status: 404, reason: 'hypothesis/unknown' }, /no such hypothesis/],
    ['an id that is none', { id: 'run-1' }, { status: 400, reason: 'rest/body' }, /id: must be 32 lower-case hex digits/],
    ['a time without a zone', { startedAt: '2026-11-30T06:00:00' }, { status: 400, reason: 'rest/body' }, /startedAt/],
    ['a param with a name MLflow does not take', { params: { 'a<b': '1' } }, { status: 400, reason: 'run/param-name' }, /Names may only contain/],
    ['a param that is no text', { params: { lr: 0.1 } }, { status: 400, reason: 'rest/body' }, /params\.lr/],
    ['NUL in a text', { name: 'a\0b' }, { status: 400, reason: 'text/nul' }, /NUL/],
  ])('refuses %s in words', async (_, more, refused, words) => {
    const answer = await begin(more);
    expect({ status: answer.status, reason: reasonOf(answer) }).toEqual(refused);
    expect(answer.body.error?.message).toMatch(words);
  });
});

describe('rights', () => {
  it('lets members log, not viewers, and tells strangers nothing', async () => {
    const { body: { id, experiment } } = await begin();
    let numbered = 0;
    const attempts: Record<string, (as: As) => Promise<Answer>> = {
      begin: (as) => begin({}, as),
      'begin in an experiment': (as) => begin({ hypothesis: undefined, experiment }, as),
      'begin with a new hypothesis': (as) => begin({ hypothesis: `said the ${numbered += 1}th time` }, as),
      describe: (as) => post(`/runs/${id}/description`, { params: { depth: '3' }, tags: {} }, as),
      capture: (as) => post(`/runs/${id}/capture`, { version: 1 }, as),
      datasets: (as) => post(`/runs/${id}/datasets`, { datasets: [{ name: 'digits', digest: 'd1' }] }, as),
      end: (as) => post(`/runs/${id}/end`, { status: 'FINISHED', endedAt: AT }, as),
    };
    for (const [what, attempt] of Object.entries(attempts)) {
      expect((await attempt(null)).status, what).toBe(401);
      expect((await attempt(eve)).status, what).toBe(404);
      expect((await attempt(vic)).status, what).toBe(403);
      expect((await attempt(mia)).status, what).toBe(200);
      expect((await attempt(olga)).status, what).toBe(200);
    }
  });

  it('refuses the id of a run where the caller may not log as unknown, in the words for a run there is not', async () => {
    const { body: { id } } = await begin();
    for (const person of [eve, vic]) {
      const answer = await post('/runs', { id, project: 'sandbox', hypothesis: 'anything', startedAt: AT }, person);
      expect({ status: answer.status, ...answer.body.error }).toEqual({ status: 404, code: 'NOT_FOUND', reason: 'run/unknown', message: `Run with id=${id} not found` });
    }
  });

  it('refuses a run that was deleted', async () => {
    const { body: { id } } = await begin();
    await api.ok('mutation($run: ID!) { updateRun(input: { run: $run, deleted: true }) { run { id } } }', { run: id }, mia);
    expect(reasonOf(await begin({ id }))).toBe('run/deleted');
    expect(reasonOf(await post(`/runs/${id}/capture`, { version: 1 }))).toBe('run/deleted');
  });
});

describe('describing and ending a run', () => {
  it('adds params and sets tags, once and again, and refuses a param that changes', async () => {
    const { body: { id } } = await begin({ params: { lr: '0.1' } });
    for (let times = 0; times < 2; times += 1) expect(await post(`/runs/${id}/description`, { params: { lr: '0.1', seed: '3' }, tags: { 'mlflow.note.content': 'a note' } })).toEqual({ status: 200, body: {} });
    expect((await api.ok<{ run: { seed: string } }>('query($id: ID!) { run(id: $id) { seed } }', { id }, mia)).run.seed).toBe('3');
    expect(reasonOf(await post(`/runs/${id}/description`, { params: { lr: '0.2' } }))).toBe('run/param-changed');
  });

  it('keeps how the process ended, of a long traceback the end', async () => {
    const { body: { id } } = await begin();
    const end = { status: 'FAILED', endedAt: AT, exitCode: 1, signal: null, traceback: `${'x'.repeat(30_000)}\nValueError: the end` };
    for (let times = 0; times < 2; times += 1) expect((await post(`/runs/${id}/end`, end)).status).toBe(200);
    expect(await api.adapters.prisma.run.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'FAILED', endedAt: new Date(AT) });
    const exit = await api.adapters.prisma.runExit.findUniqueOrThrow({ where: { runId: id } });
    expect(exit).toMatchObject({ exitCode: 1, signal: null });
    expect(exit.traceback).toMatch(/^\[\d+ characters before this are not kept\][\s\S]*ValueError: the end$/);
  });
});

const HASH = 'a'.repeat(64);
const CAPTURE = {
  version: 1,
  command: ['python', 'train.py', '--lr', '0.1'],
  workingFolder: 'experiments',
  code: {
    repository: 'https://ci:secret@github.com/acme/vision.git', commit: 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe', branch: 'main', dirty: true, onRemote: false,
    diff: { path: 'lemma/code/changes.diff', sha256: HASH, bytes: 210, masked: 1 },
    untracked: [{ path: 'notes/new.py', bytes: 12, sha256: 'b'.repeat(64) }], leftOut: [{ path: 'data/big.bin', bytes: 5_000_000_000, why: 'larger than 1 MB' }],
    submodules: [{ path: 'vendor/x', commit: 'abcdef1', dirty: false }], files: [{ path: 'train.py', sha256: HASH, meaning: HASH, functions: { 'Trainer.fit': HASH } }], script: 'train.py',
  },
  python: { version: '3.11.2', implementation: 'CPython' },
  packages: [{ name: 'numpy', version: '2.1.0', hash: HASH }, { name: 'scikit-learn', version: '1.6.0', hash: null }],
  hardware: { cpu: 'Epyc', cores: 2, memoryBytes: 8_000_000_000, gpus: [{ name: 'H200', memoryBytes: 150_000_000_000 }], cuda: '12.4', driver: '550', os: 'Linux' },
  container: { image: 'acme/train:1', digest: `sha256:${HASH}` },
  variables: { OMP_NUM_THREADS: '1' }, seeds: { numpy: '7' }, defaults: { momentum: '0.9' }, modelType: 'SVC', machine: 'node-1',
};

describe('capturing a run', () => {
  it('keeps the capture once, without credentials, and makes its code and packages those of the run', async () => {
    const { body: { id } } = await begin();
    expect(await post(`/runs/${id}/capture`, CAPTURE)).toEqual({ status: 200, body: { changed: true } });
    expect(await post(`/runs/${id}/capture`, CAPTURE)).toEqual({ status: 200, body: { changed: false } });
    const run = await api.adapters.prisma.run.findUniqueOrThrow({ where: { id }, include: { capture: true, environment: true } });
    expect(run).toMatchObject({ codeRepository: 'https://github.com/acme/vision.git', codeCommit: CAPTURE.code.commit, codeBranch: 'main', codeDirty: true, sourceName: 'train.py' });
    expect(run.codeDiff).toMatch(/^[0-9a-f]{64}$/);
    expect(run.environment?.content).toEqual({ python: '3.11.2', packages: { numpy: '2.1.0', 'scikit-learn': '1.6.0' } });
    expect(JSON.stringify(run.capture?.content)).not.toContain('secret');
    expect(await post(`/runs/${id}/capture`, { ...CAPTURE, machine: 'node-2' })).toMatchObject({ body: { changed: true } });
  });

  it('makes runs of one commit with different uncommitted changes two variants, and asks for the analysis again where a capture comes late', async () => {
    const { prisma, ports } = api.adapters;
    const ids = [newId(), newId(), newId()];
    for (const [seed, id] of ids.entries()) {
      await begin({ id, hypothesis: 'Diffs tell runs apart', params: { seed: String(seed) } });
      await post(`/runs/${id}/end`, { status: 'FINISHED', endedAt: AT });
    }
    const { experimentId } = await prisma.run.findUniqueOrThrow({ where: { id: ids[0] ?? '' } });
    const variants = async (): Promise<(string | null)[]> => {
      await analyseExperiment(ports, experimentId, 'test');
      return (await prisma.run.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })).map(({ variantId }) => variantId);
    };
    expect(new Set(await variants()).size).toBe(1);
    for (const [at, id] of ids.entries()) {
      const diff = { ...CAPTURE.code.diff, sha256: (at === 0 ? 'c' : 'd').repeat(64) };
      await post(`/runs/${id}/capture`, { ...CAPTURE, code: { ...CAPTURE.code, untracked: [], diff }, hardware: { ...CAPTURE.hardware, cpu: `cpu ${at}` } });
    }
    const [first, second, third] = await variants();
    expect(first).not.toBe(second);
    expect(second, 'another processor is not another variant').toBe(third);
  });

  it('is read through GraphQL, with the stored diff, as what it is and not as JSON, by those who may see the run', async () => {
    const { body: { id, artifacts } } = await begin();
    await post(`/runs/${id}/capture`, { ...CAPTURE, command: ['python', '-c', 'print("<img src=x onerror=alert(1)>")'] });
    await post(`/runs/${id}/end`, { status: 'KILLED', endedAt: AT, signal: 'SIGKILL' });
    const question = `query($id: ID!) { run(id: $id) {
      codeVersion { commitUrl } exit { exitCode signal traceback }
      capture { commandLine workingFolder machine packages { name version hash } seeds { key value } hardware { gpus { name } } code { commitUrl onRemote sourceFiles diff { masked file { path url } } untracked { path } leftOut { why } submodules { path } } }
    } }`;
    const read = async () => (await api.ok<{ run: { capture: { code: { diff: { file: unknown } } } } }>(question, { id }, vic)).run;
    const commitUrl = `https://github.com/acme/vision/commit/${CAPTURE.code.commit}`;
    expect(await read()).toEqual({
      codeVersion: { commitUrl }, exit: { exitCode: null, signal: 'SIGKILL', traceback: null },
      capture: {
        commandLine: `python -c 'print("<img src=x onerror=alert(1)>")'`, workingFolder: 'experiments', machine: 'node-1', packages: CAPTURE.packages, seeds: [{ key: 'numpy', value: '7' }], hardware: { gpus: [{ name: 'H200' }] },
        code: { commitUrl, onRemote: false, sourceFiles: 1, diff: { masked: 1, file: null }, untracked: [{ path: 'notes/new.py' }], leftOut: [{ why: 'larger than 1 MB' }], submodules: [{ path: 'vendor/x' }] },
      },
    });
    await api.fetch(`${new URL(artifacts).pathname}/lemma/code/changes.diff`, { as: mia, method: 'PUT', body: '--- a\n+++ b\n' });
    expect((await read()).capture.code.diff.file).toMatchObject({ path: 'lemma/code/changes.diff' });
    expect(await api.ok(question, { id }, eve)).toEqual({ run: null });
    expect((await api.ok<{ run: unknown }>(question, { id: (await begin()).body.id }, vic)).run).toMatchObject({ capture: null, exit: null });
  });

  it('is read whole, with data and place of the files, by who may see the run, and by nobody else', async () => {
    const { body: { id, experiment, artifacts } } = await begin({ params: { seed: '7' } });
    const read = async (as: As): Promise<unknown> => (await api.fetch(`/api/v1/runs/${id}/capture`, { as })).json();
    const place = { id, experiment, artifacts, project: 'vision', status: 'RUNNING', seed: '7' };
    expect(await read(vic)).toMatchObject({ ...place, capture: null, datasets: [] });
    await post(`/runs/${id}/capture`, CAPTURE);
    await post(`/runs/${id}/datasets`, { datasets: [{ name: 'letters', digest: 'd1', role: 'train', source: '/data/letters.csv', sourceType: 'file' }, { name: 'plain', digest: 'd2' }] });
    const recorded = recordedRun.parse(await read(vic));
    expect(recorded).toMatchObject({ ...place, capture: { command: CAPTURE.command, code: { commit: CAPTURE.code.commit } } });
    expect(recorded.datasets.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([{ name: 'letters', digest: 'd1', role: 'train', source: '/data/letters.csv', sourceType: 'file' }, { name: 'plain', digest: 'd2', role: null, source: '', sourceType: 'local' }]);
    expect(await read(eve)).toMatchObject({ error: { reason: 'run/unknown' } });
    expect((await api.fetch(`/api/v1/runs/${id}/capture`)).status).toBe(401);
    await api.adapters.prisma.run.update({ where: { id }, data: { deletedAt: new Date() } });
    expect(await read(vic)).toMatchObject({ error: { reason: 'run/unknown' } });
  });

  it('takes a capture that says next to nothing', async () => {
    const { body: { id } } = await begin();
    expect((await post(`/runs/${id}/capture`, { version: 1 })).status).toBe(200);
  });

  const code = (more: object): unknown => ({ version: 1, code: more });
  it.each<[string, unknown, string, RegExp]>([
    ['another version', { ...CAPTURE, version: 2 }, 'rest/body', /version: this server reads version 1/],
    ['what is too big', { ...CAPTURE, command: ['x'.repeat(2_100_000)] }, 'http/body-too-large', /2000000 bytes/],
    ['a text that is too long', { ...CAPTURE, command: ['x'.repeat(5_000)] }, 'rest/body', /command\.0.*4096/],
    ['a path that climbs', code({ untracked: [{ path: 'a/../../etc/passwd', bytes: 1, sha256: HASH }] }), 'rest/body', /code\.untracked\.0\.path: must be relative/],
    ['an absolute path', code({ files: [{ path: '/etc/passwd' }] }), 'rest/body', /code\.files\.0\.path/],
    ['a control character in a name', { version: 1, packages: [{ name: 'num\u001bpy', version: '1' }] }, 'rest/body', /packages\.0\.name: holds a control character/],
    ['a field nobody knows', { version: 1, colour: 'red' }, 'rest/body', /colour/],
    ['a document nested a hundred thousand deep', `{"version":1,"code":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`, 'rest/body', /code/],
    ['a digest that is none', code({ diff: { path: 'x', sha256: 'ABC', bytes: 1 } }), 'rest/body', /must be a SHA-256/],
    ['too many packages', { version: 1, packages: Array.from({ length: 5_001 }, (_, n) => ({ name: `p${n}`, version: '1' })) }, 'rest/body', /packages/],
  ])('refuses %s in words', async (_, body, reason, words) => {
    const { body: { id } } = await begin();
    const answer = await post(`/runs/${id}/capture`, body);
    expect({ status: answer.status, reason: reasonOf(answer) }).toEqual({ status: reason === 'http/body-too-large' ? 413 : 400, reason });
    expect(answer.body.error?.message).toMatch(words);
  });

  it('keeps datasets with role, schema, rows and meaning, and adds what a later client knows', async () => {
    const { body: { id } } = await begin();
    const digits = { name: 'digits', digest: 'sha256-1', role: 'train', source: 'data/digits.csv' };
    await post(`/runs/${id}/datasets`, { datasets: [digits] });
    for (let times = 0; times < 2; times += 1) {
      expect((await post(`/runs/${id}/datasets`, { datasets: [{ ...digits, meaning: HASH, rows: 1_797, bytes: 4_000, columns: [{ name: 'x', type: 'double' }] }, { ...digits, name: 'held', digest: 'sha256-2', role: 'test' }] })).status).toBe(200);
    }
    const inputs = await api.adapters.prisma.runInput.findMany({ where: { runId: id }, include: { dataset: true }, orderBy: { dataset: { name: 'asc' } } });
    expect(inputs.map(({ tags, dataset }) => [dataset.name, tags])).toEqual([['digits', { 'mlflow.data.context': 'train' }], ['held', { 'mlflow.data.context': 'test' }]]);
    expect(inputs[0]?.dataset).toMatchObject({ meaning: HASH, rows: 1_797, bytes: 4_000, schema: '{"mlflow_colspec":[{"type":"double","name":"x","required":true}]}', profile: '{"num_rows":1797}' });
  });
});
