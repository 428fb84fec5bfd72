import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const PACKAGE = fileURLToPath(new URL('../../clients/python', import.meta.url));
const PACK_WHEELS = fileURLToPath(new URL('packed_wheels.py', import.meta.url));
const STORY = fileURLToPath(new URL('../../examples/research-story/story.py', import.meta.url));
/** On two busy cores; what waits for it ends as soon as it can. */
const LONG = 600_000;

let lemma: Stack;
let client: LemmaClient;
let place: string;
const at = (...parts: readonly string[]): string => join(place, ...parts);

interface Ended { readonly code: number; readonly out: string; readonly err: string }

/** Nothing of this machine's git, and no package index: packages come from a folder of wheels. */
const environment = (more: Readonly<Record<string, string>> = {}) => ({
  ...env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '', LEMMA_URL: lemma.url, LEMMA_SAMPLE_SECONDS: '0', LEMMA_WAIT: '30', LEMMA_CHECK_SECONDS: '30', PIP_NO_INDEX: '1', PIP_NO_CACHE_DIR: '1', PIP_NO_COMPILE: '1', PIP_FIND_LINKS: at('wheels'),
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...more,
});

const execute = (program: string, args: readonly string[], cwd: string, more?: Readonly<Record<string, string>>): Promise<Ended> => new Promise((resolve) => {
  execFile(program, args, { cwd, env: environment(more), timeout: LONG, maxBuffer: 16 * 1024 * 1024 }, (failure, out, err) => { resolve({ code: failure ? Number(failure.code ?? -1) : 0, out, err }); });
});

async function must(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, out, err } = await execute(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${out}\n${err}`);
  return out;
}

/** The Python of the two researchers: scikit-learn and what it needs, and nothing else. */
const python = (): string => at('environment', 'bin', 'python');
const asNewcomer = (...words: readonly string[]): Promise<Ended> => execute(python(), words, at('newcomer'));

beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
  place = mkdtempSync(join(tmpdir(), 'lemma-story-'));
  mkdirSync(at('wheels'));
  await must(pythonWithMlflow(), [PACK_WHEELS, at('wheels'), 'scikit-learn'], place);
  await must(pythonWithMlflow(), ['-m', 'venv', '--without-pip', at('environment')], place);
  await must(pythonWithMlflow(), ['-m', 'pip', '--python', python(), 'install', '-q', '--disable-pip-version-check', 'scikit-learn'], place);
  await must(python(), [STORY, '--into', at('story'), '--project', 'digits'], place);
  await must('git', ['clone', '-q', at('story', 'digits.git'), at('newcomer')], place);
}, LONG);
afterAll(async () => {
  await lemma?.stop();
  if (place) rmSync(place, { recursive: true, force: true });
});

interface Told { readonly key: string; readonly name: string }
interface Run { readonly id: string; readonly status: string; readonly seed: string | null; readonly experiment: Told; readonly variant: { readonly id: string } | null; readonly metrics: readonly { readonly count: number }[]; readonly duplicateReasons: readonly { readonly replication: boolean; readonly reason: string }[] }

const runs = async (): Promise<readonly Run[]> => (await client.graphql<{ runs: { nodes: readonly Run[] } }>(
  '{ runs(project: "digits", first: 100) { nodes { id status seed experiment { key name } variant { id } metrics(keys: ["test_acc"]) { count } duplicateReasons { replication reason } } } }')).runs.nodes;

const keys = async (): Promise<ReadonlyMap<string, string>> => {
  const { project } = await client.graphql<{ project: { experiments: { nodes: readonly Told[] } } }>('{ project(slug: "digits") { experiments(first: 20) { nodes { key name } } } }');
  return new Map(project.experiments.nodes.map(({ key, name }) => [name, key]));
};
async function keyOf(name: string): Promise<string> {
  const key = (await keys()).get(name);
  if (key === undefined) throw new Error(`there is no experiment "${name}"`);
  return key;
}

const SHIFTED = 'Augmentation: shifted copies';
const NOISY = 'Augmentation: noisy pixels';
const DIAGONAL = 'Augmentation: diagonal copies too';
const IDEA_OF_NEWCOMER = 'Moving the digits about helps';
const WIDER = 'A wider layer, now that there is enough to see';

test('forty trainings are there, those of the machine without a network too: none is lost, none is there twice', async () => {
  const all = await runs();
  expect(all.length).toBe(40);
  expect(new Set(all.map(({ experiment, variant, seed }) => `${experiment.key} ${variant?.id} ${seed}`)).size).toBe(40);
  const finished = all.filter(({ status }) => status === 'FINISHED');
  expect(finished.map(({ metrics }) => metrics.map(({ count }) => count))).toEqual(Array.from({ length: 38 }, () => [30]));
  const failed = all.filter(({ status }) => status === 'FAILED');
  expect(failed.map(({ experiment }) => experiment.name)).toEqual(['A convolutional network', 'A convolutional network']);
  const spool = at('story', 'machine-two', '.lemma-spool');
  expect(readdirSync(spool).filter((name) => !name.startsWith('.'))).toEqual([]);
  expect(await execute(python(), ['-m', 'lemma', 'sync'], at('story', 'machine-two'))).toMatchObject({ code: 0 });
  expect((await runs()).length).toBe(40);
});

test('the project says how much of it was computed before: what each experiment ran beside its change, and what nobody could be told of', async () => {
  const rate = async (): Promise<unknown> => (await client.graphql<{ project: { duplicateRate: unknown } }>('{ project(slug: "digits") { duplicateRate { runs sameSeed earlierExperiment explained waiting } } }')).project.duplicateRate;
  await expect.poll(rate, { timeout: 60_000 }).toEqual({ runs: 38, sameSeed: 3, earlierExperiment: 9, explained: 9, waiting: 0 });
});

describe('a newcomer', () => {
  test('finds in one search what was tried for augmentation, and what came of each', async () => {
    const { search } = await client.graphql<{ search: { nodes: readonly { readonly __typename: string; readonly name?: string; readonly verdict?: { readonly outcome: string } | null }[] } }>(
      '{ search(text: "augmentation", first: 10) { nodes { __typename ... on Experiment { name verdict { outcome } } } } }');
    const first = search.nodes.slice(0, 3);
    expect(Object.fromEntries(first.map(({ name, verdict }) => [name, verdict?.outcome]))).toEqual({ [SHIFTED]: 'SUPPORTED', [NOISY]: 'REFUTED', [DIAGONAL]: 'SUPPORTED' });
  });

  interface Tried { readonly runs: number; readonly failedRuns: number; readonly rows: { readonly nodes: readonly { readonly experiment: Told; readonly outcome: string | null; readonly effect: number | null; readonly ciLow: number | null; readonly ciHigh: number | null; readonly runs: number; readonly failedRuns: number; readonly foundBy: string }[] } }
  const tried = async (about: string): Promise<Tried> => (await client.graphql<{ tried: Tried }>(
    'query($about: String!) { tried(about: $about, project: "digits", first: 50) { runs failedRuns rows { nodes { experiment { key name } outcome effect ciLow ciHigh runs failedRuns foundBy } } } }', { about })).tried;

  test('reads for each of them its effect against its own baseline, the refuted and the failed among them', async () => {
    const { rows } = await tried('augmentation');
    const found = new Map(rows.nodes.map((row) => [row.experiment.name, row]));
    expect([...found.keys()]).toEqual(expect.arrayContaining([SHIFTED, NOISY, DIAGONAL]));
    for (const name of [SHIFTED, DIAGONAL]) {
      const row = found.get(name);
      expect(row, name).toMatchObject({ outcome: 'SUPPORTED' });
      // What was tried moved it far, far beyond the twentieth that another machine's arithmetic makes.
      expect([(row?.ciLow ?? 0) > 0.02, (row?.effect ?? 0) < (row?.ciHigh ?? 0)], name).toEqual([true, true]);
    }
    expect(found.get(NOISY)).toMatchObject({ outcome: 'REFUTED' });
    expect(found.get(NOISY)?.effect).toBeLessThan(0);
    const convolution = await tried('convolutional network');
    expect(convolution.failedRuns).toBe(2);
    expect(convolution.rows.nodes).toMatchObject([{ experiment: { name: 'A convolutional network' }, outcome: null, runs: 2, failedRuns: 2 }]);
  });

  test('sees the one change behind each step to the best, and is warned of what changed several', async () => {
    const { lineage } = await client.graphql<{ lineage: { bestPath: { steps: readonly { label: string; words: string; experiment: { changedVariables: readonly object[] } }[] } } }>(
      '{ lineage(project: "digits") { bestPath { steps { label words experiment { changedVariables { kind name from to } } } } } }');
    expect(lineage.bestPath.steps.map(({ label, experiment }) => ({ label, changed: experiment.changedVariables }))).toEqual([
      { label: SHIFTED, changed: [{ kind: 'CONFIG', name: 'aug_shifts', from: '0', to: '4' }] },
      { label: DIAGONAL, changed: [{ kind: 'CONFIG', name: 'aug_shifts', from: '4', to: '8' }] },
      { label: WIDER, changed: [{ kind: 'CONFIG', name: 'hidden', from: '24', to: '128' }] },
    ]);
    for (const { words } of lineage.bestPath.steps) expect(words).toMatch(/^Supported: test_acc better by 0\.\d+, very likely between \+0\.\d+ and \+0\.\d+ /);
    const several = await client.graphql<{ experiment: { attributionWarning: string | null; changedVariables: readonly { readonly name: string }[] } }>(
      'query($key: String!) { experiment(key: $key) { attributionWarning changedVariables { name } } }', { key: await keyOf('Everything at once') });
    expect(several.experiment.changedVariables.map(({ name }) => name)).toEqual(['aug_shifts', 'hidden', 'learning_rate']);
    expect(several.experiment.attributionWarning).toContain('3 variables changed');
  });

  test('reproduces the best result with one command on a clean checkout', { timeout: LONG }, async () => {
    const best = await keyOf(WIDER);
    const done = await execute(pythonWithMlflow(), ['-m', 'lemma', 'reproduce', best, '--into', at('again')], place);
    expect(done, done.err).toMatchObject({ code: 0, out: expect.stringMatching(/^reproduced$/m) as string });
    expect(existsSync(at('again', 'code', 'train.py'))).toBe(true);
    const { project } = await client.graphql<{ project: { reproducibilityRate: unknown } }>('{ project(slug: "digits") { reproducibilityRate { attempted reproduced rate } } }');
    expect(project.reproducibilityRate).toEqual({ attempted: 1, reproduced: 1, rate: 1 });
  });

  test('is stopped from repeating what was tried, and goes on with a reason', { timeout: LONG }, async () => {
    await client.graphql('mutation { setDuplicatePolicy(input: { project: "digits", policy: STOP }) { project { slug } } }');
    const before = `${await keyOf(SHIFTED)} was supported`;
    const training = ['train.py', '--aug-shifts', '4', '--seed', '1'];
    const recorded = (...options: readonly string[]) => asNewcomer('-m', 'lemma', 'exec', '--project', 'digits', '--hypothesis', IDEA_OF_NEWCOMER, ...options, '--', python(), ...training);
    const count = (await runs()).length;
    const stopped = await recorded();
    expect(stopped, stopped.err).toMatchObject({ code: 2, out: '' });
    expect(stopped.err).toContain(before);
    // The call in the script says the same, before it has trained anything.
    const called = await execute(python(), training, at('newcomer'), { LEMMA_EXPERIMENT: await keyOf(NOISY) });
    expect(called, called.err).toMatchObject({ code: 1, out: '' });
    expect(called.err).toMatch(new RegExp(`DoneBefore: .*${before}`, 's'));
    expect((await runs()).length).toBe(count);

    expect(await recorded('--reason', 'replication')).toMatchObject({ code: 0, out: expect.stringContaining('test accuracy') as string });
    const [newest, ...others] = (await runs()).filter(({ experiment }) => experiment.name === IDEA_OF_NEWCOMER);
    expect(others).toEqual([]);
    expect(newest).toMatchObject({ status: 'FINISHED', duplicateReasons: [{ replication: true, reason: 'Replication' }] });
  });
});
