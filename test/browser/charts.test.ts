import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What one does on a page of many charts: find, pin, order, put together, zoom, watch; and a link shows the same. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
const made = { runIds: [] as string[], experimentKey: '' };

const METRICS = ['loss', 'accuracy', ...['train', 'val', 'layers'].flatMap((section) => Array.from({ length: 40 }, (_, place) => `${section}/m${place}`))];
const STEPS = 12;

async function newRun(experiment: string, name: string, height: number): Promise<string> {
  const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experiment, run_name: name, start_time: Date.now() });
  const run_id = run.info.run_id;
  const metrics = METRICS.flatMap((key, place) => Array.from({ length: STEPS }, (_, step) => ({ key, step, timestamp: 1_700_000_000_000 + step * 1_000, value: height + place / 100 + step })));
  for (let from = 0; from < metrics.length; from += 1_000) await script.track('runs/log-batch', { run_id, metrics: metrics.slice(from, from + 1_000) });
  return run_id;
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'sandbox/many charts' });
  made.runIds = [await newRun(experiment_id, 'one', 0), await newRun(experiment_id, 'two', 5)];
  await script.track('runs/update', { run_id: made.runIds[1] ?? '', status: 'FINISHED', end_time: Date.now() });
  const { run } = await script.graphql<{ run: { experiment: { key: string } } }>('query ($id: ID!) { run(id: $id) { experiment { key } } }', { id: made.runIds[0] ?? '' });
  made.experimentKey = run.experiment.key;
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const chart = (name: string) => ada.page.getByRole('figure', { name, exact: true });
const reader = (name: string) => chart(name).getByRole('slider');
const nameOfChart = (at: number, section: string) => ada.page.getByRole('region', { name: `Charts: ${section}` }).getByRole('figure').nth(at).getAttribute('aria-label');

test('only charts in or near the window are there, and the rest come when the page is scrolled to them', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}`);
  await expectSeen(page.getByText('122 charts'));
  await expectSeen(chart('loss'));
  expect(await page.getByRole('figure').count()).toBeLessThan(60);
  const far = page.getByRole('region', { name: 'Charts: val' });
  expect(await far.locator('.pn-slot').count()).toBe(0);
  const before = await far.boundingBox();
  await far.getByRole('button', { name: 'val' }).scrollIntoViewIfNeeded();
  await expectSeen(chart('val/m0'));
  // The page is as high as if they were all there: its scroll bar does not lie.
  expect((await far.boundingBox())?.height).toBe(before?.height);
  await expect.poll(() => chart('val/m0').locator('.fig-h .num').textContent(), PATIENTLY).toBe('11.42');
  await expectGone(chart('loss'));
});

test('a slash finds charts by words or by a pattern, and the address says what was looked for', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}`);
  await expectSeen(chart('loss'));
  await page.keyboard.press('/');
  await page.keyboard.type('val 39');
  await expectSeen(chart('val/m39'));
  await expectGone(chart('loss'));
  await page.getByRole('button', { name: 'Regular expression' }).click();
  // Typed faster than a busy page follows: no letter is lost.
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 8 });
  await page.getByLabel('Find charts').fill('');
  await page.getByLabel('Find charts').pressSequentially('val/m13 and some more');
  await expect.poll(() => page.evaluate(() => location.search), PATIENTLY).toContain('more');
  expect(await page.getByLabel('Find charts').inputValue()).toBe('val/m13 and some more');
  await slow.detach();
  await page.getByLabel('Find charts').fill('^(loss|val/m1)$');
  await page.waitForURL(/re=1/);
  await expectSeen(chart('val/m1'));
  expect(await page.getByRole('figure').count()).toBe(2);
  await page.getByLabel('Find charts').fill('(?=loss)');
  await expectSeen(page.getByRole('status').filter({ hasText: 'Lookarounds and backreferences cannot be searched for.' }));
  await expectSeen(chart('loss'));
});

test('a link with a pattern finds what it found', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}?q=${encodeURIComponent('^(loss|val/m1)$')}&re=1`);
  await expectSeen(chart('val/m1'));
  expect(await page.getByRole('figure').count()).toBe(2);
});

test('charts are pinned, ordered, put together and drawn otherwise by keyboard, and a link shows the same', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}`);
  await chart('loss').getByRole('button', { name: 'Pin loss' }).press('Enter');
  await expectSeen(page.getByRole('region', { name: 'Charts: Pinned' }));
  await chart('accuracy').getByRole('button', { name: 'Pin accuracy' }).press('Enter');
  await expect.poll(() => nameOfChart(1, 'Pinned'), PATIENTLY).toBe('accuracy');
  await reader('accuracy').press('Alt+ArrowLeft');
  await expect.poll(() => nameOfChart(0, 'Pinned'), PATIENTLY).toBe('accuracy');

  await chart('loss').getByRole('button', { name: /^Table and files/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Put another metric in' }).press('ArrowRight');
  await page.getByLabel('Name of a metric').fill('train m7');
  await page.getByRole('menuitem', { name: 'train/m7' }).press('Enter');
  await expectSeen(chart('loss + train/m7'));
  await expect.poll(() => chart('loss + train/m7').locator('.lc-key').allTextContents(), PATIENTLY).toEqual(['loss 11', 'train/m7 11.09']);
  await chart('loss + train/m7').getByRole('button', { name: /^Table and files/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Draw it otherwise' }).press('ArrowRight');
  await page.getByRole('menuitemcheckbox', { name: 'Log y axis' }).press('Enter');
  await page.waitForURL(/own=loss/);

  const colleague = await browser.newDesk(stack.url);
  await colleague.page.goto(page.url());
  const pinned = colleague.page.getByRole('region', { name: 'Charts: Pinned' }).getByRole('figure');
  await expectSeen(pinned);
  await expect.poll(() => pinned.evaluateAll((figures) => figures.map((figure) => figure.getAttribute('aria-label'))), PATIENTLY).toEqual(['accuracy', 'loss + train/m7']);
  await colleague.context.close();
});

test('the CSV file of a run\'s chart holds every point, and what is no number as it was logged', async () => {
  const { page } = ada;
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'sandbox/long' });
  const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: 'long', start_time: Date.now() });
  const odd = ['NaN', 'Infinity', '-Infinity'];
  const points = Array.from({ length: 3_000 }, (_, step) => ({ key: 'odd', step, timestamp: 1_700_000_000_000 + step, value: odd[step] ?? step }));
  for (let from = 0; from < points.length; from += 1_000) await script.track('runs/log-batch', { run_id: run.info.run_id, metrics: points.slice(from, from + 1_000) });
  await page.goto(`/r/${run.info.run_id}`);
  await expectSeen(chart('odd').getByText(/^Of \d+ points here, \d are not finite\.$/));
  await chart('odd').getByRole('button', { name: /^Table and files/ }).press('Enter');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Save CSV' }).press('Enter')]);
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines.slice(0, 5)).toEqual(['metric,step,timestamp_ms,value', 'odd,0,1700000000000,NaN', 'odd,1,1700000000001,Infinity', 'odd,2,1700000000002,-Infinity', 'odd,3,1700000000003,3']);
  expect(lines).toHaveLength(3_001);
});

test('a brush over one chart zooms all of them, and a double click shows everything again', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}`);
  const box = await reader('loss').boundingBox();
  if (box === null) throw new Error('The chart has no place on the page.');
  await page.mouse.move(box.x + box.width * 0.25, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/zoom=/);
  for (const name of ['loss', 'accuracy']) await expectSeen(chart(name).getByRole('button', { name: 'Show all' }));
  await reader('accuracy').dblclick();
  await page.waitForURL((url) => !url.search.includes('zoom'));
  await expectGone(page.getByRole('button', { name: 'Show all' }));
});

test('one crosshair runs through all charts, moved by arrow keys', async () => {
  const { page } = ada;
  await page.goto(`/r/${made.runIds[0]}`);
  await reader('loss').press('ArrowRight');
  await reader('loss').press('ArrowRight');
  await expect.poll(() => chart('accuracy').locator('.fig-h .num').textContent(), PATIENTLY).toBe('step 1 1.01');
});

test('an experiment draws all its runs in each chart, live, and its variants as bands when asked', async () => {
  const { page } = ada;
  await page.goto(`/e/${made.experimentKey}?tab=charts`);
  await expectSeen(chart('loss'));
  await expect.poll(() => chart('loss').getByRole('img').getAttribute('aria-label'), PATIENTLY).toMatch(/one .*two|two .*one/);
  await script.track('runs/log-metric', { run_id: made.runIds[0] ?? '', key: 'loss', value: 77, step: STEPS, timestamp: 1_700_000_100_000 });
  await expect.poll(() => chart('loss').getByRole('img').getAttribute('aria-label'), PATIENTLY).toContain('highest 77');
  await page.getByRole('button', { name: 'Variants' }).click();
  await page.getByLabel('What a band is').selectOption('median');
  await page.waitForURL(/band=median/);
  await page.goto(`/e/${made.experimentKey}/compare?runs=${made.runIds.join(',')}`);
  await page.getByLabel('Find charts').scrollIntoViewIfNeeded();
  await expectSeen(chart('loss'));
  expect(ada.complaints).toEqual([]);
});

test('a connection that breaks without a word is said to be lost', async () => {
  const { page, context } = await browser.newDesk(stack.url);
  let silent = false;
  await page.routeWebSocket(/graphql/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => { if (!silent) server.send(message); });
    server.onMessage((message) => { if (!silent) socket.send(message); });
  });
  await page.goto(`/r/${made.runIds[0]}`);
  await expectSeen(page.getByRole('figure', { name: 'loss', exact: true }));
  expect(await page.getByText(/^Connection lost/).count()).toBe(0);
  silent = true;
  await expectSeen(page.getByText(/^Connection lost/));
  silent = false;
  await expectGone(page.getByText(/^Connection lost/));
  await context.close();
});
