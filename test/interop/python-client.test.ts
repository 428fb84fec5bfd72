import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const PACKAGE = fileURLToPath(new URL('../../clients/python', import.meta.url));
const HEAD = 'import lemma, os, sys, time\n';
const BEGIN = `${HEAD}run = lemma.run(project="vision", hypothesis="CutMix raises accuracy", config={"lr": 0.1}, seed=1)\n`;

let lemma: Stack;
let client: LemmaClient;
let folder: string;
beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
  await client.graphql('mutation { createProject(input: { slug: "vision", name: "Vision" }) { project { slug } } }');
});
afterAll(() => lemma?.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lemma-python-'));
  return () => { rmSync(folder, { recursive: true, force: true }); };
});

const environment = (more: Readonly<Record<string, string>> = {}) => ({ ...env, PYTHONPATH: PACKAGE, LEMMA_URL: lemma.url, LEMMA_SAMPLE_SECONDS: '1', MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet', ...more });

interface Ended { readonly code: number; readonly out: string; readonly err: string }

/** Runs Python in the folder to its end. */
const python = (args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended> => new Promise((resolve) => {
  execFile(pythonWithMlflow(), args, { cwd: folder, env: environment(more), timeout: 240_000 }, (failure, out, err) => { resolve({ code: failure ? Number(failure.code ?? -1) : 0, out, err }); });
});

function script(text: string): string {
  const path = join(folder, 'train.py');
  writeFileSync(path, text);
  return path;
}

/** Starts a script, and answers when it printed `up`. */
async function started(text: string): Promise<ChildProcess> {
  const child = spawn(pythonWithMlflow(), ['-u', script(text)], { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.resume();
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => { if (part.toString().includes('up')) resolve(); });
    child.once('exit', () => { reject(new Error('it ended before it was up')); });
  });
  return child;
}

const ended = (child: ChildProcess): Promise<void> => (child.exitCode === null && child.signalCode === null ? new Promise((resolve) => { child.once('exit', () => { resolve(); }); }) : Promise.resolve());

const spooled = (): readonly string[] => {
  try {
    return readdirSync(join(folder, '.lemma-spool')).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
};
const sync = () => python(['-m', 'lemma', 'sync']);

interface Found { readonly id: string; readonly status: string; readonly seed: string | null; readonly params: readonly { readonly key: string; readonly value: string }[]; readonly codeVersion: { readonly dirty: boolean } | null; readonly datasets: readonly { readonly name: string }[]; readonly experiment: { readonly key: string; readonly exploratory: boolean; readonly hypothesis: { readonly statement: string } } }

async function newestRun(): Promise<Found> {
  const { runs } = await client.graphql<{ runs: { nodes: readonly Found[] } }>(`{ runs(project: "vision", orderBy: "attributes.start_time DESC", first: 1) { nodes { id status seed params { key value } codeVersion { dirty } datasets { name } experiment { key exploratory hypothesis { statement } } } } }`);
  const [run] = runs.nodes;
  if (!run) throw new Error('there is no run');
  return run;
}

async function steps(run: string, key: string): Promise<readonly number[]> {
  const { metrics = [] } = await client.trackGet<{ metrics?: readonly { step: number; value: number }[] }>('metrics/get-history', { run_id: run, metric_key: key, max_results: '20000' });
  return metrics.map(({ step }) => Number(step)).toSorted((a, b) => a - b);
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const console = async (run: string): Promise<readonly string[]> => (await client.get<{ lines: readonly { text: string }[] }>(`/api/v1/runs/${run}/logs?first=2000`)).lines.map(({ text }) => text);

test('the package passes its own tests under this Python', { timeout: 900_000 }, async () => {
  const { stderr } = await promisify(execFile)(pythonWithMlflow(), ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], { cwd: PACKAGE, env, timeout: 840_000, maxBuffer: 16 * 1024 * 1024 })
    .catch((failure: unknown) => failure as { readonly stderr: string });
  const [, count] = /^Ran (\d+) tests/m.exec(stderr) ?? [];
  // As one text: a list of what failed is cut to "Array(1)" where it is reported.
  expect(stderr.split('\n').filter((line) => /^(FAIL|ERROR): /.test(line)).join('\n')).toBe('');
  expect(stderr).toMatch(/^OK/m);
  expect(Number(count)).toBeGreaterThan(80);
});

test('a run says everything about itself: hypothesis, params, seed, data, code, metrics, console, machine, artifacts, end', async () => {
  writeFileSync(join(folder, 'data.csv'), 'x,y\n1,2\n3,4\n');
  const done = await python([script(`${HEAD}with lemma.run(project="vision", hypothesis="CutMix raises accuracy", config={"lr": 0.1, "net": {"depth": 2}}, seed=7, datasets={"train": "data.csv"}, name="first") as run:
    for step in range(100): run.log({"acc": step / 100, "nan": float("nan")}, step=step)
    print("trained")
    run.log_artifact("data.csv", "tables/data file é.csv")
    time.sleep(1.5)
`)]);
  expect(done).toMatchObject({ code: 0, out: 'trained\n' });
  expect(spooled()).toEqual([]);
  const run = await newestRun();
  expect(run).toMatchObject({ status: 'FINISHED', seed: '7', datasets: [{ name: 'train' }], experiment: { exploratory: false, hypothesis: { statement: 'CutMix raises accuracy' } } });
  expect(run.params).toEqual(expect.arrayContaining([{ key: 'lr', value: '0.1' }, { key: 'net.depth', value: '2' }]));
  expect(await steps(run.id, 'acc')).toEqual(upTo(100));
  expect(await steps(run.id, 'nan')).toEqual(upTo(100));
  expect(await console(run.id)).toEqual(['trained']);
  expect((await steps(run.id, 'system/cpu_utilization_percentage')).length + (await steps(run.id, 'system/system_memory_usage_megabytes')).length).toBeGreaterThan(0);
  const { files } = await client.trackGet<{ files: readonly { path: string }[] }>('artifacts/list', { run_id: run.id, path: 'tables' });
  expect(files.map(({ path }) => path)).toEqual(['tables/data file é.csv']);
});

test('seeds of one script land in one experiment', async () => {
  const experiments = [];
  for (const seed of ['1', '2']) {
    await python([script(BEGIN.replace('seed=1', `seed=${seed}`))]);
    experiments.push((await newestRun()).experiment.key);
  }
  expect(new Set(experiments).size).toBe(1);
});

test('the hub is killed in the middle and comes back: nothing is lost, nothing is there twice', async () => {
  const child = await started(`${BEGIN}print("up")
for step in range(300):
    run.log(acc=step, step=step)
    print("line", step)
    time.sleep(0.02)
`);
  await lemma.kill('server');
  await ended(child);
  await lemma.whenReady();
  await sync();
  const run = await newestRun();
  expect(run.status).toBe('FINISHED');
  expect(await steps(run.id, 'acc')).toEqual(upTo(300));
  expect(await console(run.id)).toEqual(['up', ...upTo(300).map((step) => `line ${step}`)]);
  expect(spooled()).toEqual([]);
});

test('what was logged without a hub is sent by sync, and sent again it changes nothing', async () => {
  const file = script(`${BEGIN}for step in range(500):\n    run.log(acc=step, step=step)\n    print(step)\n`);
  expect((await python([file], { LEMMA_URL: 'http://127.0.0.1:9' })).out.split('\n')).toHaveLength(501);
  expect(spooled()).toHaveLength(1);
  await python(['-c', 'import shutil; shutil.copytree(".lemma-spool", "copy")']);
  expect((await sync()).code).toBe(0);
  expect((await python(['-m', 'lemma', 'sync', 'copy'])).code).toBe(0);
  const run = await newestRun();
  expect(run).toMatchObject({ status: 'FINISHED', id: expect.not.stringMatching(/^$/) as string });
  expect(await steps(run.id, 'acc')).toEqual(upTo(500));
  expect(await console(run.id)).toHaveLength(500);
});

test('a spool cut in half by a full disk gives what is whole', async () => {
  await python([script(`${BEGIN}for step in range(500): run.log(acc=step, step=step)\n`)], { LEMMA_URL: 'http://127.0.0.1:9' });
  const [id = ''] = spooled();
  const journals = readdirSync(join(folder, '.lemma-spool', id)).filter((name) => name.endsWith('.journal')).map((name) => join(folder, '.lemma-spool', id, name));
  for (const journal of journals) truncateSync(journal, Math.floor(statSync(journal).size / 2) + 1);
  expect((await sync()).err).toContain('only half there');
  const kept = await steps(id, 'acc');
  expect(kept.length).toBeGreaterThan(100);
  expect(kept).toEqual(upTo(kept.length));
  expect((await newestRun()).status).toBe('KILLED');
});

test('kill -9 of the training: the next sync sends what it logged and ends the run', async () => {
  const child = await started(`${BEGIN.replace('run = ', 'os.environ["LEMMA_URL"] = "http://127.0.0.1:9"\nrun = ')}for step in range(200): run.log(acc=step, step=step)\nprint("up")\ntime.sleep(120)\n`);
  child.kill('SIGKILL');
  await ended(child);
  await sync();
  const run = await newestRun();
  expect(run.status).toBe('KILLED');
  expect(await steps(run.id, 'acc')).toEqual(upTo(200));
  expect(spooled()).toEqual([]);
});

test('children that were forked, and threads, log to the run of their parent', async () => {
  const done = await python([script(`${HEAD}import multiprocessing, threading
def work(run, key):
    for step in range(200): run.log({key: step}, step=step)
with lemma.run(project="vision", hypothesis="CutMix raises accuracy") as run:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=work, args=(run, "child%d" % at)) for at in range(3)] + [threading.Thread(target=work, args=(run, "thread%d" % at)) for at in range(3)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
`)]);
  expect(done).toMatchObject({ code: 0 });
  const run = await newestRun();
  for (const key of ['child0', 'child1', 'child2', 'thread0', 'thread1', 'thread2']) expect([key, await steps(run.id, key)]).toEqual([key, upTo(200)]);
});

test('an exception fails the run and is raised on', async () => {
  const done = await python([script(`${HEAD}with lemma.run(project="vision", hypothesis="CutMix raises accuracy") as run:\n    raise ValueError("broken")\n`)]);
  expect(done.code).toBe(1);
  expect(done.err).toContain('ValueError: broken');
  expect((await newestRun()).status).toBe('FAILED');
});

test('a secret in the uncommitted changes never leaves the machine', async () => {
  const git = (...args: readonly string[]) => promisify(execFile)('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder });
  script(BEGIN);
  await git('init', '-q');
  await git('add', '-A');
  await git('commit', '-q', '-m', 'first');
  const secret = `gh${'p_'}${'A1b2C3d4E5f6'.repeat(3)}`;
  await python([script(`${BEGIN}TOKEN = "${secret}"\n`)]);
  const run = await newestRun();
  expect(run.codeVersion?.dirty).toBe(true);
  const { run: { info } } = await client.trackGet<{ run: { info: { artifact_uri: string } } }>('runs/get', { run_id: run.id });
  const diff = await (await fetch(`${lemma.url}/api/2.0/mlflow-artifacts/artifacts/${info.artifact_uri.replace('mlflow-artifacts:/', '')}/lemma/code/changes.diff`)).text();
  expect(diff).toContain('[masked github-token');
  expect(diff).not.toContain(secret);
});

test('lemma exec records a command without a call in it, and MLflow inside lands in the same run', async () => {
  const by = ['-m', 'lemma', 'exec', '--project', 'vision', '--hypothesis', 'CutMix raises accuracy', '--', pythonWithMlflow()];
  const plain = await python([...by, script('import sys\nprint("hello")\nprint("err", file=sys.stderr)\nsys.exit(3)\n'), '--lr', '0.5', '--seed', '9']);
  expect(plain).toMatchObject({ code: 3, out: 'hello\n' });
  const failed = await newestRun();
  expect(failed).toMatchObject({ status: 'FAILED', seed: '9' });
  expect(failed.params).toEqual(expect.arrayContaining([{ key: 'lr', value: '0.5' }]));
  expect((await console(failed.id)).toSorted()).toEqual(['err', 'hello']);

  const tracked = await python([...by, script('import mlflow\nwith mlflow.start_run():\n    mlflow.log_param("lr", 0.25)\n    for step in range(5): mlflow.log_metric("acc", step, step=step)\n'), '--lr', '0.25']);
  expect(tracked.code, tracked.err).toBe(0);
  const run = await newestRun();
  expect(run.id).not.toBe(failed.id);
  expect(run).toMatchObject({ status: 'FINISHED', params: [{ key: 'lr', value: '0.25' }] });
  expect(await steps(run.id, 'acc')).toEqual(upTo(5));
});

test('without experiment and hypothesis, and with an experiment that is not there, nothing runs', async () => {
  const command = ['--', pythonWithMlflow(), '-c', 'open("ran", "w")'];
  const silent = await python(['-m', 'lemma', 'exec', ...command]);
  const wrong = await python(['-m', 'lemma', 'exec', '--experiment', 'VIS-999', ...command]);
  expect([silent.code, wrong.code]).toEqual([2, 2]);
  expect(silent.err).toContain('--hypothesis');
  expect(readdirSync(folder).includes('ran')).toBe(false);
});

test('what was run before is told, and stopped where the project stops it; a reason goes on and is kept', { timeout: 240_000 }, async () => {
  await client.graphql('mutation { createProject(input: { slug: "again", name: "Again" }) { project { slug } } }');
  const command = (...options: readonly string[]) => ['-m', 'lemma', 'exec', '--project', 'again', '--hypothesis', 'It is done again', ...options, '--', pythonWithMlflow(), script('open("ran", "a").write("x")'), '--lr', '0.1', '--seed', '1'];
  const ran = (): number => statSync(join(folder, 'ran')).size;
  expect(await python(command())).toMatchObject({ code: 0 });
  // A run is known once the analysis has looked at it.
  await expect.poll(async () => (await python(command())).err, { timeout: 120_000, interval: 1_000 }).toMatch(/done before\? The same as AGA-1's run .*, seed and all/);

  await client.graphql('mutation { setDuplicatePolicy(input: { project: "again", policy: STOP }) { project { slug } } }');
  const before = ran();
  const stopped = await python(command());
  expect([stopped.code, ran()]).toEqual([2, before]);
  expect(stopped.err).toContain('--reason');
  expect(await python(command('--reason', 'replication'))).toMatchObject({ code: 0 });
  expect(ran()).toBe(before + 1);
  const { runs } = await client.graphql<{ runs: { nodes: { duplicateReasons: object[] }[] } }>('{ runs(project: "again", first: 1) { nodes { duplicateReasons { replication reason } } } }');
  expect(runs.nodes[0]?.duplicateReasons).toEqual([{ replication: true, reason: 'Replication' }]);
});

test('what would change several variables at once is told, and stopped where the project stops it; a factorial design or a reason goes on', { timeout: 240_000 }, async () => {
  await client.graphql('mutation { createProject(input: { slug: "many", name: "Many" }) { project { slug } } }');
  const command = (lr: string, aug: string, ...options: readonly string[]) => ['-m', 'lemma', 'exec', '--project', 'many', '--hypothesis', 'Less is more', ...options, '--', pythonWithMlflow(), script('open("begun", "a").write("x")'), '--lr', lr, '--aug', aug];
  const begun = (): number => statSync(join(folder, 'begun')).size;
  expect(await python(command('0.1', 'none'))).toMatchObject({ code: 0 });
  const variants = async () => (await client.graphql<{ experiment: { variants: { id: string }[] } }>('{ experiment(key: "MAN-1") { variants { id } } }')).experiment.variants;
  await expect.poll(async () => (await variants()).length, { timeout: 120_000, interval: 1_000 }).toBe(1);
  const variant = (await variants())[0]?.id;
  await client.graphql('mutation($variant: ID!) { chooseBaseline(input: { experiment: "MAN-1", variant: $variant }) { experiment { id } } }', { variant });

  const warned = await python(command('0.3', 'mixup'));
  expect([warned.code, warned.err]).toEqual([0, expect.stringMatching(/too much at once\? Against the baseline of MAN-1, 2 variables changed \(aug, lr\)/)]);
  expect((await python(command('0.3', 'none'))).err).not.toContain('too much at once');

  await client.graphql('mutation { setChangesPolicy(input: { project: "many", policy: STOP }) { project { slug } } }');
  const before = begun();
  const stopped = await python(command('0.5', 'cutmix'));
  expect([stopped.code, begun()]).toEqual([2, before]);
  expect(stopped.err).toContain('--reason');
  expect(await python(command('0.5', 'cutmix', '--reason', 'the paper does both'))).toMatchObject({ code: 0 });
  const { runs } = await client.graphql<{ runs: { nodes: { duplicateReasons: object[] }[] } }>('{ runs(project: "many", first: 1) { nodes { duplicateReasons { replication reason } } } }');
  expect(runs.nodes[0]?.duplicateReasons).toEqual([{ replication: false, reason: 'the paper does both' }]);
  await client.graphql('mutation { updateExperiment(input: { experiment: "MAN-1", design: FACTORIAL }) { experiment { id } } }');
  expect(await python(command('0.7', 'cutout'))).toMatchObject({ code: 0 });
  expect(begun()).toBe(before + 2);
});
