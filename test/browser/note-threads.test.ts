import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { tellOneStory } from '../support/one-story.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What is said on passages of a note, between two people: each test is one step, and needs those before it. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let grace: Desk;
let note = '';

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  [ada, grace] = [await browser.newDesk(stack.url), await browser.newDesk(stack.url)];
  for (const { page } of [ada, grace]) await page.emulateMedia({ reducedMotion: 'reduce' });
  const { createProject } = await script.graphql<{ createProject: { project: { id: string } } }>('mutation { createProject(input: { slug: "rates", name: "Rates" }) { project { id } } }');
  const markdown = 'We raised the learning rate and it held.\n\nThe old baseline is stale.';
  const { createNote } = await script.graphql<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject: createProject.project.id, title: 'Bolder', markdown } });
  note = createNote.note.id;
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

tellOneStory();

const text = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / });
const saved = async (page: Page): Promise<void> => { await expect.poll(() => page.locator('.note-standing').textContent(), PATIENTLY).toBe('Saved'); };
const threads = (page: Page): Locator => page.getByRole('region', { name: 'Threads' });

/** Chooses words as a pointer would. */
const choose = (page: Page, words: string): Promise<void> => text(page).evaluate((box, wanted) => {
  (box as HTMLElement).focus();
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const parts: [Text, number][] = [];
  let all = '';
  for (let part = walker.nextNode(); part !== null; part = walker.nextNode()) { parts.push([part as Text, all.length]); all += (part as Text).data; }
  const at = all.indexOf(wanted);
  const [from, start] = parts.findLast(([, begin]) => begin <= at) ?? [];
  const [to, last] = parts.findLast(([, begin]) => begin < at + wanted.length) ?? [];
  if (at < 0 || from === undefined || to === undefined) throw new Error(`nobody wrote ${wanted}`);
  getSelection()?.setBaseAndExtent(from, at - (start ?? 0), to, at + wanted.length - (last ?? 0));
}, words);

/** Keys go where the editor knows the caret to be: two frames after it was put there. */
const settled = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
const press = async (page: Page, key: string): Promise<void> => {
  await settled(page);
  await page.keyboard.press(key);
  await settled(page);
};

/** What is marked for a thread, whatever pieces it is drawn in. */
const marked = async (page: Page, number = 1): Promise<string> => {
  const id = await page.locator(`.passage-end[data-number="${number}"]`).getAttribute('data-passage', { timeout: 2_000 }).catch(() => null);
  return id === null ? '' : (await page.locator(`.passage[data-passage="${id}"]`).allTextContents()).join('');
};
const bothSee = async (words: string, number = 1): Promise<void> => {
  for (const { page } of [ada, grace]) await expect.poll(() => marked(page, number), PATIENTLY).toBe(words);
};

test('words are chosen and talked about; everybody sees the passage and the thread at once, and after a reload', async () => {
  await grace.page.goto('/sign-up');
  await grace.page.getByLabel('Name').fill('Grace Hopper');
  await grace.page.getByLabel('E-mail').fill('grace@example.org');
  await grace.page.getByLabel('Password').fill('nanosecond wire');
  await grace.page.getByRole('button', { name: 'Make the account' }).click();
  await grace.page.waitForURL('**/');
  await script.graphql('mutation($input: AddMemberInput!) { addMember(input: $input) { __typename } }', { input: { project: 'rates', email: 'grace@example.org', role: 'MEMBER' } });
  for (const { page } of [ada, grace]) {
    await page.goto(`/n/${note}`);
    await expectSeen(text(page).getByText('The old baseline'));
    await expectSeen(threads(page).getByText('Nothing was said about this note yet.', { exact: false }));
  }
  await choose(ada.page, 'learning rate');
  await ada.page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Comment' }).click();
  await expectSeen(threads(ada.page).getByRole('group', { name: 'A thread on a passage' }).getByText('learning rate'));
  const comment = threads(ada.page).getByRole('textbox', { name: 'Comment on the passage' });
  await comment.fill('By how much?');
  await comment.press('Control+Enter');
  for (const { page } of [ada, grace]) await expectSeen(threads(page).getByText('By how much?'));
  await bothSee('learning rate');
  await grace.page.reload();
  await expectSeen(threads(grace.page).getByText('By how much?'));
  await bothSee('learning rate');
});

test('the passage follows what others write before it and in it, and takes nothing that is written right beside it', async () => {
  const { page } = grace;
  await choose(page, 'learning rate');
  await press(page, 'ArrowLeft');
  await page.keyboard.type('bold ');
  await choose(page, 'learning rate');
  await press(page, 'ArrowRight');
  await page.keyboard.type('s');
  await saved(page);
  await expect.poll(() => text(ada.page).textContent(), PATIENTLY).toContain('bold learning rate');
  await bothSee('learning rate');
  await choose(page, 'ing rate');
  await press(page, 'ArrowLeft');
  await page.keyboard.type('-');
  await bothSee('learn-ing rate');
  await expectSeen(threads(ada.page).getByText('Changed since.', { exact: false }));
});

test('it stays where it is when its paragraph is split before it and made a heading, for everybody and after a reload', async () => {
  const { page } = grace;
  await choose(page, 'bold');
  await press(page, 'ArrowLeft');
  await press(page, 'Enter');
  await bothSee('learn-ing rate');
  await press(page, 'Control+Alt+2');
  await expect.poll(() => ada.page.locator('.note-text h3').textContent(), PATIENTLY).toContain('learn-ing');
  await bothSee('learn-ing rate');
  await saved(page);
  // The new names of its letters have reached the server when a page that knows none of this finds them.
  await expect.poll(async () => {
    await ada.page.reload();
    await expectSeen(text(ada.page).getByText('The old baseline'));
    return expect.poll(() => marked(ada.page), { timeout: 5_000, interval: 200 }).toBe('learn-ing rate').then(() => true, () => false);
  }, PATIENTLY).toBe(true);
});

test('a key opens what is said where the caret is, a click too, and the quote leads back to the text', async () => {
  const { page } = ada;
  const chosen = page.locator('.thread[data-chosen]');
  await choose(page, 'ing rate');
  await press(page, 'ArrowLeft');
  await press(page, 'Control+Alt+m');
  await expectSeen(chosen.getByText('By how much?'));
  // A second one, by the keyboard alone.
  await choose(page, 'old baseline');
  await press(page, 'Control+Alt+m');
  await expectSeen(threads(page).getByRole('group', { name: 'A thread on a passage' }).getByText('old baseline'));
  await expectSeen(threads(page).getByRole('textbox', { name: 'Comment on the passage' }).and(page.locator(':focus')));
  await page.keyboard.type('Since when?');
  await page.keyboard.press('Control+Enter');
  await bothSee('old baseline', 2);
  await page.locator('.passage[data-passage]', { hasText: 'learn' }).first().click();
  await expectSeen(chosen.getByText('By how much?'));
  await threads(page).getByRole('button', { name: 'old baseline' }).click();
  await expectSeen(chosen.getByText('Since when?'));
  await expectSeen(page.locator('.passage.looked-at', { hasText: 'old' }));
});

test('when its words are deleted the thread still says which they were, and that they are gone; undone, they are marked again', async () => {
  const { page } = grace;
  await choose(page, 'old baseline');
  await press(page, 'Delete');
  const thread = (desk: Desk): Locator => threads(desk.page).getByRole('article', { name: /^Thread 2/ });
  for (const desk of [ada, grace]) {
    await expectSeen(thread(desk).getByText('These words are gone from the note.'));
    await expectSeen(thread(desk).getByText('old baseline'));
    await expect.poll(() => marked(desk.page, 2), PATIENTLY).toBe('');
  }
  await press(page, 'Control+z');
  await bothSee('old baseline', 2);
  for (const desk of [ada, grace]) await expectGone(thread(desk).getByText('These words are gone from the note.'));
});

test('a resolved thread leaves no mark; axe finds nothing in light and dark, wide and narrow', async () => {
  const { page } = ada;
  await threads(page).getByRole('article', { name: /^Thread 2/ }).getByRole('button', { name: 'Resolve' }).click();
  for (const desk of [ada, grace]) await expect.poll(() => marked(desk.page, 2), PATIENTLY).toBe('');
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await axe(page)).map((each) => `${width} ${each}`));
    await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 15_000 }).catch(() => found.push(`${width}: scrolls sideways`));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(found).toEqual([]);
});

test('who may only read comments too, on words chosen in a text that takes no letters', async () => {
  await script.graphql('mutation($input: AddMemberInput!) { addMember(input: $input) { __typename } }', { input: { project: 'rates', email: 'grace@example.org', role: 'VIEWER' } });
  const { page } = grace;
  await page.reload();
  await expectSeen(page.getByText('You may read it'));
  await expectSeen(text(page).getByText('it held', { exact: false }));
  await choose(page, 'it held');
  await expectSeen(page.getByRole('toolbar', { name: 'Chosen words' }));
  await page.getByRole('toolbar', { name: 'Chosen words' }).getByRole('button', { name: 'Comment' }).click();
  const comment = threads(page).getByRole('textbox', { name: 'Comment on the passage' });
  await comment.fill('Only for two seeds.');
  await comment.press('Control+Enter');
  await bothSee('it held', 3);
});

test('a title that was typed is kept when the page is left at once, by a link or for good', async () => {
  const { page } = ada;
  const titleNow = async (): Promise<string> => (await script.graphql<{ note: { title: string } }>('query($note: ID!) { note(id: $note) { title } }', { note })).note.title;
  const title = page.getByRole('textbox', { name: 'Title of the note' });
  await title.fill('Bolder, by a link');
  await page.evaluate(() => (document.querySelector('.meta a') as HTMLElement).click());
  await page.waitForURL('**/p/rates*');
  await expect.poll(titleNow, PATIENTLY).toBe('Bolder, by a link');
  await page.goto(`/n/${note}`);
  await title.fill('Bolder, for good');
  await page.goto('about:blank');
  await expect.poll(titleNow, PATIENTLY).toBe('Bolder, for good');
});

test('a run says where it was mentioned', async () => {
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'rates/Odd ones' });
  const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: 'odd-run', start_time: 1_700_000_000_000 });
  await script.graphql('mutation($note: ID!, $body: String!) { startThread(input: { subject: $note, body: $body }) { thread { id } } }', { note, body: `Look at [odd-run](lemma:run/${run.info.run_id}).` });
  const { page } = ada;
  await page.goto(`/r/${run.info.run_id}`);
  await expectSeen(page.getByRole('complementary', { name: 'Run details' }).getByRole('heading', { name: 'Mentioned in' }));
  await expectSeen(page.getByRole('complementary', { name: 'Run details' }).getByRole('link', { name: 'Bolder, for good' }));
});

test('a thread older than those that are read at first opens from its passage too', async () => {
  for (let more = 1; more <= 21; more += 1) await script.graphql('mutation($note: ID!, $body: String!) { startThread(input: { subject: $note, body: $body }) { thread { id } } }', { note, body: `Number ${more}.` });
  const { page } = ada;
  await page.goto(`/n/${note}`);
  await expectSeen(threads(page).getByText('Number 21.'));
  await expectGone(threads(page).getByText('By how much?'));
  await page.locator('.passage[data-passage]', { hasText: 'learn' }).first().click();
  await expectSeen(page.locator('.thread[data-chosen]').getByText('By how much?'));
  await expect.poll(() => threads(page).getByText('By how much?').count(), PATIENTLY).toBe(1);
});

test('words that are not in the note any more are refused in the box, which keeps what was written while others are chosen', async () => {
  const { page } = ada;
  await choose(page, 'stale');
  await press(page, 'Control+Alt+m');
  const comment = threads(page).getByRole('textbox', { name: 'Comment on the passage' });
  await comment.fill('Is it really?');
  // As if it had been deleted long ago: the server knows nothing of these letters.
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { readonly operationName?: string; readonly variables?: { readonly input?: { readonly anchor?: { from: string } } } };
    const anchor = body.operationName === 'StartThread' ? body.variables?.input?.anchor : undefined;
    if (anchor !== undefined) anchor.from = 'AAEC';
    await route.continue({ postData: JSON.stringify(body) });
  });
  await comment.press('Control+Enter');
  await expectSeen(threads(page).getByRole('alert').getByText('Choose the words in it again', { exact: false }));
  await page.unroute('**/graphql');
  expect(await comment.textContent()).toBe('Is it really?');
  await choose(page, 'baseline');
  await press(page, 'Control+Alt+m');
  await expectSeen(threads(page).getByRole('group', { name: 'A thread on a passage' }).getByText('baseline', { exact: true }));
  await expectSeen(comment.and(page.locator(':focus')));
  expect(await comment.textContent()).toBe('Is it really?');
  await page.keyboard.press('Control+Enter');
  await expectSeen(threads(page).getByRole('article').getByText('Is it really?'));
});

test('a note that is deleted while it is open is taken off the page, words and all', async () => {
  const { page } = ada;
  await expectSeen(page.getByRole('button', { name: 'Versions' }));
  await script.graphql('mutation($note: ID!) { deleteNote(input: { note: $note }) { deleted } }', { note });
  await expectSeen(page.getByText('There is no such note, or you may not see it.'));
  await expectGone(page.locator('.note-text'));
  await expectGone(page.getByRole('button', { name: 'Versions' }));
  await expectGone(page.getByRole('button', { name: 'More about this note' }));
});

test('nothing complained', () => {
  expect([...ada.complaints, ...grace.complaints]).toEqual([]);
});
