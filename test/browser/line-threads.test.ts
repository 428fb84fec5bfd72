import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, onTestFailed, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectListening, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What is said on lines of files, between two people: each test is one step, and needs those before it. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let grace: Desk;
let key = '';
let folder = '';
const runs: string[] = [];

const train = (rate: string): string => ['import torch', '', ...Array.from({ length: 30 }, (_, at) => `layer_${at} = Layer(${at})`), `rate = ${rate}`, 'train(rate)', ''].join('\n');
const PATCH = ['diff --git a/train.py b/train.py', '--- a/train.py', '+++ b/train.py', '@@ -33,2 +33,2 @@', '-rate = 0.1', '+rate = 0.5', ' train(rate)', ''].join('\n');

/** As mlflow.log_artifact does. */
async function log(run: string | undefined, path: string, body: string): Promise<void> {
  const answer = await fetch(`${stack.url}/api/2.0/mlflow-artifacts/artifacts/${folder}/${run}/artifacts/${path}`, { method: 'PUT', body });
  expect(answer.status).toBe(200);
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  [ada, grace] = [await browser.newDesk(stack.url), await browser.newDesk(stack.url)];
  await script.graphql('mutation { createProject(input: { slug: "rates", name: "Rates" }) { project { id } } }');
  const { proposeHypothesis } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "rates", statement: "A bolder rate raises acc by 0.01", metric: "acc" }) { hypothesis { id } } }');
  const { createExperiment } = await script.graphql<{ createExperiment: { experiment: { key: string; mlflowExperimentId: string } } }>('mutation($hypothesis: ID!) { createExperiment(input: { project: "rates", name: "Bolder", hypothesis: $hypothesis }) { experiment { key mlflowExperimentId } } }', { hypothesis: proposeHypothesis.hypothesis.id });
  key = createExperiment.experiment.key;
  folder = createExperiment.experiment.mlflowExperimentId;
  for (const [name, rate] of [['timid', '0.1'], ['bold', '0.5']] as const) {
    const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: folder, run_name: name, start_time: 1_700_000_000_000 });
    runs.push(run.info.run_id);
    await log(run.info.run_id, 'src/train.py', train(rate));
    await log(run.info.run_id, 'notes.txt', 'the same');
  }
  await log(runs[1], 'uncommitted.patch', PATCH);
  await log(runs[1], 'long.py', Array.from({ length: 20_000 }, (_, at) => `value_${at} = ${at}`).join('\n'));
  await grace.context.request.post('/api/auth/sign-up/email', { data: { name: 'Grace Hopper', email: 'grace@example.org', password: 'nanosecond wire' } });
  await script.graphql('mutation { addMember(input: { project: "rates", email: "grace@example.org", role: VIEWER }) { member { id } } }');
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

let failed: string | null = null;
beforeEach(({ task }) => {
  if (failed) throw new Error(`not tried, since this failed: ${failed}`);
  onTestFailed(() => { failed = task.name; });
});

const grid = (page: Page, name: string): Locator => page.getByRole('grid', { name });
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
/** The line that the keys have come to, as it is read out. */
const lineAt = async (lines: Locator): Promise<string> => {
  const id = await lines.getAttribute('aria-activedescendant');
  return id === null ? '' : lines.page().locator(`[id="${id}"]`).innerText().then(plain);
};
const comparison = (): string => `/e/${key}/compare?runs=${runs.join(',')}`;

test('by keyboard alone: a file that differs is chosen, a line of the difference reached, and a thread begun there, which the other sees at the line', async () => {
  await grace.page.goto(`${comparison()}&file=src%2Ftrain.py`);
  await expectSeen(grid(grace.page, 'Differences in src/train.py'));
  await expectListening(grace);
  const { page } = ada;
  await page.goto(comparison());
  const files = page.getByRole('list', { name: 'Text files of the runs' });
  await expectSeen(files);
  expect((await files.getByRole('button').allInnerTexts()).map(plain)).toEqual(['long.py only in bold', 'src/train.py differs', 'uncommitted.patch only in bold']);
  await files.getByRole('button', { name: /train\.py/ }).focus();
  await page.keyboard.press('Enter');
  const lines = grid(page, 'Differences in src/train.py');
  await expectSeen(lines);
  await expectSeen(lines.getByText('29 lines are the same'));
  await lines.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  expect(await lineAt(lines)).toBe('33 added: +rate = 0.5');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Start a thread on src/train.py, line 33' });
  await expectSeen(dialog.getByText('rate = 0.5'));
  await expectSeen(dialog.getByRole('textbox', { name: 'Comment' }).and(page.locator(':focus')));
  await page.keyboard.type('Five times bolder?');
  await page.keyboard.press('Control+Enter');
  for (const desk of [ada, grace]) await expectSeen(grid(desk.page, 'Differences in src/train.py').getByRole('link', { name: 'Thread 1 on line 33 of bold, 1 comment' }));
  // One goes on where one was.
  await expect.poll(() => lines.evaluate((box) => box === document.activeElement), PATIENTLY).toBe(true);
});

test('return shows what is folded away, and the pin leads to the thread, which leads back to the line', async () => {
  const { page } = ada;
  const lines = grid(page, 'Differences in src/train.py');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expectGone(lines.getByText('29 lines are the same'));
  await expectSeen(lines.getByText('layer_3 = Layer(3)'));
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expectSeen(lines.getByRole('link', { name: /^Thread 1/ }).and(page.locator(':focus')));
  await page.keyboard.press('Enter');
  const thread = page.getByRole('main').getByRole('article', { name: 'Thread 1, on src/train.py, line 33' });
  await expectSeen(thread.getByText('Five times bolder?'));
  await thread.getByRole('textbox', { name: 'Reply to thread 1' }).or(thread.getByRole('button', { name: 'Reply' })).first().click();
  // The plain box makes room for the editor, which is not to happen between a key and its release.
  await expectSeen(thread.locator('.tiptap'));
  await thread.getByRole('textbox', { name: 'Reply to thread 1' }).fill('It held in both seeds.');
  await thread.getByRole('textbox', { name: 'Reply to thread 1' }).press('Control+Enter');
  await expectSeen(grid(grace.page, 'Differences in src/train.py').getByRole('link', { name: 'Thread 1 on line 33 of bold, 2 comments' }));
  await thread.getByRole('link', { name: 'Show the line' }).click();
  await page.waitForURL(`**/r/${runs[1]}?tab=artifacts&file=src%2Ftrain.py&line=33`);
  const code = grid(page, 'Lines of src/train.py');
  await expectSeen(code.getByRole('link', { name: `Thread 1 of ${key} on line 33, 2 comments` }));
  expect(await lineAt(code)).toContain('rate = 0.5');
});

test('logged anew, the thread stands where its line moved to; a line that changed says so', async () => {
  const { page } = ada;
  await log(runs[1], 'src/train.py', `import os\n${train('0.5')}`);
  await page.goto(`/r/${runs[1]}?tab=artifacts&file=src/train.py`);
  await expectSeen(grid(page, 'Lines of src/train.py').getByRole('link', { name: `Thread 1 of ${key} on line 34, 2 comments` }));
  await page.goto(`/e/${key}?tab=discussion`);
  await expectSeen(page.getByRole('main').getByText('The file has changed since. This is line 34 now.'));
  await log(runs[1], 'src/train.py', train('0.55'));
  await page.reload();
  await expectSeen(page.getByRole('main').getByText('This line has changed since.'));
  await expectSeen(page.getByRole('main').getByRole('article', { name: /^Thread 1/ }).getByText('rate = 0.5', { exact: true }));
  await page.goto(`/r/${runs[1]}?tab=artifacts&file=src/train.py`);
  await expectSeen(page.getByRole('link', { name: `Thread 1 of ${key} on line 33, which has changed since, 2 comments` }));
});

test('a patch is shown as a difference, with signs and both numbers; who only reads comments on its lines too, with the mouse', async () => {
  const { page } = grace;
  await page.goto(`/r/${runs[1]}?tab=artifacts&file=uncommitted.patch`);
  const lines = grid(page, 'Lines of uncommitted.patch');
  await expectSeen(lines);
  expect(await lines.getByRole('row').nth(4).getByRole('gridcell', { name: 'line before 33' }).count()).toBe(1);
  expect(plain(await lines.getByRole('row').nth(5).innerText())).toBe('6 33 added: +rate = 0.5');
  const row = lines.getByRole('row').nth(5);
  await row.hover();
  await row.getByRole('button', { name: 'Comment on line 6' }).click();
  await expectSeen(page.getByRole('dialog', { name: 'Start a thread on uncommitted.patch, line 6' }));
  await page.getByRole('dialog').getByRole('textbox', { name: 'Comment' }).fill('This is not committed.');
  await page.getByRole('dialog').getByRole('button', { name: 'Start thread' }).click();
  await expectSeen(lines.getByRole('link', { name: 'Thread 1 on line 6, 1 comment' }));
});

test('of twenty thousand lines those near the screen are drawn, and the last is one key away', async () => {
  const { page } = grace;
  await page.goto(`/r/${runs[1]}?tab=artifacts&file=long.py`);
  const lines = grid(page, 'Lines of long.py');
  await expectSeen(lines.getByText('value_0 = 0', { exact: true }));
  expect(await lines.getAttribute('aria-rowcount')).toBe('20000');
  await lines.focus();
  await page.keyboard.press('End');
  await expectSeen(lines.getByText('value_19999 = 19999', { exact: true }));
  expect(await lines.getByRole('row').count()).toBeLessThan(200);
});

test('axe finds nothing in light and dark, wide and narrow, and no page scrolls sideways', async () => {
  const { page } = grace;
  const found: string[] = [];
  for (const [where, lines] of [[`${comparison()}&file=src%2Ftrain.py`, 'Differences in src/train.py'], [`/r/${runs[1]}?tab=artifacts&file=uncommitted.patch`, 'Lines of uncommitted.patch']] as const) {
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(where);
      await expectSeen(grid(page, lines));
      found.push(...(await axe(page)).map((each) => `${where} ${width} ${each}`));
      await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 15_000 }).catch(() => found.push(`${where} ${width}: scrolls sideways`));
    }
  }
  expect(found).toEqual([]);
});

test('nothing complained', () => {
  expect([...ada.complaints, ...grace.complaints]).toEqual([]);
});
