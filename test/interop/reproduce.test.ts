import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const PACKAGE = fileURLToPath(new URL('../../clients/python', import.meta.url));
const MAKE_WHEEL = fileURLToPath(new URL('tiny_wheel.py', import.meta.url));

/** Depends on everything that is captured: a changed file, one in no commit, a submodule, a package, data and the seed. */
const TRAIN = `import argparse, csv, os, random
import lemma, tinynoise
from extra import BIAS
from model import step
from parts.augment import augment

options = argparse.ArgumentParser()
options.add_argument("--seed", type=int, default=int(os.environ.get("TRAINING_NUMBER", "0")))
options.add_argument("--lr", type=float, default=0.1)
given = options.parse_args()
with lemma.run(project="vision", hypothesis="Augmentation raises accuracy", metric="acc", direction="increase", config={"lr": given.lr}, seed=given.seed, datasets={"train": "data/train.csv"}) as run:
    chance = random.Random(given.seed)
    with open("data/train.csv") as file:
        rows = [(float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]
    weight = chance.random()
    for at in range(50):
        x, y = rows[chance.randrange(len(rows))]
        weight = step(weight, augment(x, chance) + tinynoise.SCALE * chance.random(), y + BIAS, given.lr)
        run.log(acc=weight, step=at)
`;

let lemma: Stack;
let client: LemmaClient;
let place: string;
const at = (...parts: readonly string[]): string => join(place, ...parts);

interface Ended { readonly code: number; readonly out: string; readonly err: string }

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  ...env, PYTHONPATH: PACKAGE, LEMMA_URL: lemma.url, LEMMA_SAMPLE_SECONDS: '0', LEMMA_CHECK_SECONDS: '0', LEMMA_WAIT: '30', PIP_NO_INDEX: '1', PIP_NO_CACHE_DIR: '1', PIP_FIND_LINKS: at('wheels'),
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org', ...more,
});

const execute = (program: string, args: readonly string[], cwd: string, more?: Readonly<Record<string, string>>): Promise<Ended> => new Promise((resolve) => {
  execFile(program, args, { cwd, env: environment(more), timeout: 120_000 }, (failure, out, err) => { resolve({ code: failure ? Number(failure.code ?? -1) : 0, out, err }); });
});

async function must(program: string, args: readonly string[], cwd: string, more?: Readonly<Record<string, string>>): Promise<string> {
  const done = await execute(program, args, cwd, more);
  if (done.code !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.err}`);
  return done.out;
}
const git = (folder: string, ...args: readonly string[]): Promise<string> => must('git', ['-c', 'protocol.file.allow=always', ...args], at(folder));

/** A repository with a file of each name. */
async function repository(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  mkdirSync(at(name), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(at(name, path), text);
  await git(name, 'init', '-q', '-b', 'main');
  await git(name, 'add', '-A');
  await git(name, 'commit', '-q', '-m', 'first');
}
/** Its bare remote, with what its branch holds and nothing else. */
async function published(name: string): Promise<void> {
  await must('git', ['clone', '-q', '--bare', '--no-local', at(name), at(`${name}.git`)], place);
}

const python = (): string => at('environment', 'bin', 'python');

interface Listed { readonly id: string; readonly status: string; readonly seed: string | null; readonly tags: readonly { readonly key: string }[] }
const runs = async (): Promise<readonly Listed[]> =>
  (await client.graphql<{ runs: { nodes: readonly Listed[] } }>('{ runs(project: "vision", first: 100, orderBy: "attributes.start_time ASC") { nodes { id status seed tags { key } } } }')).runs.nodes;

/** Several at a time: what takes long is starting programs. */
async function eachOf<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all([1, 2, 3].map(async () => { for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one); }));
}

const CONFIGS = [1, 2, 3, 4, 5].flatMap((seed) => ['0.1', '0.05', '0.01', '0.2'].map((lr) => ({ seed: String(seed), lr })));
/** Recorded with a seed that the command line does not say. */
const SILENT = '77';

beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
  await client.graphql('mutation { createProject(input: { slug: "vision", name: "Vision", key: "VIS" }) { project { slug } } }');
  place = mkdtempSync(join(tmpdir(), 'lemma-reproduce-'));
  mkdirSync(at('wheels'));
  mkdirSync(at('newer-wheels'));
  for (const [version, folder] of [['1.0', 'wheels'], ['2.0', 'newer-wheels']] as const) await must(pythonWithMlflow(), [MAKE_WHEEL, at(folder), 'tinynoise', version], place);
  await must(pythonWithMlflow(), ['-m', 'venv', '--without-pip', at('environment')], place);
  const packages = (await must(python(), ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'], place)).trim();
  await must(pythonWithMlflow(), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--target', packages, 'tinynoise==1.0'], place);
  await repository('parts', { 'augment.py': 'def augment(x, chance):\n    return x + 0.01 * chance.random()\n' });
  await published('parts');
  await repository('work', { 'train.py': TRAIN, 'model.py': 'def step(weight, x, y, lr):\n    return weight\n', '.gitignore': 'data/\n__pycache__/\n' });
  await git('work', 'submodule', 'add', '-q', at('parts.git'), 'parts');
  await git('work', 'commit', '-q', '-m', 'with parts');
  await published('work');
  await git('work', 'remote', 'add', 'origin', at('work.git'));
  await git('work', 'fetch', '-q', 'origin');
  writeFileSync(at('work', 'model.py'), 'def step(weight, x, y, lr):\n    return weight - lr * (weight * x - y) * x\n');
  writeFileSync(at('work', 'extra.py'), 'BIAS = 0.25\n');
  mkdirSync(at('work', 'data'));
  writeFileSync(at('work', 'data', 'train.csv'), `x,y\n${Array.from({ length: 40 }, (_, index) => `${index / 40},${(index * 7) % 11}`).join('\n')}\n`);
  await eachOf(CONFIGS, async ({ seed, lr }) => {
    const training = ['train.py', '--seed', seed, '--lr', lr];
    // Half of them as a team that changes no code would.
    const exec = ['-m', 'lemma', 'exec', '--project', 'vision', '--hypothesis', 'Augmentation raises accuracy', '--', python(), ...training];
    await must(python(), lr === '0.1' || lr === '0.2' ? exec : training, at('work'));
  });
  await must(python(), ['train.py'], at('work'), { TRAINING_NUMBER: SILENT });
  // The second folder is clean: of the first one only the data goes elsewhere.
  mkdirSync(at('elsewhere'));
  cpSync(at('work', 'data', 'train.csv'), at('elsewhere', 'train.csv'));
  rmSync(at('work'), { recursive: true });
  rmSync(at('environment'), { recursive: true });
}, 240_000);
afterAll(async () => {
  await lemma?.stop();
  if (place) rmSync(place, { recursive: true, force: true });
});

let attempts = 0;
async function reproduce(subject: string, { options = [], more }: { readonly options?: readonly string[]; readonly more?: Readonly<Record<string, string>> } = {}): Promise<Ended & { readonly into: string }> {
  const into = at(`second-${(attempts += 1)}`);
  const data = options.includes('--data') ? [] : ['--data', `train=${at('elsewhere', 'train.csv')}`];
  return { ...await execute(pythonWithMlflow(), ['-m', 'lemma', 'reproduce', subject, '--into', into, ...data, ...options], place, more), into };
}

interface Attempt { readonly reproduced: boolean; readonly again: { readonly id: string } | null; readonly causes: readonly { readonly kind: string; readonly name: string; readonly sentence: string }[]; readonly metrics: readonly { readonly key: string; readonly within: boolean }[] }
const recordedOf = async (run: string): Promise<readonly Attempt[]> =>
  (await client.graphql<{ run: { reproductions: readonly Attempt[] } }>('query($run: ID!) { run(id: $run) { reproductions { reproduced again { id } causes { kind name sentence } metrics { key within } } } }', { run })).run.reproductions;

const originals = async (): Promise<readonly Listed[]> => (await runs()).filter(({ tags }) => tags.every(({ key }) => key !== 'lemma.reproduces'));
async function anyOriginal(): Promise<string> {
  const found = (await originals()).find(({ seed }) => seed === '1');
  if (!found) throw new Error('nothing was recorded');
  return found.id;
}

test('a dry run shows the command and what it looks at, and leaves nothing behind', { timeout: 60_000 }, async () => {
  const id = await anyOriginal();
  const done = await reproduce(id, { options: ['--dry-run'] });
  expect(done).toMatchObject({ code: 0, out: '' });
  expect(done.err).toMatch(/train\.py --seed 1 --lr 0\.\d+/);
  expect(existsSync(done.into)).toBe(false);
  expect(await recordedOf(id)).toEqual([]);
});

test('every recorded run is reproduced in a clean folder, and said to be so', { timeout: 300_000 }, async () => {
  const recorded = (await originals()).filter(({ seed }) => seed !== SILENT);
  expect(recorded.map(({ status }) => status)).toEqual(CONFIGS.map(() => 'FINISHED'));
  const ended = new Map<string, Ended & { readonly into: string }>();
  await eachOf(recorded, async ({ id }) => { ended.set(id, await reproduce(id)); });
  expect([...ended.values()].filter(({ code }) => code !== 0).map(({ out, err }) => `${out}\n${err}`)).toEqual([]);
  expect([...ended.values()].map(({ out }) => out.split('\n')[0])).toEqual(CONFIGS.map(() => 'reproduced'));
  for (const { id } of recorded) expect(await recordedOf(id), id).toMatchObject([{ reproduced: true, causes: [], again: { id: expect.stringMatching(/^[0-9a-f]{32}$/) as string }, metrics: [{ key: 'acc', within: true }] }]);
  // Nothing of a run waits in the folder that it was done in.
  for (const { into } of ended.values()) expect(readdirSync(join(into, 'spool')).filter((name) => !name.startsWith('.'))).toEqual([]);
  const { project } = await client.graphql<{ project: { reproducibilityRate: unknown } }>('{ project(slug: "vision") { reproducibilityRate { attempted reproduced rate } } }');
  expect(project.reproducibilityRate).toEqual({ attempted: CONFIGS.length, reproduced: CONFIGS.length, rate: 1 });
});

test('an experiment stands for its best run', { timeout: 60_000 }, async () => {
  const { runs: { nodes: [best] } } = await client.graphql<{ runs: { nodes: readonly { id: string; experiment: { key: string } }[] } }>('{ runs(project: "vision", filter: "excluded = false", orderBy: "metrics.acc DESC", first: 1) { nodes { id experiment { key } } } }');
  const done = await reproduce(best?.experiment.key ?? '', { options: ['--dry-run'] });
  expect(done.err).toContain(`run ${best?.id} `);
});

describe('a sabotage is named as the cause:', () => {
  const causeOf = async (run: string): Promise<string> => {
    const [newest] = await recordedOf(run);
    return `${newest?.reproduced} ${newest?.again === null ? 'nothing ran' : 'ran'} ${newest?.causes.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`;
  };

  test('one byte of the data', { timeout: 60_000 }, async () => {
    const id = await anyOriginal();
    const content = readFileSync(at('elsewhere', 'train.csv'));
    content[content.length - 2] = content[content.length - 2] === 0x31 ? 0x32 : 0x31;
    writeFileSync(at('elsewhere', 'changed.csv'), content);
    const done = await reproduce(id, { options: ['--data', `train=${at('elsewhere', 'changed.csv')}`] });
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining('not reproduced: nothing was run\n  The dataset train: ') as string });
    expect(await causeOf(id)).toBe('false nothing ran DATA train');
  });

  test('a version of a package that cannot be had', { timeout: 60_000 }, async () => {
    const id = await anyOriginal();
    const done = await reproduce(id, { more: { PIP_FIND_LINKS: at('newer-wheels') } });
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining('The package tinynoise: 1.0 was recorded, nothing was found.') as string });
    expect(await causeOf(id)).toBe('false nothing ran PACKAGE tinynoise');
  });

  test('a commit that is gone', { timeout: 60_000 }, async () => {
    const id = await anyOriginal();
    await repository('rewritten', { 'train.py': TRAIN });
    const done = await reproduce(id, { options: ['--repo', at('rewritten')] });
    expect(done).toMatchObject({ code: 1, out: expect.stringMatching(/The commit: [0-9a-f]{40} was recorded, nothing was found\./) as string });
    expect(await causeOf(id)).toBe('false nothing ran COMMIT commit');
  });

  test('another seed', { timeout: 60_000 }, async () => {
    const id = (await originals()).find(({ seed }) => seed === SILENT)?.id ?? '';
    const done = await reproduce(id, { more: { TRAINING_NUMBER: '78' } });
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining(`The seed: ${SILENT} was recorded, 78 was found.`) as string });
    expect(await causeOf(id)).toBe('false ran SEED seed');
  });

  test('another interpreter', { timeout: 60_000 }, async () => {
    const id = await anyOriginal();
    const other = at('python-of-another-time');
    writeFileSync(other, '#!/bin/sh\necho \'["3.1.4", "CPython"]\'\n');
    chmodSync(other, 0o755);
    const done = await reproduce(id, { options: ['--python', other] });
    expect(done).toMatchObject({ code: 1, out: expect.stringMatching(/The interpreter: 3\.\d+\.\d+ was recorded, 3\.1\.4 was found\./) as string });
    expect(await causeOf(id)).toBe('false nothing ran INTERPRETER Python');
  });

  test('a submodule whose history was changed', { timeout: 60_000 }, async () => {
    const id = await anyOriginal();
    rmSync(at('parts.git'), { recursive: true });
    writeFileSync(at('parts', 'augment.py'), 'def augment(x, chance):\n    return x\n');
    await git('parts', 'commit', '-q', '-a', '--amend', '-m', 'rewritten');
    await published('parts');
    const done = await reproduce(id);
    expect(done).toMatchObject({ code: 1, out: expect.stringContaining('The submodule parts: ') as string });
    expect(await causeOf(id)).toBe('false nothing ran SUBMODULE parts');
  });
});
