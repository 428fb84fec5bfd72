import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { tellOneStory } from '../support/one-story.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** One weekly review, held by three people in three browsers: each test is a part of it, and needs those before. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let shown: ShownExperiment;
let experimentId = '';
/** Owns the machine, and presents. */
let ada: Desk;
/** Follows from the beginning. */
let grace: Desk;
/** Comes late. */
let vera: Desk;
let address = '';

async function newPerson(name: string): Promise<Desk> {
  const desk = await browser.newDesk(stack.url);
  const email = `${name.toLowerCase()}@example.org`;
  const answer = await desk.context.request.post('/api/auth/sign-up/email', { data: { name, email, password: `the password of ${name}` } });
  expect(answer.ok()).toBe(true);
  await script.graphql('mutation ($email: String!) { addMember(input: { project: "digits", email: $email, role: MEMBER }) { member { id } } }', { email });
  return desk;
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  shown = await showExperiment(script);
  experimentId = (await script.graphql<{ experiment: { id: string } }>('query ($key: String!) { experiment(key: $key) { id } }', { key: shown.key })).experiment.id;
  ada = await browser.newDesk(stack.url);
  grace = await newPerson('Grace');
  vera = await newPerson('Vera');
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

tellOneStory();

const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name });
const agenda = (page: Page): Locator => page.getByRole('navigation', { name: 'Agenda' });
const stage = (page: Page): Locator => page.getByRole('main');
const record = (page: Page): Locator => page.getByRole('complementary', { name: 'Outcome of this item' });
const stands = (page: Page, title: string): Promise<void> => expectSeen(page.getByRole('main', { name: `Item: ${title}` }));

async function chooseFromMenu(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** What axe finds and how far the page scrolls sideways, wide and narrow, light and dark. */
async function problemsOf({ page, complaints }: Desk): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1440, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    // At 320 only the room is another.
    if (width > 320) found.push(...(await axe(page)).map((each) => `${width} ${each}`));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (sideways > 0) found.push(`${width}: scrolls sideways by ${sideways} pixels`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...found, ...complaints];
}

test('a project without reviews teaches what one is; planning one drafts its agenda', async () => {
  const { page } = ada;
  await page.goto('/p/digits/meetings');
  await expectSeen(page.getByText('No review has been held yet.'));
  expect(await problemsOf(ada)).toEqual([]);
  await button(page, 'Plan a review').first().click();
  await button(page, 'Plan it').click();
  await page.waitForURL(/\/m\/mtg_/);
  address = new URL(page.url()).pathname;
  await expectSeen(agenda(page).getByRole('heading', { name: 'Agenda' }));
});

test('people add to the agenda and order it, by keyboard too', async () => {
  const { page } = ada;
  for (const title of ['The new cluster', 'Holidays']) {
    await agenda(page).getByLabel('Add an item').fill(title);
    await page.keyboard.press('Enter');
    await expectSeen(agenda(page).getByRole('button', { name: new RegExp(`^${title}`) }));
  }
  await button(page, 'Change "Holidays"').focus();
  await page.keyboard.press('Enter');
  await expectSeen(page.getByRole('menuitem', { name: 'Move up' }));
  await page.keyboard.press('Enter');
  const titles = (): Promise<string[]> => agenda(page).locator('.m').allTextContents();
  await expect.poll(async () => (await titles()).slice(-2), PATIENTLY).toEqual(['Holidays', 'The new cluster']);
  await expectSeen(agenda(page).getByText(/changed the order/));
  expect(await problemsOf(ada)).toEqual([]);
});

test('an experiment is put on the agenda and stands on the stage itself, its figures live', async () => {
  const { page } = ada;
  await script.graphql('mutation ($meeting: ID!, $subject: ID!) { addAgendaItem(input: { meeting: $meeting, title: "Larger steps", subject: $subject, question: "Make it the baseline?" }) { item { id } } }', { meeting: address.slice(3), subject: experimentId });
  await agenda(page).getByRole('button', { name: /^Larger steps/ }).click();
  await stands(page, 'Larger steps');
  await expectSeen(stage(page).getByRole('heading', { name: 'Verdict' }));
  await expectSeen(stage(page).getByText('We believe that'));
});

test('who starts presents, and everybody else follows', async () => {
  await grace.page.goto(address);
  await expectSeen(button(grace.page, 'Start'));
  await button(ada.page, 'Start').click();
  await expectSeen(ada.page.getByText(/You present/));
  await expectSeen(grace.page.getByText(/You are following/));
  await expectSeen(ada.page.getByRole('timer'));
  await agenda(ada.page).getByRole('button', { name: /^Larger steps/ }).click();
  await stands(grace.page, 'Larger steps');
  await expectSeen(ada.page.getByRole('group', { name: /Here: .*Grace/ }));
});

test('who follows sees the same tab, the same place on it, and the next item', async () => {
  await button(stage(ada.page), 'Charts').click();
  await expect.poll(() => button(stage(grace.page), 'Charts').getAttribute('aria-pressed'), PATIENTLY).toBe('true');
  await button(stage(ada.page), 'Evidence').click();
  await expect.poll(() => button(stage(grace.page), 'Evidence').getAttribute('aria-pressed'), PATIENTLY).toBe('true');
  await stage(ada.page).evaluate((node) => { node.scrollTo({ top: 420 }); });
  await expect.poll(() => stage(grace.page).evaluate((node) => node.scrollTop), PATIENTLY).toBeGreaterThan(200);
  // Faster than the record: each press counts from where the one before led.
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight']) await ada.page.keyboard.press(key);
  await stands(grace.page, 'The new cluster');
  await ada.page.keyboard.press('ArrowRight');
  await stands(grace.page, 'Larger steps');
  await stands(ada.page, 'Larger steps');
});

test('who comes late lands where everybody is', async () => {
  await button(stage(ada.page), 'Charts').click();
  await vera.page.goto(address);
  await stands(vera.page, 'Larger steps');
  await expect.poll(() => button(stage(vera.page), 'Charts').getAttribute('aria-pressed'), PATIENTLY).toBe('true');
  await button(stage(ada.page), 'Evidence').click();
});

test('who breaks away looks for themselves, and returns to where the others are', async () => {
  await grace.page.keyboard.press('b');
  await expectSeen(grace.page.getByText(/You look for yourself/));
  await agenda(grace.page).getByRole('button', { name: /^Holidays/ }).click();
  await stands(grace.page, 'Holidays');
  await agenda(ada.page).getByRole('button', { name: /^The new cluster/ }).click();
  await stands(vera.page, 'The new cluster');
  await stands(grace.page, 'Holidays');
  const whereOthersAre = (page: Page): Locator => agenda(page).getByRole('listitem').filter({ has: page.getByRole('img', { name: / presents this$/ }) });
  await expectSeen(whereOthersAre(grace.page).filter({ hasText: 'The new cluster' }));
  expect(await whereOthersAre(vera.page).count()).toBe(0);
  await button(grace.page, 'Return').click();
  await stands(grace.page, 'The new cluster');
  await agenda(ada.page).getByRole('button', { name: /^Larger steps/ }).click();
  await stands(grace.page, 'Larger steps');
});

test('votes are counted before everybody’s eyes, and are pressed only when they are kept', async () => {
  await expectSeen(record(grace.page).getByText('Make it the baseline?'));
  await button(record(grace.page), /^Adopt/).click();
  await expect.poll(() => button(record(grace.page), /^Adopt/).getAttribute('aria-pressed'), PATIENTLY).toBe('true');
  await expect.poll(() => button(record(ada.page), /^Adopt/).textContent(), PATIENTLY).toBe('Adopt1');
  await vera.page.keyboard.press('v');
  await vera.page.keyboard.press('Tab');
  await vera.page.keyboard.press('Enter');
  await expect.poll(() => button(record(ada.page), /^Wait/).textContent(), PATIENTLY).toBe('Wait1');
  await button(record(vera.page), /^Adopt/).click();
  await expect.poll(() => button(record(grace.page), /^Adopt/).textContent(), PATIENTLY).toBe('Adopt2');
  await expectSeen(record(ada.page).getByText('2 of 3 voted'));
});

test('a decision and an action item are kept and seen by all', async () => {
  const { page } = ada;
  await page.keyboard.press('d');
  await page.keyboard.type('Make it the baseline once it survives 80 epochs.');
  await page.keyboard.press('Control+Enter');
  await expectSeen(record(page).getByText(/^saved /));
  await expectSeen(record(grace.page).getByText('Make it the baseline once it survives 80 epochs.'));
  // The keys are the page's again, as the foot says.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id), PATIENTLY).toBe('main');
  for (const other of ['Let the time go on', 'Pause the time']) {
    await page.keyboard.press('p');
    await expectSeen(button(page, other));
  }
  await record(page).getByLabel('New action').fill('Run the 80-epoch pair');
  await record(page).getByLabel('Who does it').selectOption({ label: 'Grace' });
  await record(page).getByLabel('Until').fill('2030-05-19');
  await button(record(page), 'Add the action').click();
  await expectSeen(record(vera.page).getByText('Run the 80-epoch pair'));
  await expectSeen(record(vera.page).getByText(/Grace, due 2030-05-19/));
});

test('between its rails on a small screen the stage cuts nothing off', async () => {
  const { page } = ada;
  await page.setViewportSize({ width: 1280, height: 720 });
  const hidden = (shown: Locator): Promise<number> => shown.first().evaluate((node) => node.scrollWidth - node.clientWidth);
  await expect.poll(() => hidden(stage(page).getByRole('region', { name: 'Table of variants' })), PATIENTLY).toBe(0);
  await expect.poll(() => hidden(stage(page).locator('.fig-h.tools > .tr')), PATIENTLY).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('presenting is handed over, and the others follow who presents now', async () => {
  await chooseFromMenu(ada.page, 'More: hand over, end', 'Hand over to Grace');
  await expectSeen(grace.page.getByText(/You present/));
  await expectSeen(vera.page.getByText('You are following Grace'));
  await agenda(grace.page).getByRole('button', { name: /^Holidays/ }).click();
  await stands(ada.page, 'Holidays');
  await chooseFromMenu(ada.page, 'More: hand over, end', 'Take over');
  await expectSeen(ada.page.getByText(/You present/));
  await agenda(ada.page).getByRole('button', { name: /^Larger steps/ }).click();
  await stands(vera.page, 'Larger steps');
});

test('a meeting that is held has nothing for axe to find and fits every screen', async () => {
  expect(await problemsOf(vera)).toEqual([]);
  expect(await problemsOf(ada)).toEqual([]);
});

test('its end leaves the minutes with everybody, and the action item with its owner', async () => {
  await chooseFromMenu(ada.page, 'More: hand over, end', 'End and write the minutes');
  for (const part of ['Make it the baseline once it survives 80 epochs.', 'adopt 2, wait 0, drop 0', 'Run the 80-epoch pair', 'Grace (']) for (const { page } of [ada, grace, vera]) await expectSeen(stage(page).getByText(part));
  expect(await problemsOf(ada)).toEqual([]);
  await grace.page.getByRole('link', { name: 'Open the note of these minutes' }).click();
  await grace.page.waitForURL('**/n/**');
  await expectSeen(grace.page.getByText('Run the 80-epoch pair'));
  await ada.page.goto('/p/digits/meetings');
  await expectSeen(ada.page.getByText('Run the 80-epoch pair'));
  await ada.page.getByLabel('Done: Run the 80-epoch pair').click();
  await expectSeen(ada.page.getByText('Nothing is left to do.'));
  expect(await problemsOf(ada)).toEqual([]);
});
