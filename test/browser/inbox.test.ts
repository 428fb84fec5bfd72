import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { setExperiment, startTraining } from '../support/digits-training.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let mlflowId: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);
  mlflowId = await setExperiment(script, 'sandbox/larger steps');
  for (const seed of [1, 2]) await (await startTraining(script, { experiment: mlflowId, name: `seed ${seed}`, seed })).finish();
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('what one is told comes to the open inbox, is read by opening it, and is chosen with a keyboard', async () => {
  const { page } = ada;
  await page.goto('/people');
  await expectSeen(page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Sandbox' }));
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL('**/inbox');
  await expectSeen(page.getByRole('link', { name: 'Unread: 2 runs of SBX-2 “larger steps” finished' }));
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await expectSeen(page.getByText('Nothing waits to be read.'));

  const broken = await startTraining(script, { experiment: mlflowId, name: 'broken', seed: 9 });
  await script.track('runs/update', { run_id: broken.runId, status: 'FAILED', end_time: Date.now() });
  const news = page.getByRole('link', { name: 'Unread: Run broken of SBX-2 “larger steps” failed' });
  await expectSeen(news);
  await news.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/e/SBX-2');
  await page.goto('/inbox');
  await expectSeen(page.getByText('Nothing waits to be read.'));
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await expectSeen(page.getByRole('link', { name: 'Run broken of SBX-2 “larger steps” failed', exact: true }));
});

test('what is chosen to be told is kept, and can be taken back', async () => {
  const { page } = ada;
  await page.goto('/inbox/settings');
  const reach = page.getByLabel('A run finishes: in the inbox');
  await reach.selectOption('NONE');
  await expect.poll(() => page.getByLabel('A run finishes: by mail').isDisabled(), PATIENTLY).toBe(true);
  await page.reload();
  await expect.poll(() => reach.inputValue(), PATIENTLY).toBe('NONE');
  await page.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect.poll(() => reach.inputValue(), PATIENTLY).toBe('MINE');
});
