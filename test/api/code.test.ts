import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let key: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
  ({ key } = await lab.experiment('coding'));
}, 120_000);
afterAll(() => api.stop());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const [FIRST, SECOND] = ['c0ffee0c', 'beef00db'].map((digits) => digits.repeat(5)) as [string, string];

async function post(path: string, body: unknown): Promise<void> {
  const response = await api.fetch(`/api/v1${path}`, { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

let last = 0;
/** A run that says which code it ran. */
async function ran(code: Record<string, unknown>, startedAt = '2026-11-30T06:00:00Z', experiment = key): Promise<string> {
  const id = (last += 1).toString(16).padStart(32, 'c');
  await post('/runs', { id, experiment, name: `run ${last}`, startedAt, params: {} });
  await post(`/runs/${id}/capture`, { version: 1, code: { repository: 'git@github.com:acme/vision.git', ...code } });
  return id;
}

const file = (path: string, content: string, functions: Readonly<Record<string, string>> = {}, meaning = content) => ({ path, sha256: sha256(content), meaning: sha256(meaning), functions: Object.fromEntries(Object.entries(functions).map(([name, text]) => [name, sha256(text)])) });
const changes = (content: string) => ({ path: 'lemma/code/changes.diff', sha256: sha256(content), bytes: content.length });
const untracked = (...paths: readonly string[]) => paths.map((path) => ({ path, bytes: 1, sha256: sha256(path) }));

interface Version { readonly run: { readonly id: string }; readonly commit: string | null; readonly changes: string | null; readonly runCount: number; readonly firstUsedAt: string | null; readonly lastUsedAt: string | null; readonly runs: { readonly totalCount: number; readonly nodes: { readonly id: string }[]; readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean } } }
const VERSION = 'run { id } commit changes runCount firstUsedAt lastUsedAt runs(first: $first, after: $after) { totalCount nodes { id } pageInfo { endCursor hasNextPage } }';
const versionOf = async (id: string, variables: Record<string, unknown> = {}, as: As = lab.ada): Promise<Version | null | undefined> =>
  (await api.ok<{ run: { codeVersion: Version | null } | null }>(`query($id: ID!, $first: Int, $after: String) { run(id: $id) { codeVersion { ${VERSION} } } }`, { id, ...variables }, as)).run?.codeVersion;

interface Listed { readonly totalCount: number; readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }; readonly nodes: { readonly commit: string | null; readonly dirty: boolean; readonly runCount: number; readonly run: { readonly id: string } }[] }
const LIST = 'query($slug: String!, $first: Int, $after: String) { project(slug: $slug) { codeVersions(first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { commit dirty runCount run { id } } } } }';
const listed = async (variables: Record<string, unknown> = {}, as: As = lab.ada): Promise<Listed | undefined> => (await api.ok<{ project: { codeVersions: Listed } | null }>(LIST, { slug: lab.slug, ...variables }, as)).project?.codeVersions;

const COMPARE = 'query($from: ID!, $to: ID!) { codeComparison(from: $from, to: $to) { relation compareUrl fileCount complete sameFiles files { path change formOnly functions { name change } } from { id } to { id } } }';

describe('versions of the code', () => {
  let [clean, again, dirty, moved, without]: string[] = [];
  beforeAll(async () => {
    clean = await ran({ commit: FIRST, files: [file('train.py', 'a', { fit: '1' }), file('note.py', 'x', {}, 'm'), file('same.py', 's')] }, '2026-11-01T06:00:00Z');
    again = await ran({ commit: FIRST, repository: 'https://github.com/acme/vision.git' }, '2026-11-02T06:00:00Z');
    dirty = await ran({ commit: FIRST, dirty: true, diff: changes('d1'), files: [file('train.py', 'b', { fit: '2', go: '1' }), file('note.py', 'y', {}, 'm'), file('same.py', 's')] });
    moved = await ran({ commit: SECOND, files: [file('train.py', 'a', { fit: '1' }), file('new.py', 'n')] });
    without = await ran({ repository: null, commit: null, untracked: untracked('a.py'), files: [] });
  });

  test('are known by any run that ran them, with all runs of the project that did', async () => {
    const version = await versionOf(again ?? '');
    expect(version).toMatchObject({ run: { id: again }, commit: FIRST, changes: null, runCount: 2, firstUsedAt: '2026-11-01T06:00:00.000Z', lastUsedAt: '2026-11-02T06:00:00.000Z', runs: { totalCount: 2, nodes: [{ id: again }, { id: clean }] } });
    expect(await versionOf(dirty ?? '')).toMatchObject({ changes: sha256('d1'), runCount: 1, runs: { nodes: [{ id: dirty }] } });
    expect(await versionOf(without ?? '')).toMatchObject({ commit: null, runCount: 1, runs: { nodes: [{ id: without }] } });
    const page = await versionOf(clean ?? '', { first: 1 });
    expect(page?.runs).toMatchObject({ nodes: [{ id: again }], pageInfo: { hasNextPage: true } });
    expect((await versionOf(clean ?? '', { first: 1, after: page?.runs.pageInfo.endCursor }))?.runs.nodes).toEqual([{ id: clean }]);
  });

  test('stand in their project by their newest run, a page at a time', async () => {
    const all = await listed();
    expect(all?.totalCount).toBe(4);
    expect(all?.nodes.map(({ commit, dirty: changed, runCount, run }) => [commit, changed, runCount, run.id])).toEqual([[null, false, 1, without], [SECOND, false, 1, moved], [FIRST, true, 1, dirty], [FIRST, false, 2, again]]);
    const page = await listed({ first: 3 });
    expect(page?.pageInfo.hasNextPage).toBe(true);
    expect((await listed({ first: 3, after: page?.pageInfo.endCursor }))?.nodes.map(({ run }) => run.id)).toEqual([again]);
    expect(await api.refusal(LIST, { slug: lab.slug, after: 'nonsense' }, lab.ada)).toBe('page/cursor');
  });

  test('count no run that was deleted', async () => {
    const gone = await ran({ commit: 'dead0000' });
    expect((await versionOf(gone))?.runCount).toBe(1);
    await api.adapters.prisma.run.update({ where: { id: gone }, data: { deletedAt: new Date() } });
    expect((await listed())?.totalCount).toBe(4);
    expect(await versionOf(gone)).toMatchObject({ runCount: 0, firstUsedAt: null, runs: { totalCount: 0, nodes: [] } });
  });

  test('say which files and functions differ, and where the forge shows it', async () => {
    const compared = async (from: string | undefined, to: string | undefined) => (await api.ok<{ codeComparison: Record<string, unknown> }>(COMPARE, { from, to }, lab.ada)).codeComparison;
    expect(await compared(clean, dirty)).toEqual({
      relation: 'SAME_COMMIT', compareUrl: null, fileCount: 2, complete: true, sameFiles: ['same.py'], from: { id: clean }, to: { id: dirty },
      files: [{ path: 'note.py', change: 'CHANGED', formOnly: true, functions: [] }, { path: 'train.py', change: 'CHANGED', formOnly: false, functions: [{ name: 'fit', change: 'CHANGED' }, { name: 'go', change: 'ADDED' }] }],
    });
    expect(await compared(clean, moved)).toMatchObject({ relation: 'OTHER_COMMIT', compareUrl: `https://github.com/acme/vision/compare/${FIRST}...${SECOND}`, files: [{ path: 'new.py', change: 'ADDED' }, { path: 'note.py', change: 'REMOVED' }, { path: 'same.py', change: 'REMOVED' }] });
    expect(await compared(clean, again)).toMatchObject({ relation: 'SAME', fileCount: 0, complete: false });
    expect(await compared(clean, without)).toMatchObject({ relation: 'UNKNOWN', compareUrl: null });
  });

  test('lead to what was in no commit, each file by itself', async () => {
    const id = await ran({ commit: FIRST, dirty: true, untracked: untracked('new/idea.py', 'late.py') });
    const { mlflowId } = await api.adapters.prisma.experiment.findFirstOrThrow({ where: { runs: { some: { id } } } });
    const folder = `/api/2.0/mlflow-artifacts/artifacts/${mlflowId}/${id}/artifacts/lemma/code/untracked`;
    expect((await api.fetch(`${folder}/new/idea.py`, { as: lab.ada, method: 'PUT', body: 'x = 1\n' })).status).toBe(200);
    const { run } = await api.ok<{ run: { capture: { code: { untracked: unknown } } } }>('query($id: ID!) { run(id: $id) { capture { code { untracked { path file { sha256 url } } } } } }', { id }, lab.ada);
    expect(run.capture.code.untracked).toEqual([{ path: 'new/idea.py', file: { sha256: sha256('x = 1\n'), url: `${folder}/new/idea.py` } }, { path: 'late.py', file: null }]);
  });

  test('are not there for who may not see the project, nor counted for a run that was moved to another', async () => {
    expect(await versionOf(clean ?? '', {}, lab.vera)).toMatchObject({ runCount: 2 });
    expect((await listed({}, lab.vera))?.totalCount).toBeGreaterThan(3);
    expect(await listed({}, lab.eve)).toBeUndefined();
    expect(await versionOf(clean ?? '', {}, lab.eve)).toBeUndefined();
    expect(await api.refusal(COMPARE, { from: clean, to: dirty }, lab.eve)).toBe('run/unknown');

    const elsewhere = await openLab(api);
    const there = await elsewhere.experiment('elsewhere');
    await api.adapters.prisma.run.update({ where: { id: again ?? '' }, data: { experimentId: there.id } });
    expect(await versionOf(again ?? '', {}, elsewhere.ada)).toMatchObject({ runCount: 1, runs: { nodes: [{ id: again }] } });
    expect(await versionOf(clean ?? '')).toMatchObject({ runCount: 1, runs: { nodes: [{ id: clean }] } });
    expect(await api.refusal(COMPARE, { from: clean, to: again }, lab.vera)).toBe('run/unknown');
  });

  test('are found by an index, however many runs there are', async () => {
    const rows = await api.adapters.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN SELECT r.id FROM runs v JOIN runs r ON coalesce(r.code_commit, r.code_diff) = coalesce(v.code_commit, v.code_diff) WHERE v.id = 'x'`;
    });
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('runs_code_idx');
  });
});
