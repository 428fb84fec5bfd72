import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { tellOneStory } from '../support/one-story.ts';
import { recomputed } from '../support/recomputed.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** The demo as somebody new meets it: its trainings are run, and each test needs those before it. */

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
/** The first page in a second tab. */
let other: Page;
let client: LemmaClient;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  client = lemmaClient(stack.url);
  desk = await browser.newDesk(stack.url);
  other = await desk.context.newPage();
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

tellOneStory();

/** Room for forty trainings on a machine that does much else. */
const TRAINED = { timeout: 240_000, interval: 500 };

const progressOf = (page: Page) => page.getByRole('progressbar', { name: 'Demo trainings' });
const doneOn = async (page: Page): Promise<number> => Number(await progressOf(page).getAttribute('aria-valuenow'));

test('the button starts the demo, once, although it is pressed twice in each of two tabs; both see its progress move', async () => {
  const tabs = [desk.page, other];
  for (const tab of tabs) {
    await tab.goto('/');
    await expectSeen(tab.getByRole('button', { name: 'Run the demo' }));
  }
  // Faster than any hand: no page has time to take its button away.
  await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Run the demo' }).evaluate((button: HTMLElement) => { button.click(); button.click(); })));
  for (const tab of tabs) {
    await expectSeen(progressOf(tab));
    await expect.poll(() => doneOn(tab), PATIENTLY).toBeGreaterThan(0);
  }
  const before = await doneOn(desk.page);
  await expect.poll(() => doneOn(desk.page), PATIENTLY).toBeGreaterThan(before);
  await other.close();
});

test('the progress survives a reload', async () => {
  const { page } = desk;
  const before = await doneOn(page);
  await page.reload();
  await expectSeen(progressOf(page));
  await expectSeen(page.getByText(/^\d+ of \d+$/));
  expect(await doneOn(page)).toBeGreaterThanOrEqual(before);
});

test('it ends by itself with three verdicts on the open page, and nothing is there twice', async () => {
  const { page } = desk;
  const demo = async () => (await client.graphql<{ viewer: { demo: { state: string; message: string | null } } }>('{ viewer { demo { state message } } }')).viewer.demo;
  const ended = async () => { const { state, message } = await demo(); return state === 'FAILED' ? `failed: ${message}` : state; };
  await expect.poll(ended, TRAINED).not.toBe('RUNNING');
  expect(await ended()).toBe('READY');
  await expectGone(progressOf(page));
  const { viewer, projects } = await client.graphql<{ viewer: { demo: object }; projects: { nodes: readonly { readonly slug: string; readonly runCount: number; readonly hypothesisCount: number; readonly experimentCount: number }[] } }>(
    '{ viewer { demo { state done total message } } projects(first: 10) { nodes { slug runCount hypothesisCount experimentCount } } }');
  expect(viewer.demo).toEqual({ state: 'READY', done: 44, total: 44, message: null });
  expect(projects.nodes.filter(({ runCount }) => runCount > 0)).toEqual([{ slug: 'digits', runCount: 44, hypothesisCount: 3, experimentCount: 3 }]);
  await expect.poll(() => page.getByRole('region', { name: 'Recent verdicts' }).getByRole('listitem').count(), PATIENTLY).toBe(3);
  await expectGone(page.getByRole('button', { name: 'Run the demo' }));
});

test('each hypothesis has its verdict: what the page says is what its runs say, computed again', async () => {
  const { page } = desk;
  const { project } = await client.graphql<{ project: { experiments: { nodes: readonly { readonly key: string; readonly verdict: { readonly outcome: string } }[] } } }>('{ project(slug: "digits") { experiments(first: 10) { nodes { key verdict { outcome } } } } }');
  expect(project.experiments.nodes.length).toBe(3);
  for (const { key, verdict: { outcome } } of project.experiments.nodes) {
    await page.goto(`/e/${key}`);
    const figure = page.getByRole('region', { name: /^Figure 1/ });
    await expectSeen(figure);
    expect(await page.locator('#verdict').getByRole('status').textContent()).toMatch(new RegExp(`^${outcome}`, 'i'));
    const findings = await recomputed(client, key);
    expect(findings.length, key).toBeGreaterThan(0);
    expect(await figure.locator('tbody').getByRole('row').count()).toBe(findings.length);
    for (const { label, repeats, effect, low, high, p } of findings) {
      const row = figure.getByRole('row').filter({ has: page.getByRole('cell', { name: label, exact: true }) });
      const [, n, , shownEffect = '', interval = '', shownP = '', badge] = (await row.getByRole('cell').allTextContents()).map((text) => text.trim());
      const where = `${key}, ${label}`;
      expect(Number(n), where).toBe(repeats);
      expectRounded(shownEffect, effect, where);
      const [shownLow = '', shownHigh = ''] = interval.split(' to ');
      expectRounded(shownLow, low, where);
      expectRounded(shownHigh, high, where);
      expect(isRounded(shownP, p) || (shownP === '< 0.0001' && p < 0.0001), `${where}: p is written ${shownP} for ${p}`).toBe(true);
      expect(badge, where).toMatch(/^(supported|refuted|equivalent|inconclusive)$/i);
    }
  }
});

/** Whether the value, rounded to as many decimals as are written, is what is written. */
function isRounded(shown: string, value: number): boolean {
  const half = 0.5 * 10 ** -(shown.split('.')[1]?.length ?? 0);
  return /^[+−]?\d+\.\d+$/.test(shown) && Math.abs(Number(shown.replace('−', '-')) - value) <= half * (1 + 1e-9);
}

const expectRounded = (shown: string, value: number, where: string): void => expect(isRounded(shown, value), `${where}: ${shown} for ${value}`).toBe(true);

test('the dashboard draws the best result: the baseline, and what a verdict supports against it', async () => {
  const { page } = desk;
  const { project: { bestResult: { milestones } } } = await client.graphql<{ project: { bestResult: { milestones: readonly { readonly standing: string; readonly n: number; readonly experiment: { readonly name: string; readonly verdict: { readonly outcome: string } } }[] } } }>(
    '{ project(slug: "digits") { bestResult(metric: "test_acc", direction: INCREASE) { milestones { standing n experiment { name verdict { outcome } } } } } }');
  expect(milestones.length).toBeGreaterThan(0);
  expect(milestones[0]?.standing).toBe('BASELINE');
  expect(milestones.slice(1).every(({ experiment }) => experiment.verdict.outcome === 'SUPPORTED')).toBe(true);
  await page.goto('/p/digits/dashboard');
  await expectSeen(page.getByRole('img', { name: /^Best test_acc over time/ }));
  const lines = await page.getByRole('list', { name: 'Milestones, newest first' }).getByRole('listitem').allTextContents();
  expect(lines.length).toBe(milestones.length);
  for (const [at, { n, experiment }] of milestones.toReversed().entries()) {
    expect(lines[at]).toContain(experiment.name);
    expect(lines[at]).toContain(`n = ${n}`);
  }
  expect(await axe(page)).toEqual([]);
});

test('and the console had nothing to complain about', () => {
  expect(desk.complaints).toEqual([]);
});
