import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectListening, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

const LONG = 400;
const SHORT_THREADS = 45;
/** Twenty threads, of which the long one shows twelve comments and the others both of theirs. */
const MOST_SHOWN = 12 + 19 * 2;

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let place: { readonly id: string; readonly key: string };
let asked: string[];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  const { proposeHypothesis: { hypothesis } } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "sandbox", statement: "It will be talked about", metric: "acc", direction: INCREASE, minEffect: 0.01 }) { hypothesis { id } } }');
  place = (await script.graphql<{ createExperiment: { experiment: typeof place } }>('mutation ($hypothesis: ID!) { createExperiment(input: { project: "sandbox", name: "Talked about", hypothesis: $hypothesis }) { experiment { id key } } }', { hypothesis: hypothesis.id })).createExperiment.experiment;
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  await talk(client, place.id);
  await client.end();
  ada = await browser.newDesk(stack.url);
  ada.page.on('request', (request) => { if (request.url().endsWith('/graphql')) asked.push(String((request.postDataJSON() as { operationName?: string }).operationName)); });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** Threads of two comments each, and between them one that goes on for hundreds. */
async function talk(client: Client, experiment: string): Promise<void> {
  await client.query(`INSERT INTO people (id, organization_id, email, name, updated_at) SELECT 'per_grace', organization_id, 'grace@example.org', 'Grace Hopper', now() FROM people LIMIT 1`);
  await client.query(`
    INSERT INTO threads (id, project_id, subject_id, subject_kind, number, created_by_id, created_at, updated_at)
    SELECT CASE WHEN n = ${SHORT_THREADS} THEN 'thr_long' ELSE 'thr_' || n END, project_id, id, 'experiment', n, 'per_grace', now() - (100 - n) * interval '5 minutes', now() FROM experiments, generate_series(1, ${SHORT_THREADS + 1}) n WHERE id = $1`, [experiment]);
  await client.query(`
    INSERT INTO comments (id, thread_id, number, author_id, body, created_at)
    SELECT 'com_' || t.number || '_' || n, t.id, n, 'per_grace', 'Number ' || n || ' of thread ' || t.number || '.', t.created_at + n * interval '10 milliseconds'
    FROM threads t, LATERAL generate_series(1, CASE WHEN t.id = 'thr_long' THEN ${LONG} ELSE 2 END) n WHERE t.subject_id = $1`, [experiment]);
}

const shown = (page: Page): Promise<number> => page.locator('.cm').count();

/** Remembers what React gave each comment that is drawn; asked again, it says how many were drawn anew since. */
async function watchDrawing(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const givenTo = (node: Element): unknown => (node as unknown as Record<string, unknown>)[Object.keys(node).find((key) => key.startsWith('__reactProps$')) ?? ''];
    const before = new Map([...document.querySelectorAll('.cm')].map((node) => [node, givenTo(node)]));
    if ([...before.values()].includes(undefined)) throw new Error('React keeps what it gives to nodes somewhere else now.');
    Object.assign(window, { drawnAnew: () => [...before].filter(([node, given]) => givenTo(node) !== given).length });
  });
  return () => page.evaluate(() => (window as unknown as { drawnAnew: () => number }).drawnAnew());
}

const say = (thread: string, body: string) => script.graphql('mutation ($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { comment { id } } }', { thread, body });

test('a discussion of hundreds shows its newest, and one comment more costs one comment', async () => {
  asked = [];
  await ada.page.goto(`/e/${place.key}?tab=discussion`);
  await expectSeen(ada.page.getByText(`Number ${LONG} of thread ${SHORT_THREADS}.`));
  await expectSeen(ada.page.getByText(`Number 2 of thread ${SHORT_THREADS + 1}.`));
  expect(await shown(ada.page)).toBe(MOST_SHOWN);
  await expectListening(ada);
  // What is in view is marked as read after a moment; that is not what is counted here.
  await expect.poll(() => asked.includes('MarkRead'), PATIENTLY).toBe(true);
  await ada.page.waitForLoadState('networkidle');

  const drawnAnew = await watchDrawing(ada.page);
  asked = [];
  await say('thr_long', 'Said by somebody else.');
  await expectSeen(ada.page.getByText('Said by somebody else.'));
  await say('thr_7', 'Said in a thread that is not shown.');
  await say('thr_long', 'And once more.');
  await expectSeen(ada.page.getByText('And once more.'));
  expect(await shown(ada.page)).toBe(MOST_SHOWN + 2);
  expect(await drawnAnew(), 'of those that were there').toBe(0);
  expect(asked.filter((name) => name !== 'MarkRead')).toEqual([]);
});

test('writing draws no comment again', async () => {
  const drawnAnew = await watchDrawing(ada.page);
  const thread = ada.page.locator('#thread-thr_long');
  // By the keyboard: what was said last may still move the button from under a pointer.
  await thread.getByRole('button', { name: 'Reply', exact: true }).press('Enter');
  const field = thread.getByRole('textbox', { name: `Reply to thread ${SHORT_THREADS}` });
  await field.pressSequentially('This is typed key by key.');
  expect(await drawnAnew()).toBe(0);
  await thread.getByRole('button', { name: 'Reply', exact: true }).press('Enter');
  await expectSeen(thread.locator('.cm').getByText('This is typed key by key.'));
  expect(await drawnAnew()).toBe(0);
  await expect.poll(() => thread.locator('.cm').count(), PATIENTLY).toBe(15);
});

test('what was said before comes fifty at a time, when somebody wants it', async () => {
  const thread = ada.page.locator('#thread-thr_long');
  for (const count of [65, 115]) {
    await thread.getByRole('button', { name: 'Show earlier comments' }).click();
    await expect.poll(() => thread.locator('.cm').count(), PATIENTLY).toBe(count);
  }
  await expectSeen(thread.getByText(`Number ${LONG - 111} of thread ${SHORT_THREADS}.`));
});

test('a link to a comment lands on it, however long ago it was, and draws only what stands around it', async () => {
  await ada.page.goto('about:blank');
  await ada.page.goto(`/e/${place.key}?tab=discussion#comment-com_${SHORT_THREADS}_100`);
  const linked = ada.page.locator(`#comment-com_${SHORT_THREADS}_100`);
  await expectSeen(linked);
  await expect.poll(() => linked.evaluate((node) => { const { top, bottom } = node.getBoundingClientRect(); return document.activeElement === node && top >= 0 && bottom <= innerHeight; }), PATIENTLY).toBe(true);
  expect(await shown(ada.page)).toBe(MOST_SHOWN + 20);
  const thread = ada.page.locator('#thread-thr_long');
  await thread.getByRole('button', { name: /^Show the \d+ between$/ }).click();
  await expectSeen(thread.getByText(`Number 159 of thread ${SHORT_THREADS}.`));
  await thread.getByRole('button', { name: 'Show earlier comments' }).click();
  await expectSeen(thread.getByText(`Number 40 of thread ${SHORT_THREADS}.`));
  const numbers = await thread.locator('.cm').allTextContents().then((texts) => texts.flatMap((text) => /Number (\d+) of/.exec(text)?.[1] ?? []).map(Number));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

/** Whether the thread has the keyboard, and begins below the head of the page in the upper half of the window. */
const standsAt = (page: Page, id: string): Promise<boolean> => page.locator(`#thread-${id}`).evaluate((node) => {
  const { top } = node.getBoundingClientRect();
  const head = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
  return document.activeElement === node && top >= head && top <= innerHeight / 2;
});
const frames = (page: Page, count: number): Promise<void> => page.evaluate((left) => new Promise<void>((resolve) => {
  const next = (): void => { left -= 1; if (left < 0) resolve(); else requestAnimationFrame(next); };
  next();
}), count);

test('a link to a thread lands on it, however long what stands above turns out to be, and lets go of who scrolls away', async () => {
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  await client.query(`UPDATE comments SET body = body || repeat(E'\n\nA paragraph of what was thought.', 5 + length(thread_id || id) * number % 60) WHERE thread_id LIKE 'thr_%'`);
  await client.end();
  for (const address of ['tab=discussion#thread-thr_30', 'tab=discussion&thread=thr_42', 'tab=discussion#thread-thr_long']) {
    await ada.page.goto('about:blank');
    await ada.page.goto(`/e/${place.key}?${address}`);
    const id = address.slice(address.indexOf('thr_'));
    await expect.poll(() => standsAt(ada.page, id), PATIENTLY).toBe(true);
    await ada.page.waitForLoadState('networkidle');
    await frames(ada.page, 60);
    expect(await standsAt(ada.page, id), address).toBe(true);
  }
  await ada.page.goto('about:blank');
  await ada.page.goto(`/e/${place.key}?tab=discussion#thread-thr_42`);
  await expect.poll(() => standsAt(ada.page, 'thr_42'), PATIENTLY).toBe(true);
  await ada.page.mouse.wheel(0, -4000);
  await frames(ada.page, 60);
  expect(await standsAt(ada.page, 'thr_42'), 'who went elsewhere is not pulled back').toBe(false);
});

test('a link into a thread of long ago shows that thread above the newest', async () => {
  await ada.page.goto('about:blank');
  await ada.page.goto(`/e/${place.key}?tab=discussion#comment-com_3_1`);
  const linked = ada.page.locator('#comment-com_3_1');
  await expect.poll(() => linked.evaluate((node) => document.activeElement === node), PATIENTLY).toBe(true);
  await expectSeen(ada.page.getByRole('article', { name: 'Thread 3' }));
  // Once it is reached by reading backwards, it still stands there once.
  for (const left of [1, 0]) {
    await ada.page.getByRole('button', { name: /^Show older of/ }).click();
    await expect.poll(() => ada.page.getByRole('button', { name: /^Show older of/ }).count(), PATIENTLY).toBe(left);
  }
  await expectSeen(ada.page.getByText('Number 1 of thread 2.'));
  expect(await ada.page.locator('#comment-com_3_1').count()).toBe(1);
  expect(ada.complaints).toEqual([]);
});
