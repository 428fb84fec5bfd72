import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
let experiment: string;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const [FIRST, SECOND] = ['c0ffee0c', 'beef00db'].map((digits) => digits.repeat(5)) as [string, string];
const [BASE, HALF, MOVED] = ['ca', 'cb', 'cd'].map((letters) => letters.repeat(16)) as [string, string, string];

const DIFF_OF_BASE = `diff --git a/train.py b/train.py
index 1111111..2222222 100644
--- a/train.py
+++ b/train.py
@@ -10,3 +10,3 @@ def build(width):
     # </script><b>what</b> is built
-    layers = 2
+    layers = 3
     return Model(width, layers)
`;
const DIFF_OF_HALF = `diff --git a/train.py b/train.py
index 1111111..3333333 100644
--- a/train.py
+++ b/train.py
@@ -10,3 +10,3 @@ def build(width):
     # </script><b>what</b> is built
-    layers = 2
+    layers = 4
     return Model(width, layers)
@@ -40,4 +40,5 @@ class Trainer:
     def fit(self, epochs):
-        lr = 0.1
+        lr = 0.05
+        warm_up(lr)
         self.step(lr)
         return self
`;
const IDEA = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`).join('\n');

async function post(path: string, body: unknown): Promise<{ readonly artifacts: string; readonly experiment: string }> {
  const response = await fetch(`${stack.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return await response.json() as { readonly artifacts: string; readonly experiment: string };
}

interface Given { readonly name: string; readonly commit: string; readonly diff: string | null; readonly beside: Readonly<Record<string, string>>; readonly files: Readonly<Record<string, string>>; readonly onRemote?: boolean }

/** A run with its code, as a client that captures it says it. */
async function ran(id: string, startedAt: string, { name, commit, diff, beside, files, onRemote = true }: Given): Promise<void> {
  const made = await post('/runs', { id, project: 'sandbox', hypothesis: 'More layers help', startedAt, name, params: {} });
  experiment = made.experiment;
  const path = 'lemma/code/changes.diff';
  await post(`/runs/${id}/capture`, {
    version: 1,
    code: {
      repository: 'git@github.com:acme/vision.git', commit, branch: 'main', dirty: diff !== null, onRemote, script: 'train.py', diff: diff === null ? null : { path, sha256: sha256(diff), bytes: diff.length },
      untracked: Object.entries(beside).map(([each, text]) => ({ path: each, bytes: text.length, sha256: sha256(text) })),
      files: Object.entries(files).map(([each, text]) => ({ path: each, sha256: sha256(text), meaning: sha256(text), functions: { 'Trainer.fit': sha256(text), build: sha256('build') } })),
    },
  });
  const put = async (file: string, body: string): Promise<unknown> => fetch(`${stack.url}${new URL(made.artifacts).pathname}/${file}`, { method: 'PUT', body });
  if (diff !== null) await put(path, diff);
  for (const [each, text] of Object.entries(beside)) await put(`lemma/code/untracked/${each}`, text);
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  await ran(BASE, '2026-11-01T06:00:00Z', { name: 'three layers', commit: FIRST, diff: DIFF_OF_BASE, beside: { 'idea.py': IDEA, 'gone.py': 'x = 1\n' }, files: { 'train.py': 'a', 'data.py': 'd' }, onRemote: false });
  await ran(HALF, '2026-11-10T06:00:00Z', { name: 'four layers', commit: FIRST, diff: DIFF_OF_HALF, beside: { 'idea.py': IDEA.replace('line 20', 'line twenty') }, files: { 'train.py': 'b', 'data.py': 'd' } });
  await ran(MOVED, '2026-11-20T06:00:00Z', { name: 'committed', commit: SECOND, diff: null, beside: {}, files: { 'train.py': 'b', 'data.py': 'other' } });
  await lemmaClient(stack.url).graphql('mutation { createProject(input: { slug: "nothing", name: "Nothing" }) { project { id } } }');
  desk = await browser.newDesk(stack.url);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** Nothing to complain of at any width, in both themes; pictures of it where somebody asks for them. */
async function looksRight(picture: string): Promise<void> {
  const { page } = desk;
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axe(page), `${picture} at ${width}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${picture} at ${width}`).toBe(true);
    for (const colorScheme of ['dark', 'light'] as const) {
      if (process.env['LEMMA_PICTURES'] === undefined) continue;
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env['LEMMA_PICTURES']}/${picture}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('the code of a project is found in its versions, each with its runs and what was in no commit', async () => {
  const { page, complaints } = desk;
  await page.goto('/p/sandbox');
  await page.getByRole('link', { name: 'Code', exact: true }).last().click();
  await page.waitForURL('**/p/sandbox/code');
  const list = page.getByRole('region', { name: 'Table: Versions of the code' });
  await expectSeen(list.getByRole('link', { name: `${SECOND.slice(0, 10)}`, exact: true }));
  await looksRight('code-versions');
  await list.getByRole('link', { name: new RegExp(`^${FIRST.slice(0, 10)} with`) }).last().click();
  await page.waitForURL(`**/c/${BASE}`);

  await expectSeen(page.getByText('This commit is on no remote branch.'));
  expect(await page.getByRole('link', { name: FIRST }).getAttribute('href')).toBe(`https://github.com/acme/vision/commit/${FIRST}`);
  await expectSeen(page.getByRole('region', { name: 'Lines of train.py' }).getByText('def build(width):'));
  await expectSeen(page.getByRole('region', { name: 'Lines of idea.py' }).getByText('line 40'));
  await expectSeen(page.getByRole('region', { name: 'Table: Runs of this version' }).getByRole('link', { name: 'three layers' }));
  await looksRight('code');
  expect(complaints).toEqual([]);
});

test('two versions on one commit are laid side by side, by the line and the word, and the keys lead from change to change', async () => {
  const { page, complaints } = desk;
  await page.goto(`/c/${HALF}`);
  await page.getByLabel('What changed to this version from').selectOption(BASE);
  await page.waitForURL(`**/c/${BASE}/${HALF}`);
  await expectSeen(page.getByText('1 file removed, 2 files changed. The commit is the same, the changes that were not committed differ.'));
  const train = page.getByRole('region', { name: 'Lines of train.py' });
  await expectSeen(train.getByText('class Trainer:'));
  // Of the base both patches have 2 layers: it is on no side.
  expect(await train.getByText('layers = 2').count()).toBe(0);
  expect(await train.locator('mark').allTextContents()).toEqual(['3', '4', '0.1', '0.05']);
  expect(await train.getByRole('row').filter({ hasText: 'layers = ' }).getByRole('rowheader').textContent()).toBe('11');
  const idea = page.getByRole('region', { name: 'Lines of idea.py' });
  await expectSeen(idea.getByText('line twenty'));
  await expectGone(idea.getByText('line 5', { exact: true }));
  await idea.getByRole('button', { name: '16 lines are the same. Show them' }).first().click();
  await expectSeen(idea.getByText('line 5', { exact: true }).first());
  await expectGone(page.getByText('data.py'));
  await looksRight('code-compared');

  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
  await page.getByRole('heading', { name: 'What changed in the code' }).click();
  await page.keyboard.press('n');
  expect(await focused()).toContain('x = 1');
  await page.keyboard.press('n');
  expect(await focused()).toContain('line twenty');
  await page.keyboard.press('n');
  expect(await focused()).toContain('layers = 4');
  await page.keyboard.press('p');
  expect(await focused()).toContain('line twenty');

  await page.getByLabel('side by side').click();
  await page.waitForURL('**?as=unified');
  await expect.poll(() => train.getByRole('row').filter({ hasText: 'layers = ' }).count(), PATIENTLY).toBe(2);
  await page.getByRole('link', { name: 'Swap' }).click();
  await page.waitForURL(`**/c/${HALF}/${BASE}**`);
  await expectSeen(page.getByText('1 file added, 2 files changed.'));
  expect(complaints).toEqual([]);
});

test('of two commits only hashes are known: files and functions are named, and the forge shows the lines', async () => {
  const { page, complaints } = desk;
  await page.goto(`/c/${HALF}/${MOVED}`);
  await expectSeen(page.getByText('They are two commits.'));
  const named = page.getByRole('region', { name: 'Table: Files known by their hashes' });
  await expectSeen(named.getByText('data.py'));
  await expectSeen(named.getByText('Trainer.fit'));
  // What was uncommitted before was committed since: the hashes say that it is the same.
  await expectGone(page.getByRole('region', { name: 'Lines of train.py' }));
  expect(await page.getByRole('link', { name: 'See the lines on github.com' }).getAttribute('href')).toBe(`https://github.com/acme/vision/compare/${FIRST}...${SECOND}`);
  await looksRight('code-hashes');
  expect(complaints).toEqual([]);
});

test('runs, their comparison and their lineage lead to the code', async () => {
  const { page, complaints } = desk;
  await page.goto(`/r/${HALF}?tab=capture`);
  await page.getByRole('link', { name: 'Side by side, and who else ran it' }).click();
  await page.waitForURL(`**/c/${HALF}`);
  await page.goto(`/e/${experiment}/compare?runs=${BASE},${HALF}`);
  await page.getByRole('link', { name: 'the code side by side' }).click();
  await page.waitForURL(`**/c/${BASE}/${HALF}`);
  await page.goto(`/e/${experiment}/lineage?as=list`);
  await page.getByRole('link', { name: SECOND.slice(0, 10) }).first().click();
  await page.waitForURL(`**/c/${MOVED}`);
  expect(complaints).toEqual([]);
});

test('a project without code says how to keep it, and a version that is not there says so', async () => {
  const { page } = desk;
  await page.goto('/p/nothing/code');
  await expectSeen(page.getByText('No run of this project said which code it ran.'));
  await page.goto('/c/none');
  await expect.poll(() => page.getByText('There is no such version of the code, or you may not see it.').count(), PATIENTLY).toBe(1);
  await page.goto(`/c/none/${HALF}`);
  await expect.poll(() => page.getByText('There is no such version of the code, or you may not see it.').count(), PATIENTLY).toBe(1);
});
