import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EpochResult } from '../../examples/digits/train.ts';
import { expectGone, expectListening, expectNoReload, expectSeen, markOpenPage, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { setExperiment, startTraining, trainOnce } from '../support/digits-training.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { tellOneStory } from '../support/one-story.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** The evening of issue 2: each test is one of its steps, and needs those before it. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
/** The owner of the machine, who writes and runs the experiment. */
let ada: Desk;
/** Signs up later, and reviews. */
let grace: Desk;
/** Where the experiment is; its key comes with the first run. */
let experiment = { mlflowId: '', address: '' };
const ended: { slow: EpochResult[]; fast: EpochResult[] } = { slow: [], fast: [] };

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);
  grace = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

tellOneStory();

const SLOW = { learning_rate: 0.01 };
const FAST = { learning_rate: 0.1 };

const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });
const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name });
/** A field by the words of its label. */
const field = (within: Page | Locator, name: string | RegExp): Locator => within.getByLabel(name);

async function chooseFromMenu(page: Page, menu: string, item: string): Promise<void> {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('1. the first page teaches three steps and offers the demo', async () => {
  const { page } = ada;
  await page.goto('/');
  await expectSeen(heading(page, 'Did the change help, or was it luck?'));
  const steps = page.getByRole('list').filter({ has: heading(page, 'Point your script at Lemma') }).getByRole('heading');
  expect(await steps.allTextContents()).toEqual(['Point your script at Lemma', 'Write the hypothesis', 'Compare']);
  await expectSeen(page.getByText(`export MLFLOW_TRACKING_URI=${stack.url}`));
  await expectSeen(page.getByText('mlflow.set_experiment('));
  await expectSeen(page.getByText('Every number is measured.'));
  await expectSeen(button(page, 'Run the demo'));
});

test('2. a training streams in: its run appears on the open page, and its curves move while it trains', async () => {
  const { page } = ada;
  await expectListening(ada);
  await markOpenPage(page);
  experiment = { ...experiment, mlflowId: await setExperiment(script, 'digits/Learning rate') };
  const training = await startTraining(script, { experiment: experiment.mlflowId, name: 'slow 1', seed: 1, change: SLOW });
  await training.epoch();
  await expectSeen(heading(page, 'Running now'));
  await page.getByRole('link', { name: 'slow 1' }).first().click();

  await expectSeen(heading(page, /^slow 1/));
  const panel = page.getByRole('figure').filter({ hasText: 'test_acc' });
  const shownValue = async () => Number(await panel.locator('.fig-h .num').textContent());
  const drawing = () => panel.locator('canvas').first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  let before = '';
  for (let epoch = await training.epoch(); epoch && epoch.epoch < 6; epoch = await training.epoch()) {
    await expect.poll(shownValue, PATIENTLY).toBeCloseTo(epoch.test_acc, 3);
    await expectSeen(page.locator('.facts', { hasText: `last step${epoch.epoch}` }));
    await expect.poll(drawing, PATIENTLY).not.toBe(before);
    before = await drawing();
  }
  ended.slow.push(await training.finish());
  await expectSeen(page.getByText('Finished', { exact: false }));
  await expectNoReload(page);
});

test('3. the experiment is exploratory until its hypothesis is written; runs and experiments are kept in order', async () => {
  const { page } = ada;
  await page.getByRole('link', { name: 'Learning rate' }).first().click();
  await expectSeen(page.getByText('This experiment is exploratory: nobody has written down what it should show.'));
  experiment = { ...experiment, address: new URL(page.url()).pathname };
  expect(experiment.address).toMatch(/^\/e\/[A-Z]+-\d+$/);

  // The guided form asks for what is missing, says why it matters, and grades while one types.
  await page.getByRole('link', { name: 'Write the hypothesis' }).click();
  const grade = page.getByRole('complementary', { name: 'Grade' }).getByRole('status');
  await field(page, 'What will you change?').fill('raising the learning rate from 0.01 to 0.1');
  await expectSeen(grade.getByText('unfalsifiable'));
  await expectSeen(page.getByText('Name the metric that should move: without one, no result can speak against the hypothesis.'));
  await expectSeen(page.getByText('Say whether the metric should rise or fall: otherwise every result agrees.'));
  await field(page, 'Which metric should it move?').fill('test_acc');
  await page.getByRole('group', { name: 'Up or down?' }).getByText('increase').click();
  await expectSeen(grade.getByText('weak'));
  await expectSeen(page.getByText('Say how small an effect would still be worth having', { exact: false }));
  await field(page, 'By at least how much?').fill('0.05');
  await expectSeen(grade.getByText('fair'));
  await field(page, 'Why should it work?').fill('six epochs of timid steps leave the network far from where it could be');
  await expectSeen(grade.getByText('strong'));
  await field(page, 'What must not get worse?').fill('test_nll');
  await page.keyboard.press('Enter');
  await expectSeen(button(page, 'Remove test_nll'));
  await button(page, 'Attach it').click();
  await page.waitForURL(`**${experiment.address}`);
  await expectSeen(page.getByRole('region', { name: 'Hypothesis' }).getByText('six epochs of timid steps', { exact: false }));
  await expectGone(page.getByText('This experiment is exploratory', { exact: false }));

  // Rename.
  await chooseFromMenu(page, 'More about this experiment', 'Rename, describe, parents…');
  await field(page.getByRole('dialog'), 'Name').fill('Bolder learning rate');
  await button(page.getByRole('dialog'), 'Save').click();
  await expectSeen(heading(page, 'Bolder learning rate'));

  // A run that a crash cut short: left out of the statistics, with the reason for everyone to read.
  const cut = await startTraining(script, { experiment: experiment.mlflowId, name: 'slow, cut short', seed: 9, change: SLOW });
  await cut.epoch();
  await script.track('runs/update', { run_id: cut.runId, status: 'FINISHED', end_time: Date.now() });
  await page.getByRole('navigation', { name: 'Experiment' }).getByRole('link', { name: /^Runs/ }).click();
  await page.getByRole('checkbox', { name: 'Choose slow, cut short' }).check();
  await button(page, 'Exclude…').click();
  await field(page.getByRole('dialog'), 'Why does it not count?').fill('the machine was taken away after the first epoch');
  await button(page.getByRole('dialog'), 'Exclude').click();
  await expectSeen(page.getByRole('row', { name: /slow, cut short/ }).getByText('excluded'));
  await page.getByRole('link', { name: 'slow, cut short' }).click();
  await expectSeen(page.getByText('the machine was taken away after the first epoch', { exact: false }));

  // Something that was logged without a project moves to where it belongs, and into the archive.
  await trainOnce(script, { experiment: await setExperiment(script, 'scratch'), name: 'first try', seed: 1, change: { epochs: 1 } });
  await page.goto('/p/sandbox?view=experiments');
  await page.getByRole('link', { name: 'scratch' }).click();
  await chooseFromMenu(page, 'More about this experiment', 'Move to another project…');
  await field(page.getByRole('dialog'), 'Project').selectOption('digits');
  await button(page.getByRole('dialog'), 'Move').click();
  await page.waitForURL((url) => url.pathname.startsWith(experiment.address.replace(/\d+$/, '')));
  await expectSeen(heading(page, 'scratch'));
  await chooseFromMenu(page, 'More about this experiment', 'Archive');
  await expectSeen(page.getByRole('main').getByText('archived', { exact: true }));
  await page.goto('/p/digits?view=experiments');
  await expectSeen(page.getByRole('link', { name: 'Bolder learning rate' }));
  await expectGone(page.getByRole('link', { name: 'scratch' }));
  await button(page, 'Show archived').click();
  await expectSeen(page.getByRole('link', { name: 'scratch' }));
});

test('4. one run a side proves nothing yet; repeats fold into variants, and the verdict comes by itself', async () => {
  const { page } = ada;
  ended.fast.push(await trainOnce(script, { experiment: experiment.mlflowId, name: 'fast 1', seed: 1, change: FAST }));
  await page.goto(experiment.address);
  const variants = page.getByRole('region', { name: 'Table of variants' });
  const slow = variants.getByRole('row', { name: /learning_rate=0\.01/ });
  const fast = variants.getByRole('row', { name: /learning_rate=0\.1/ });
  await expectSeen(fast);
  await button(slow, 'Choose as baseline').click();
  await expectSeen(slow.getByText('baseline'));
  await expectSeen(page.getByText('One run against one run says nothing about the change.', { exact: false }));
  await expectSeen(page.getByText(/\d+ more repeats? a side, with other seeds, would show how large chance is\./));
  await expectSeen(page.getByRole('status').getByText('Inconclusive', { exact: true }));
  const found = page.getByRole('region', { name: /^Figure 1/ }).getByRole('row', { name: /learning_rate=0\.1/ });
  const cells = async () => (await found.getByRole('cell').allTextContents()).map((text) => text.trim());
  expect((await cells()).slice(4, 6), 'neither an interval nor a p-value comes from one run a side').toEqual(['n = 1', '–']);

  await expectListening(ada);
  await markOpenPage(page);
  for (const seed of [2, 3]) {
    ended.slow.push(await trainOnce(script, { experiment: experiment.mlflowId, name: `slow ${seed}`, seed, change: SLOW }));
    ended.fast.push(await trainOnce(script, { experiment: experiment.mlflowId, name: `fast ${seed}`, seed, change: FAST }));
  }
  // Six runs, two variants; the run that was left out is in none of the numbers.
  await expectSeen(fast.getByRole('cell', { name: '3', exact: true }));
  await expectSeen(slow.getByRole('cell', { name: '3', exact: true }));
  expect(await variants.getByRole('row').count()).toBe(3);
  expect(await page.locator('.chg').allTextContents()).toEqual(['configlearning_ratefrom 0.01to 0.1']);
  // The script says nothing of its code, so the page does not claim that it stayed the same.
  await expectSeen(page.getByText(/^An effect can be attributed to this one change if code.* stayed the same\.$/));

  await expect.poll(async () => (await cells())[1], PATIENTLY).toBe('3');
  await expectSeen(page.getByRole('status').getByText('Supported', { exact: true }));
  await expectSeen(page.getByText(/^learning_rate=0\.1 raised test_acc by 0\.\d+, very likely between 0\.\d+ and 0\.\d+; the bar was 0\.05\.$/));
  const [, , , effect, interval, p] = await cells();
  const mean = (results: readonly EpochResult[]) => results.reduce((sum, { test_acc }) => sum + test_acc, 0) / results.length;
  expect(Number(effect), 'the effect is the difference of the means that the trainings really reached').toBeCloseTo(mean(ended.fast) - mean(ended.slow), 2);
  expect(interval).toMatch(/^0\.\d+ to 0\.\d+$/);
  expect(p).toMatch(/^(0\.\d+|< 0\.0001)$/);
  await expectSeen(page.getByText('Guardrails held'));
  await expectNoReload(page);
});

test('5. the verdict is discussed, reviewed and approved by a second person, and the approval turns stale by itself', async () => {
  // Grace makes her account, and Ada makes her a reviewer.
  await grace.page.goto('/sign-up');
  await field(grace.page, 'Name').fill('Grace Hopper');
  await field(grace.page, 'E-mail').fill('grace@example.org');
  await field(grace.page, 'Password').fill('nanosecond wire');
  await button(grace.page, 'Make the account').click();
  await grace.page.waitForURL('**/');
  await expectSeen(button(grace.page, /Grace Hopper/));
  await ada.page.goto('/p/digits/settings');
  await field(ada.page, 'Add someone by e-mail').fill('grace@example.org');
  await ada.page.getByLabel('As', { exact: true }).selectOption('REVIEWER');
  await button(ada.page, 'Add').click();
  await expectSeen(ada.page.getByRole('row', { name: /Grace Hopper/ }));

  // A thread that points at the verdict, and a request.
  await ada.page.goto(experiment.address);
  await button(ada.page, 'Discuss').click();
  await ada.page.getByRole('textbox', { name: 'Comment' }).fill('Is the spread of the slow side heteroscedastic?');
  await button(ada.page, 'Start thread').click();
  await expectSeen(ada.page.getByRole('article', { name: 'Thread 1, on the verdict' }).getByText('heteroscedastic', { exact: false }));
  await button(ada.page, 'Ask for a review').click();
  await ada.page.getByRole('checkbox', { name: /Grace Hopper/ }).check();
  await button(ada.page.getByRole('dialog'), 'Ask').click();
  await expectSeen(ada.page.getByText('needs 1 approval'));

  // Grace is told on her open first page, reads, answers and approves.
  await grace.page.getByRole('link', { name: 'Review “Bolder learning rate”' }).click();
  await expectSeen(grace.page.getByRole('status').getByText('Supported', { exact: true }));
  const thread = grace.page.getByRole('article', { name: 'Thread 1, on the verdict' });
  await button(thread, 'Reply').click();
  await grace.page.getByRole('textbox', { name: 'Reply to thread 1' }).fill('Welch allows for that.');
  await button(thread, 'Reply').last().click();
  await expectSeen(ada.page.getByRole('article', { name: 'Thread 1, on the verdict' }).getByText('Welch allows for that.'));
  await expectGone(button(ada.page, 'Approve'));
  await button(grace.page, 'Approve').click();
  const dialog = grace.page.getByRole('dialog');
  await expectSeen(dialog.getByText('Your approval is of this evidence', { exact: false }));
  const digest = (await dialog.locator('.mono').first().textContent()) ?? '';
  expect(digest).toMatch(/^[0-9a-f]{8}$/);
  await field(dialog, 'Anything to add?').fill('Three seeds a side, one change.');
  await button(dialog, 'Approve').click();
  for (const { page } of [grace, ada]) {
    const review = page.getByRole('complementary', { name: 'Review' });
    await expectSeen(review.getByText('of evidence', { exact: false }).filter({ hasText: digest }));
    await expectSeen(review.getByText('approved', { exact: true }));
  }

  // Another run of the experiment ends: everyone who looks sees that the approval no longer holds.
  for (const desk of [ada, grace]) await markOpenPage(desk.page);
  ended.fast.push(await trainOnce(script, { experiment: experiment.mlflowId, name: 'fast 4', seed: 4, change: FAST }));
  for (const { page } of [ada, grace]) {
    await expectSeen(page.getByText('approval is stale'));
    await expectSeen(page.getByText('Another look is needed.', { exact: false }));
    await expectNoReload(page);
  }
});

test('6. a share link with a password opens for someone who is not signed in, and revoking it ends that', async () => {
  const { page } = ada;
  await button(page, 'Share').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Expires after').selectOption('7');
  await field(dialog, 'Password (optional)').fill('open sesame');
  await button(dialog, 'Make the link').click();
  const address = (await dialog.getByLabel('the share link', { exact: true }).textContent()) ?? '';
  expect(address).toMatch(new RegExp(`^${stack.url}/s/[\\w-]{43}$`));

  const stranger = await browser.newDesk(stack.url);
  expect((await stranger.page.goto(address))?.status()).toBe(200);
  await expectSeen(heading(stranger.page, 'This page has a password'));
  expect(await stranger.page.content()).not.toContain('timid steps');
  await field(stranger.page, 'Password').fill('open barley');
  await button(stranger.page, 'Open').click();
  await expectSeen(stranger.page.getByText('That is not the password of this page.'));
  await field(stranger.page, 'Password').fill('open sesame');
  await button(stranger.page, 'Open').click();
  await expectSeen(heading(stranger.page, 'Does raising the learning rate from 0.01 to 0.1 increase test_acc?'));
  await expectSeen(stranger.page.getByText('Supported by the evidence'));
  // What a reader without scripts gets, and what the server sends: the same page, whole.
  const html = await (await stranger.context.request.get(address)).text();
  for (const words of ['Supported by the evidence', 'six epochs of timid steps', 'learning_rate=0.1', 'the evidence has changed since']) expect(html).toContain(words);
  await expectGone(button(stranger.page, /approve|edit|share/i));

  await expectSeen(dialog.getByText('with a password', { exact: false }));
  await button(dialog, 'Revoke').click();
  await button(dialog, 'Revoke it').click();
  await expectSeen(dialog.getByText(/^Revoked/));
  expect((await stranger.page.reload())?.status()).toBe(404);
  expect(await stranger.page.content()).not.toContain('timid steps');
  await stranger.context.close();
  await page.keyboard.press('Escape');
});

test('7. the experiment is found again by a word of its hypothesis, a parameter and a comment', async () => {
  const { page } = ada;
  await page.goto('/search');
  const question = page.getByRole('combobox', { name: 'What have we tried for' });
  for (const words of ['timid', 'learning_rate', 'heteroscedastic']) {
    await question.fill(words);
    await page.waitForURL((url) => url.searchParams.get('q') === words);
    await expectSeen(page.getByRole('main').getByRole('row', { name: /Bolder learning rate/ }));
  }
  // The palette finds it without a mouse, from anywhere.
  for (const words of ['timid', 'learning_rate', 'heteroscedastic']) {
    await page.goto('/people');
    await expectSeen(heading(page, 'People'));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').pressSequentially(words);
    const found = page.getByRole('option', { name: /Bolder learning rate/ });
    await expectSeen(found);
    for (let presses = 0; presses < 20 && (await found.first().getAttribute('aria-selected')) !== 'true'; presses += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${experiment.address}`);
    await expectSeen(heading(page, 'Bolder learning rate'));
  }
});

test('and nobody\'s console had anything to complain about', () => {
  expect([...ada.complaints, ...grace.complaints]).toEqual([]);
});
