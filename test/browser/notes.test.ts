import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { startTraining } from '../support/digits-training.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { tellOneStory } from '../support/one-story.ts';
import { newParagraph, press, text, toEnd, words } from '../support/note-text.ts';
import { paste, pasteFiles } from '../support/paste.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** One note, from its first word to its paper: each test is one of its steps, and needs those before it. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let shown: ShownExperiment;
let ada: Desk;
let grace: Desk;
let address = '';

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  shown = await showExperiment(script);
  ada = await browser.newDesk(stack.url);
  grace = await browser.newDesk(stack.url);
  for (const { page } of [ada, grace]) await page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

tellOneStory();

const standing = (page: Page): Locator => page.locator('.note-standing');

test('an experiment teaches what its notes are for, and a note is begun there', async () => {
  const { page } = ada;
  await page.goto(`/e/${shown.key}`);
  await expectSeen(page.getByText('No note yet. Tell what was done and what follows from it', { exact: false }));
  await page.getByRole('button', { name: 'Write a note' }).click();
  await page.waitForURL('**/n/*');
  address = new URL(page.url()).pathname;
  const title = page.getByRole('textbox', { name: 'Title of the note' });
  await title.fill('Bolder rates');
  await title.press('Enter');
  await expect.poll(() => page.title(), PATIENTLY).toContain('Bolder rates');
  await text(page).pressSequentially('We raised the rate.');
  await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
  await page.goto(`/e/${shown.key}`);
  await expectSeen(page.getByRole('link', { name: /Bolder rates/ }));
  await page.goto(address);
  await expect.poll(() => words(page), PATIENTLY).toContain('We raised the rate.');
});

test('two people write at once, see each other and each other\'s caret by name', async () => {
  await grace.page.goto('/sign-up');
  await grace.page.getByLabel('Name').fill('Grace Hopper');
  await grace.page.getByLabel('E-mail').fill('grace@example.org');
  await grace.page.getByLabel('Password').fill('nanosecond wire');
  await grace.page.getByRole('button', { name: 'Make the account' }).click();
  await grace.page.waitForURL('**/');
  await script.graphql('mutation($input: AddMemberInput!) { addMember(input: $input) { __typename } }', { input: { project: 'digits', email: 'grace@example.org', role: 'MEMBER' } });
  await grace.page.goto(address);
  await expect.poll(() => words(grace.page), PATIENTLY).toContain('We raised the rate.');
  await toEnd(grace.page);
  await expectSeen(ada.page.getByRole('list', { name: /^Here too/ }).getByText('Grace Hopper'));
  await expectSeen(ada.page.locator('.caret-name', { hasText: 'Grace Hopper' }));
  await toEnd(ada.page);
  await Promise.all([text(ada.page).pressSequentially(' Ada says it worked.'), text(grace.page).pressSequentially(' Grace is not sure.')]);
  for (const { page } of [ada, grace]) {
    await expect.poll(async () => (await words(page)).length, PATIENTLY).toBeGreaterThan(50);
    await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
  }
  const sentence = async (page: Page): Promise<string> => page.locator('.note-text > p').first().evaluate((line) => {
    const copy = line.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.caret')) caret.remove();
    return copy.textContent ?? '';
  });
  await expect.poll(async () => (await sentence(ada.page)) === (await sentence(grace.page)), PATIENTLY).toBe(true);
});

test('what is written offline says so, survives a reload\'s worth of waiting, and is merged', async () => {
  await grace.context.setOffline(true);
  await newParagraph(grace.page);
  await text(grace.page).pressSequentially('Written in a tunnel.');
  await newParagraph(ada.page);
  await text(ada.page).pressSequentially('Written at the desk.');
  // Nobody says that the network is gone: what was sent is not answered.
  await expect.poll(() => standing(grace.page).textContent(), PATIENTLY).toMatch(/^(Offline|Connecting again)/);
  expect(await words(ada.page)).not.toContain('tunnel');
  await grace.context.setOffline(false);
  for (const { page } of [ada, grace]) {
    await expect.poll(() => words(page), PATIENTLY).toContain('Written in a tunnel.');
    await expect.poll(() => words(page), PATIENTLY).toContain('Written at the desk.');
    await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
  }
});

test('the slash menu and its blocks are reached by the keyboard alone', async () => {
  const { page } = ada;
  await newParagraph(page);
  await page.keyboard.type('/deci', { delay: 20 });
  const list = page.getByRole('listbox', { name: 'Insert' });
  await expectSeen(list.getByRole('option', { name: /Decision/, selected: true }));
  expect(await text(page).getAttribute('aria-activedescendant')).not.toBeNull();
  await page.keyboard.press('Enter');
  await page.keyboard.type('We keep 0.1.');
  await expectSeen(page.getByRole('note', { name: 'Decision' }).getByText('We keep 0.1.'));
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('/table', { delay: 20 });
  await expectSeen(list.getByRole('option', { name: /^Table/, selected: true }));
  await page.keyboard.press('Enter');
  await page.keyboard.type('rate');
  await page.keyboard.press('Control+Alt+ArrowRight');
  await page.keyboard.press('Control+Alt+ArrowDown');
  const table = page.locator('.note-text table');
  await expect.poll(() => table.locator('th').count(), PATIENTLY).toBe(4);
  expect(await table.locator('tr').count()).toBe(4);
  // Behind a table that is the last thing there is a place to write.
  await press(page, 'Control+End');
  await page.keyboard.type('Below it.');
  await expectSeen(text(page).locator('> p').last().getByText('Below it.'));
  await table.locator('th').first().click();
  // The tools of the table, by Alt F10, once they are there; Escape gives the keyboard back.
  await expectSeen(page.getByRole('toolbar', { name: 'Table' }));
  await page.keyboard.press('Alt+F10');
  await expectSeen(page.getByRole('toolbar', { name: 'Table' }).locator(':focus'));
  await page.keyboard.press('Escape');
  await expectSeen(text(page).and(page.locator(':focus')));
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('/nothing-like-this', { delay: 10 });
  await expectSeen(page.getByText('Nothing is called that.', { exact: false }));
  await page.keyboard.press('Escape');
  await expectGone(list);
  for (let left = '/nothing-like-this'.length; left > 0; left -= 1) await page.keyboard.press('Backspace');
});

test('a mention is found by keyboard, and its card says how the experiment stands', async () => {
  const { page } = ada;
  await newParagraph(page);
  await page.keyboard.type('See #Learn', { delay: 40 });
  await expectSeen(page.getByRole('listbox', { name: /^Experiments/ }).getByRole('option', { name: new RegExp(shown.key) }));
  await page.keyboard.press('Enter');
  const mention = page.locator('.mention', { hasText: shown.key });
  await expectSeen(mention);
  await mention.hover();
  const card = page.locator('.mention-card');
  await expectSeen(card.getByText('Learning rate'));
  await expectSeen(card.getByText('4 runs'));
  await page.mouse.move(5, 5);
  await expectGone(card);
  // The caret on the mention shows the card too.
  await toEnd(page);
  await press(page, 'ArrowLeft');
  await press(page, 'ArrowLeft');
  await expectSeen(card.getByText('Learning rate'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('by @Grace', { delay: 40 });
  await expectSeen(page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: /Grace Hopper/ }));
  await page.keyboard.press('Enter');
  await expectSeen(page.locator('.mention', { hasText: '@Grace Hopper' }));
  // The experiment says where it was mentioned.
  await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
});

test('in a comment # finds things and @ finds people, as in the note', async () => {
  const page = await ada.page.context().newPage();
  await page.goto(`/e/${shown.key}?tab=discussion`);
  await page.getByRole('button', { name: 'Start a thread' }).click();
  const box = page.getByRole('textbox', { name: 'Start a thread' });
  await expectSeen(box);
  await box.focus();
  await page.keyboard.type('As in #Learn', { delay: 40 });
  await expectSeen(page.getByRole('listbox', { name: /^Experiments/ }).getByRole('option', { name: new RegExp(shown.key) }));
  await page.keyboard.press('Enter');
  await expectSeen(box.getByRole('link', { name: shown.key }));
  await page.keyboard.type('by @Grace', { delay: 40 });
  await expectSeen(page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: /Grace Hopper/ }));
  await page.keyboard.press('Enter');
  await expectSeen(box.getByRole('link', { name: '@Grace Hopper' }));
  await page.close();
});

test('hostile HTML is pasted and nothing in it runs, loads or leads to a script', async () => {
  const { page } = ada;
  const asked: string[] = [];
  page.on('request', (request) => { if (request.url().includes('spy')) asked.push(request.url()); });
  await newParagraph(page);
  const hostile = [
    '<p onclick="window.ran=1">harmless words<script>window.ran=1</script>', '<img src="x" onerror="window.ran=1">', '<img src="https://spy.example/pixel.png">', '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    '<svg onload="window.ran=1"><animate onbegin="window.ran=1"></svg>', '<a href="javascript:window.ran=1">a link</a>', '<style>@import "https://spy.example/x.css"; body { display: none }</style>', '<math><mtext><img src=x onerror="window.ran=1"></mtext></math>',
    '<span data-type="mention" data-kind="person" data-id="<img src=x onerror=window.ran=1>" data-label="<b>x</b>">m</span>', '<div data-type="evidence" data-kind="chart" data-subject="nothing" data-frozen=\'{"at":"2026-01-01T00:00:00Z","content":{"lines":"<script>"}}\'></div>',
    '<span data-type="inline-math" data-latex="\\href{javascript:window.ran=1}{x}\\includegraphics{https://spy.example/m.png}">x</span>', '</p>',
  ].join('');
  await paste(text(page), { 'text/html': hostile, 'text/plain': 'harmless words' });
  await paste(text(page), { 'text/plain': '# heading\n\n[x](javascript:window.ran=1) <script>window.ran=1</script> ![p](https://spy.example/md.png)' });
  await expect.poll(() => words(page), PATIENTLY).toContain('harmless words');
  for (const link of await page.locator('.note-text a').all()) {
    expect(await link.getAttribute('href')).not.toMatch(/^\s*javascript/i);
  }
  expect(await page.locator('.note-text').locator('script, iframe, style, svg[onload], [onerror], [onclick]').count()).toBe(0);
  // On the other side too, and after a reload.
  await expectSeen(grace.page.getByText('harmless words', { exact: false }));
  for (const desk of [ada, grace]) expect(await desk.page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
  await page.reload();
  await expect.poll(() => words(page), PATIENTLY).toContain('harmless words');
  await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
  expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
  expect(asked).toEqual([]);
});

test('cells of a spreadsheet, Markdown and a notebook become what they are; its picture is kept by the server', async () => {
  const { page } = ada;
  await newParagraph(page);
  await paste(text(page), { 'text/plain': 'rate\ttest_acc\n0.01\t0.61\n0.1\t0.83\n' });
  await expectSeen(page.locator('.note-text table').last().getByRole('columnheader', { name: 'test_acc' }));
  await newParagraph(page);
  await paste(text(page), { 'text/plain': '## What follows\n\n- [x] keep the rate\n- [ ] more seeds\n\n$$\n\\frac{1}{n}\n$$' });
  await expectSeen(page.getByRole('heading', { name: 'What follows' }));
  await expectSeen(page.locator('.math.block .katex'));
  await newParagraph(page);
  const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  await paste(text(page), { 'text/plain': JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: 'code', source: 'plot(curve)', outputs: [{ output_type: 'display_data', data: { 'image/png': picture } }] }] }) });
  await expectSeen(page.getByText('plot(curve)'));
  const image = page.locator('.note-text img').last();
  await expect.poll(() => image.getAttribute('src'), PATIENTLY).toMatch(/^\/api\/v1\/notes\/.+\/files\/.+/);
  await expect.poll(() => image.evaluate((drawn) => (drawn as HTMLImageElement).naturalWidth), PATIENTLY).toBe(1);
});

test('files that are pasted, one after the other and several at once, all stand in their order, and writing goes on behind them', async () => {
  const { page } = ada;
  await newParagraph(page);
  const files = page.locator('.note-text .attachment-name');
  const before = await files.count();
  await pasteFiles(text(page), ['one.log']);
  await expect.poll(() => files.count(), PATIENTLY).toBe(before + 1);
  await pasteFiles(text(page), ['two.log', 'three.log', 'four.log']);
  await expect.poll(async () => (await files.allTextContents()).slice(before), PATIENTLY).toEqual(['one.log', 'two.log', 'three.log', 'four.log']);
  await page.keyboard.type('Behind the four.');
  await expect.poll(async () => (await words(page)).replace(/^.*four\.log/, ''), PATIENTLY).toContain('Behind the four.');
});

test('a verdict and a table of runs stand live in the text; what is frozen stays when a run goes on', async () => {
  const { page } = ada;
  await newParagraph(page);
  await page.keyboard.type('/verdict', { delay: 20 });
  await expectSeen(page.getByRole('option', { name: /^Verdict/, selected: true }));
  await page.keyboard.press('Enter');
  const verdict = page.getByRole('region', { name: `Verdict of ${shown.key}` }).first();
  await expectSeen(verdict.getByRole('status'));
  await newParagraph(page);
  await page.keyboard.type('/run table', { delay: 20 });
  await expectSeen(page.getByRole('option', { name: /^Run table/, selected: true }));
  // With a word that is in no name it is prose.
  await page.keyboard.type(' or', { delay: 20 });
  await expectGone(page.getByRole('listbox', { name: 'Insert' }));
  for (let left = '/run table or'.length; left > 0; left -= 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('/comparison', { delay: 20 });
  await page.keyboard.press('Enter');
  const comparison = page.getByRole('region', { name: new RegExp(`^Comparison of variants of ${shown.key}`) });
  const counted = (): Promise<string | null> => comparison.getByRole('row', { name: /learning_rate=0\.1/ }).getByRole('cell').nth(2).textContent();
  await expect.poll(counted, PATIENTLY).toBe('2');
  await comparison.getByRole('button', { name: /^What to do with this/ }).click();
  await page.getByRole('menuitem', { name: 'Freeze as it is now' }).click();
  await expectSeen(comparison.getByText(/^frozen/));
  await newParagraph(page);
  await page.keyboard.type('/comparison', { delay: 20 });
  await page.keyboard.press('Enter');
  await expect.poll(() => comparison.count(), PATIENTLY).toBe(2);

  const training = await startTraining(script, { experiment: await setExperimentId(), name: 'rate 0.1, seed 3', seed: 3, change: { learning_rate: 0.1 } });
  await training.finish();
  const live = comparison.last().getByRole('row', { name: /learning_rate=0\.1/ }).getByRole('cell').nth(2);
  await expect.poll(() => live.textContent(), PATIENTLY).toBe('3');
  expect(await comparison.first().getByRole('row', { name: /learning_rate=0\.1/ }).getByRole('cell').nth(2).textContent()).toBe('2');
  await expectSeen(comparison.first().getByText('the evidence has changed since', { exact: false }));
  await comparison.first().getByRole('button', { name: /^What to do with this/ }).click();
  await page.getByRole('menuitem', { name: 'Make it live again' }).click();
  await expect.poll(() => comparison.first().getByRole('row', { name: /learning_rate=0\.1/ }).getByRole('cell').nth(2).textContent(), PATIENTLY).toBe('3');
});

const setExperimentId = async (): Promise<string> => (await script.trackGet<{ experiment: { experiment_id: string } }>('experiments/get-by-name', { experiment_name: 'digits/Learning rate' })).experiment.experiment_id;

test('a version is kept by name, its changes are read, and it is brought back', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'More about this note' }).click();
  await page.getByRole('menuitem', { name: 'Keep a named version…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('As presented');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await expectGone(page.getByRole('dialog'));
  await newParagraph(page);
  await page.keyboard.type('A sentence too many.');
  await expect.poll(() => standing(page).textContent(), PATIENTLY).toBe('Saved');
  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('list', { name: 'Versions, newest first' }).getByRole('button', { name: /As presented/ }).click();
  await expectSeen(page.getByRole('list', { name: 'Changed lines' }));
  await page.getByRole('button', { name: 'Restore this version' }).click();
  for (const desk of [ada, grace]) await expect.poll(() => words(desk.page), PATIENTLY).not.toContain('A sentence too many.');
  await expect.poll(() => words(page), PATIENTLY).toContain('We keep 0.1.');
});

test('axe finds nothing on the note in light and dark, wide and narrow, and nothing scrolls sideways', async () => {
  const { page } = ada;
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await axe(page)).map((each) => `${width} ${each}`));
    await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 15_000 }).catch(() => found.push(`${width}: scrolls sideways`));
  }
  expect(found).toEqual([]);
});

test('nothing complained meanwhile but the network that was taken away, and the page’s own rule that a pasted spy may not load', () => {
  const expected = /spy\.example\/pixel\.png' violates the following Content Security Policy|ERR_INTERNET_DISCONNECTED|WebSocket connection to|Failed to load resource/;
  expect([...ada.complaints, ...grace.complaints].filter((complaint) => !expected.test(complaint))).toEqual([]);
});
