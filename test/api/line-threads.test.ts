import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

/** Threads on lines of files, and which files of runs differ. */

let api: Api;
let lab: Lab;
let other: Lab;
beforeAll(async () => { api = await startApi(); [lab, other] = [await openLab(api), await openLab(api)]; });
afterAll(() => api.stop());

const START = 'mutation($input: StartThreadInput!) { startThread(input: $input) { thread { id anchor place { words movedOn line { number } } } } }';
const READ = 'query($id: ID!) { thread(id: $id) { anchor place { movedOn line { number } } } }';
const COMPARE = 'query($runs: [ID!]!) { compare(runs: $runs) { files { path differs values { sha256 url } } } }';

interface Started { readonly id: string; readonly anchor: Record<string, unknown>; readonly place: { readonly words: string } }
interface ComparedFile { readonly path: string; readonly differs: boolean; readonly values: readonly ({ readonly sha256: string; readonly url: string } | null)[] }

/** As a training logs it: what lay at the path is replaced. */
async function log(run: string | undefined, path: string, content: string | Uint8Array): Promise<string> {
  const { sha256, size } = await api.adapters.ports.blobs.write(Readable.from([Buffer.from(content)]));
  await api.adapters.prisma.blob.upsert({ where: { sha256 }, create: { sha256, size: BigInt(size) }, update: {} });
  const key = { ownerId: String(run), path };
  await api.adapters.prisma.artifact.upsert({ where: { ownerId_path: key }, create: { ...key, sha256, size: BigInt(size) }, update: { sha256, size: BigInt(size) } });
  return sha256;
}
const start = async (subject: string, anchor: object): Promise<Started> => (await api.ok<{ startThread: { thread: Started } }>(START, { input: { subject, body: 'Why?', anchor } }, lab.vera)).startThread.thread;
const refused = (subject: string, anchor: object): Promise<string> => api.refusal(START, { input: { subject, body: 'Why?', anchor } }, lab.vera);

const TRAIN = 'import torch\nlr = 0.1\n\ntrain(lr)\n';

describe('a line of a file', () => {
  test('is talked about where it is compared, in the run that has it, and is quoted as the file has it', async () => {
    const { id } = await lab.experiment('lines');
    const [run] = await lab.runs(id, 'aug=none', [0.9]);
    await log(run, 'src/train.py', `    ${TRAIN}`);
    const whole = { kind: 'artifact', path: 'src/train.py', run, line: 4, quote: 'train(lr)' };
    expect(await start(id, whole)).toMatchObject({ anchor: whole, place: { words: 'on src/train.py, line 4', movedOn: false, line: { number: 4 } } });
    // A part of the line, and the line without its words, are known by the whole of it.
    expect((await start(id, { ...whole, quote: 'train(' })).anchor).toEqual(whole);
    expect((await start(String(run), { kind: 'artifact', path: 'src/train.py', line: 1 })).anchor).toEqual({ kind: 'artifact', path: 'src/train.py', line: 1, quote: 'import torch' });
    expect((await start(String(run), { kind: 'artifact', path: 'src/train.py', line: 3 })).anchor).toEqual({ kind: 'artifact', path: 'src/train.py', line: 3 });
  });

  test('that the file does not have, or that says something else, is refused', async () => {
    const { id } = await lab.experiment('forged lines');
    const [run] = await lab.runs(id, 'aug=none', [0.9]);
    await log(run, 'train.py', TRAIN);
    const on = { kind: 'artifact', path: 'train.py', run };
    expect(await refused(id, { ...on, line: 5 })).toBe('thread/anchor-line');
    expect(await refused(id, { ...on, line: 4, quote: 'lr = 0.1' })).toBe('thread/anchor-line');
    expect(await refused(id, { ...on, line: 3, quote: 'blank' })).toBe('thread/anchor-line');
    expect(await refused(id, { ...on, quote: 'lr = 0.2' })).toBe('thread/anchor-line');
    for (const line of [0, -1, 1.5, 1e300, '2']) expect(await refused(id, { ...on, line })).toBe('thread/anchor');
    expect(await api.adapters.prisma.thread.count({ where: { subjectId: id } })).toBe(0);
  });

  test('of what is no text, or too long to be read for it, is believed', async () => {
    const { id } = await lab.experiment('not lines');
    const [run] = await lab.runs(id, 'aug=none', [0.9]);
    await log(run, 'weights.bin', new Uint8Array([1, 0, 2]));
    await log(run, 'long.txt', 'x\n'.repeat(600_000));
    expect((await start(String(run), { kind: 'artifact', path: 'weights.bin', line: 9 })).anchor).toMatchObject({ line: 9 });
    expect((await start(String(run), { kind: 'artifact', path: 'long.txt', line: 700_000 })).anchor).toMatchObject({ line: 700_000 });
  });

  test('is found again when the file is logged anew: where it was, where it moved to, or nowhere', async () => {
    const { id } = await lab.experiment('moving lines');
    const [run] = await lab.runs(id, 'aug=none', [0.9]);
    await log(run, 'train.py', TRAIN);
    const thread = await start(id, { kind: 'artifact', path: 'train.py', run, line: 2, quote: 'lr = 0.1' });
    const now = async () => (await api.ok<{ thread: { anchor: unknown; place: unknown } }>(READ, { id: thread.id }, lab.ada)).thread;
    expect((await now()).place).toEqual({ movedOn: false, line: { number: 2 } });
    for (const [text, number] of [[`${TRAIN}done()\n`, 2], [`import os\n\n${TRAIN}`, 4], [TRAIN.replace('0.1', '0.10'), null]] as const) {
      await log(run, 'train.py', text);
      expect((await now()).place).toEqual({ movedOn: true, line: { number } });
    }
    await log(run, 'train.py', new Uint8Array([1, 0, 2]));
    expect((await now()).place).toEqual({ movedOn: true, line: null });
    await api.adapters.prisma.artifact.deleteMany({ where: { ownerId: String(run) } });
    expect(await now()).toEqual({ anchor: thread.anchor, place: { movedOn: true, line: null } });
  });
});

describe('files of compared runs', () => {
  const files = async (runs: readonly unknown[], as = lab.vera): Promise<readonly ComparedFile[]> => (await api.ok<{ compare: { files: readonly ComparedFile[] } }>(COMPARE, { runs }, as)).compare.files;

  test('are text files of every folder by path, those that differ first, with where to read each', async () => {
    const { id } = await lab.experiment('files');
    const [a, b] = await lab.runs(id, 'aug=none', [0.9, 0.8]);
    const same = await log(a, 'a/same.yaml', 'lr: 1');
    await log(b, 'a/same.yaml', 'lr: 1');
    const [before, after] = [await log(a, 'src/deep/train.py', 'lr = 1'), await log(b, 'src/deep/train.py', 'lr = 2')];
    const only = await log(b, 'MLmodel', 'flavors: none');
    for (const run of [a, b]) await log(run, 'weights.bin', `weights of ${run}`);
    const found = await files([a, b]);
    expect(found.map(({ path, differs, values }) => [path, differs, ...values.map((value) => value?.sha256 ?? null)])).toEqual([
      ['MLmodel', true, null, only], ['src/deep/train.py', true, before, after], ['a/same.yaml', false, same, same],
    ]);
    const answer = await api.fetch(String(found[1]?.values[1]?.url), { as: lab.vera });
    expect(await answer.text()).toBe('lr = 2');
    // Twenty are as many as a page compares.
    expect(await files(await lab.runs(id, 'aug=more', Array.from({ length: 20 }, () => 0.5)))).toEqual([]);
    expect((await files([a])).every(({ differs }) => !differs)).toBe(true);
  });

  test('are at most a hundred', async () => {
    const { id } = await lab.experiment('many files');
    const [a, b] = await lab.runs(id, 'aug=none', [0.9, 0.8]);
    const sha256 = await log(a, 'aa.txt', 'same');
    await log(b, 'aa.txt', 'same');
    await api.adapters.prisma.artifact.createMany({ data: Array.from({ length: 300 }, (_, at) => ({ ownerId: String(a), path: `more/${at}.txt`, sha256, size: 4n })) });
    const found = await files([a, b]);
    expect(found).toHaveLength(100);
    expect(found.every(({ differs, path }) => differs && path !== 'aa.txt')).toBe(true);
  });

  test('are nothing to those who may not see the runs', async () => {
    const { id } = await other.experiment('hidden');
    const [a, b] = await other.runs(id, 'aug=none', [0.9, 0.8]);
    await log(a, 'hidden.txt', 'secret');
    expect(await api.refusal(COMPARE, { runs: [a, b] }, lab.vera)).toBe('run/unknown');
    expect(await files([a, b], other.vera)).toHaveLength(1);
  });
});
