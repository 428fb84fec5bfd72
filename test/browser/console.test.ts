import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectListening, expectNoReload, expectSeen, markOpenPage, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let client: LemmaClient;
let desk: Desk;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  client = lemmaClient(stack.url);
  desk = await browser.newDesk(stack.url);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const run = promisify(execFile);
/** A process of its own prints lines, and has printed them all when this resolves. */
const print = (runId: string, first: number, count: number) => run(process.execPath, ['test/support/print-to-console.ts', stack.url, runId, String(first), String(count)]);

async function startRun(name: string): Promise<string> {
  const { experiment_id } = await client.track<{ experiment_id: string }>('experiments/create', { name: `console/${name}` });
  return (await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: name, start_time: Date.now() })).run.info.run_id;
}

async function violations(): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await desk.page.setViewportSize({ width, height: 900 });
    found.push(...(await axe(desk.page)).map((each) => `${width} ${each}`));
  }
  await desk.page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

test('what a process prints is seen as it prints it: followed, searched, linked, and never part of the page', async () => {
  const { page, complaints } = desk;
  const runId = await startRun('printing');
  await page.goto(`/r/${runId}?tab=console`);
  await expectSeen(page.getByText('No console output has arrived.'));
  await expectListening(desk);
  await markOpenPage(page);

  await print(runId, 0, 300);
  const lines = page.getByRole('region', { name: 'Console output' });
  await expectSeen(lines.getByText('step 299 loss'));
  await expectSeen(page.getByText('Following the end'));
  await expectSeen(lines.getByText('Epoch 297: 100%|##########|', { exact: true }));

  await lines.evaluate((element) => { element.scrollTop = 0; });
  await expectSeen(lines.locator('[data-line="1"]'));
  await print(runId, 300, 50);
  await page.getByRole('button', { name: '50 new lines · follow' }).click();
  await expectSeen(lines.getByText('step 349 loss'));
  await expectNoReload(page);

  const search = page.getByRole('searchbox', { name: 'Search lines' });
  await search.fill('LOSS IS NAN');
  await expectSeen(page.getByText('1 line', { exact: true }));
  await search.press('Enter');
  await expectSeen(page.getByText('1 of 1'));
  await expectSeen(lines.getByText('<img src=x onerror='));
  expect(new URL(page.url()).searchParams.get('line')).toBe('24');
  // The found line is set like its neighbours, not in a style of a like-named thing elsewhere.
  const fontOf = (line: string): Promise<string> => lines.locator(line).evaluate((element) => getComputedStyle(element).font);
  expect(await fontOf('.found[data-line="24"]')).toBe(await fontOf('[data-line="25"]'));
  expect(await page.title()).not.toBe('injected');

  await page.reload();
  await expectSeen(lines.locator('.linked[data-line="24"], .found[data-line="24"]'));
  await search.fill(':300');
  await search.press('Enter');
  await expectSeen(lines.locator('.linked[data-line="300"]'));
  await lines.locator('[data-line="303"] .cl-n').click({ modifiers: ['Shift'] });
  await expectSeen(page.getByRole('button', { name: 'Copy 4 lines' }));
  expect(new URL(page.url()).searchParams.get('line')).toBe('300-303');
  await page.getByRole('button', { name: 'Wrap' }).click();
  await page.getByRole('button', { name: 'Times' }).click();
  await expectGone(page.locator('[aria-busy="true"]'));
  expect(await violations()).toEqual([]);
  const file = await (await fetch(`${stack.url}/api/v1/runs/${runId}/logs.txt`)).text();
  expect(file.split('\n')).toHaveLength(351);
  expect(complaints.filter((complaint) => !/ERR_|Failed to load resource.*x$/.test(complaint))).toEqual([]);
});

test('a progress bar whose states come as lines of their own is one line, the newest; the file has them all', async () => {
  const { page } = desk;
  const runId = await startRun('progress');
  const say = async (from: number, texts: readonly string[]): Promise<void> => {
    const answer = await fetch(`${stack.url}/api/v1/runs/${runId}/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(texts.map((text, at) => ({ sequence: from + at, stream: 'stderr', text }))) });
    expect(answer.status).toBe(200);
  };
  const states = (epoch: number, from: number, to: number): string[] => Array.from({ length: to - from }, (_, at) => `Epoch ${epoch}: ${from + at}/1000\r`);
  await say(0, ['training begins', ...states(1, 0, 1000), 'Epoch 1: done', ...states(2, 0, 1000), 'Epoch 2: done', ...states(3, 0, 700)]);
  await page.goto(`/r/${runId}?tab=console`);
  const lines = page.getByRole('region', { name: 'Console output' });
  const shown = async (): Promise<string[]> => (await lines.locator('.cl-x').allTextContents()).map((text) => text.trim());
  await expect.poll(shown, PATIENTLY).toEqual(['training begins', 'Epoch 1: done', 'Epoch 2: done', 'Epoch 3: 699/1000']);
  await expectListening(desk);
  await say(2703, [...states(3, 700, 1000), 'Epoch 3: done']);
  await expect.poll(shown, PATIENTLY).toEqual(['training begins', 'Epoch 1: done', 'Epoch 2: done', 'Epoch 3: done']);
  await page.goto(`/r/${runId}?tab=console&line=1500`);
  await expectSeen(lines.locator('.linked', { hasText: 'Epoch 2: done' }));
  const file = await (await fetch(`${stack.url}/api/v1/runs/${runId}/logs.txt`)).text();
  expect(file.split('\n')).toHaveLength(3_005);
  expect(file).toContain('\nEpoch 2: 500/1000\n');
});

test('a run whose loss is NaN is said to have diverged on its open page, with what its machine measured beside it', async () => {
  const { page } = desk;
  const runId = await startRun('diverging');
  const log = (value: number | string, step: number) => client.track('runs/log-batch', { run_id: runId, metrics: [{ key: 'train/loss', value, step, timestamp: Date.now() }] });
  await log(0.5, 0);
  await fetch(`${stack.url}/api/v1/runs/${runId}/system`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([1, 2].map((sequence) => ({ sequence, time: Date.now() + sequence, gauges: { 'cpu.utilisation': 40, 'memory.used': 8e9, 'gpu.0.power': 250 } }))) });
  await page.goto(`/r/${runId}?tab=system`);
  await expectSeen(page.getByText('8 GB'));
  await expectSeen(page.getByText('250 W'));
  await expectListening(desk);
  await markOpenPage(page);
  await log('NaN', 1);
  await expectSeen(page.getByText('Running, diverged'));
  await expectSeen(page.getByText('train/loss is NaN at step 1.'));
  await expectNoReload(page);
  expect(await violations()).toEqual([]);
  await page.goto('/');
  await expect.poll(() => page.getByText('diverged', { exact: true }).count(), PATIENTLY).toBeGreaterThan(0);
});
