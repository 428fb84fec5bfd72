import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { paste } from '../support/paste.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What happens at once where somebody writes: no key is lost, and nothing that is pasted or opens moves what is there. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let key = '';
let note = '';

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);
  await ada.page.emulateMedia({ reducedMotion: 'reduce' });
  const { createProject } = await script.graphql<{ createProject: { project: { id: string } } }>('mutation { createProject(input: { slug: "rates", name: "Rates" }) { project { id } } }');
  const { proposeHypothesis } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "rates", statement: "A bolder rate raises acc by 0.01", metric: "acc" }) { hypothesis { id } } }');
  const { createExperiment } = await script.graphql<{ createExperiment: { experiment: { key: string } } }>('mutation($hypothesis: ID!) { createExperiment(input: { project: "rates", name: "Bolder learning", hypothesis: $hypothesis }) { experiment { key } } }', { hypothesis: proposeHypothesis.hypothesis.id });
  key = createExperiment.experiment.key;
  const markdown = Array.from({ length: 16 }, (_, at) => `Sentence ${at}.`).join('\n\n');
  const { createNote } = await script.graphql<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject: createProject.project.id, title: 'Rates', markdown } });
  note = createNote.note.id;
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const comment = (page: Page): Locator => page.getByRole('textbox', { name: 'Start a thread' });

test('keys typed before the editor of comments has come are kept, with the caret, and are no shortcuts of the page', async () => {
  const page = await ada.context.newPage();
  await page.addInitScript(() => { window.requestIdleCallback = () => 0; });
  await page.goto(`/e/${key}?tab=discussion`);
  await expectSeen(page.getByRole('button', { name: 'Start a thread' }));
  await page.waitForLoadState('networkidle');
  const { promise: released, resolve: release } = Promise.withResolvers<null>();
  await page.route('**/_next/static/**', async (route) => { await released; await route.continue(); });
  const address = page.url();
  await page.getByRole('button', { name: 'Start a thread' }).click();
  await page.keyboard.type('g h n\nheld ok');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await comment(page).inputValue()).toBe('g h n\nheld ok');
  release(null);
  await expectSeen(comment(page).and(page.locator('[contenteditable]:focus')));
  await page.keyboard.type('still ');
  expect(await comment(page).locator('p').allTextContents()).toEqual(['g h n', 'held still ok']);
  expect(page.url()).toBe(address);
  await page.getByRole('button', { name: 'Start thread' }).click();
  await expectSeen(page.getByRole('article', { name: /^Thread 1/ }).getByText('held still ok'));
  await page.close();
});

test('more than a comment holds is not pasted, which is said, and what was written stays until it is cancelled', async () => {
  const page = await ada.context.newPage();
  await page.goto(`/e/${key}?tab=discussion`);
  await page.getByRole('button', { name: 'Start a thread' }).click();
  await expectSeen(comment(page).and(page.locator('[contenteditable]:focus')));
  await page.keyboard.type('kept');
  await paste(comment(page), { 'text/plain': 'x '.repeat(30_000) });
  await expectSeen(page.getByRole('alert').getByText('A comment holds 50,000 characters'));
  expect(await comment(page).textContent()).toBe('kept');

  // What is cancelled is gone: it is not sent unseen by whoever begins anew.
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Start a thread' }).click();
  await expectSeen(comment(page).and(page.locator('[contenteditable]:focus')));
  expect(await comment(page).textContent()).toBe('');
  expect(await page.getByRole('button', { name: 'Start thread' }).isDisabled()).toBe(true);
  await page.close();
});

test('more than a note takes at once is not put in, which is said once, and what is typed next is saved', async () => {
  const page = await ada.context.newPage();
  await page.goto(`/n/${note}`);
  const text = page.getByRole('textbox', { name: /^Text of / });
  await expectSeen(text.getByText('Sentence 15.'));
  await text.focus();
  const html = Array.from({ length: 9000 }, (_, at) => `<p>Paragraph ${at} ${'says a little '.repeat(5)}</p>`).join('');
  await paste(text, { 'text/html': html, 'text/plain': 'Paragraph 0' });
  await expectSeen(page.getByText(/^That is too much to put into a note at once/));
  expect(await text.locator('p').count()).toBe(16);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Still ');
  await expectSeen(text.getByText('Still Sentence 0.'));
  await expect.poll(() => page.locator('.note-standing').textContent(), PATIENTLY).toBe('Saved');
  await page.close();
});

test('what came into a note and had to be taken back is said until it is read, beside whether the rest is saved', async () => {
  const page = await ada.context.newPage();
  await page.goto(`/n/${note}`);
  const text = page.getByRole('textbox', { name: /^Text of / });
  await expectSeen(text.getByText('Sentence 15.'));
  // An edit that no guard of the text saw.
  await text.evaluate((box) => {
    const { editor } = box as unknown as { readonly editor: { readonly state: { readonly 'y-sync$': { readonly doc: { getMap(name: string): { set(key: string, value: string): void } } } } } };
    editor.state['y-sync$'].doc.getMap('unseen').set('words', 'x'.repeat(2_000_000));
  });
  const said = page.getByRole('alert').getByText('What you put in was taken back.', { exact: false });
  await expectSeen(said);
  await text.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' On.');
  await expect.poll(() => page.locator('.note-standing').textContent(), PATIENTLY).toBe('Saved');
  expect(await text.locator('p').allTextContents()).toContain('Sentence 15. On.');
  expect(await said.isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Close' }).click();
  await expectGone(said);
  await page.close();
});

test('in a note what has blanks in its name is found behind a #', async () => {
  const { page } = ada;
  await page.goto(`/n/${note}`);
  const text = page.getByRole('textbox', { name: /^Text of / });
  await expectSeen(text.getByText('Sentence 15.'));
  await text.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('As in #bolder learn', { delay: 20 });
  await expectSeen(page.getByRole('option', { name: new RegExp(key) }));
  await page.keyboard.press('Enter');
  await expectSeen(text.locator('.mention', { hasText: key }));
});

test('a list that opens at the end of a note makes the page no longer and moves nothing', async () => {
  const { page } = ada;
  const extent = (): Promise<readonly number[]> => page.evaluate(() => [document.documentElement.scrollHeight, scrollY, document.querySelector('.nav')?.getBoundingClientRect().top ?? -1]);
  await page.keyboard.press('Control+Enter');
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  const before = await extent();
  await page.keyboard.type('/');
  await expectSeen(page.getByRole('listbox', { name: 'Insert' }).getByRole('option', { name: 'Warning' }));
  expect(await extent()).toEqual(before);
  await page.keyboard.press('Escape');
});

test('nothing shines through between the frame and the bar of a note', async () => {
  const { page } = ada;
  for (const [width, height] of [[1440, 400], [390, 600]] as const) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => scrollTo(0, 300));
    await expect.poll(() => page.evaluate(() => (document.querySelector('.note-bar')?.getBoundingClientRect().top ?? -1) - (document.querySelector('.top')?.getBoundingClientRect().bottom ?? -1)), PATIENTLY).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(200);
  }
});

test('nothing complained', () => {
  expect(ada.complaints).toEqual([]);
});

test("what a page's own HTML asked is not asked again by its code, on any page", async () => {
  const page = await ada.context.newPage();
  for (const address of ['/', '/p/rates', '/p/rates/meetings', '/p/rates/lineage', '/p/rates/lineage?runs=each', `/e/${key}`, `/e/${key}?tab=discussion`, `/e/${key}/lineage`, `/n/${note}`, '/inbox', '/people', '/search?q=rate']) {
    const asked: string[] = [];
    page.on('request', (request) => { if (request.url().endsWith('/graphql')) asked.push(request.postData() ?? ''); });
    // Nobody tells of news, so that only what the page needs by itself is asked.
    await page.routeWebSocket('**/graphql', () => undefined);
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => Object.keys(window.lemmaAsked ?? {})), `left over at ${address}`).toEqual([]);
    expect(asked.length, `asked at ${address}`).toBeGreaterThan(1);
    expect(asked.toSorted(), `twice at ${address}`).toEqual([...new Set(asked)].toSorted());
    page.removeAllListeners('request');
  }
  await page.close();
});
