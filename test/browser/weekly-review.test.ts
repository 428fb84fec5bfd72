import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { expectListening, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { startTraining, type Training } from '../support/digits-training.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startReplica, type Replica } from '../support/replica.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { tellOneStory } from '../support/one-story.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** The weekly review as a team holds it: five people in five browsers, before two servers of which one dies in the middle. Each test is a part of it, and needs those before. */

const SECRET = 'the secret that both servers of this review share';
const NAMES = ['Ada', 'Grace', 'Vera', 'Omar', 'Lin'] as const;
type Name = (typeof NAMES)[number];

let balancer: Balancer;
let stack: Stack;
let replica: Replica;
let browser: RealBrowser;
let script: LemmaClient;
let shown: ShownExperiment;
let desks: Readonly<Record<Name, Desk>>;
/** One more training of the experiment, still going on when the meeting begins. */
let training: Training;
let meeting = '';
let note = '';

beforeAll(async () => {
  [balancer, browser] = await Promise.all([startBalancer(), openBrowser()]);
  const env = { LEMMA_PUBLIC_URL: balancer.url, LEMMA_SECRET: SECRET };
  stack = await startStack({ pages: true, env });
  replica = await startReplica(stack, SECRET, { ...env, NODE_ENV: 'production', LEMMA_PAGES: '1', ARTIFACT_URL: `file:${stack.dataFolder}/artifacts` });
  balancer.serve([stack.url, replica.url]);
  script = lemmaClient(balancer.url);
  shown = await showExperiment(script);
  desks = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await browser.newDesk(balancer.url)] as const))) as unknown as Record<Name, Desk>;
  // Whoever owns this machine is there already; the others join.
  for (const name of NAMES.slice(1)) {
    const email = `${name.toLowerCase()}@example.org`;
    const answer = await desks[name].context.request.post('/api/auth/sign-up/email', { data: { name, email, password: `the password of ${name}` } });
    if (!answer.ok()) throw new Error(`${name} could not sign up: ${await answer.text()}`);
    await script.graphql('mutation ($email: String!, $role: ProjectRole!) { addMember(input: { project: "digits", email: $email, role: $role }) { member { id } } }', { email, role: name === 'Grace' ? 'REVIEWER' : 'MEMBER' });
  }
  const { experiment: { mlflowExperimentId } } = await script.graphql<{ experiment: { mlflowExperimentId: string } }>('query ($key: String!) { experiment(key: $key) { mlflowExperimentId } }', { key: shown.key });
  training = await startTraining(script, { experiment: String(mlflowExperimentId), name: 'late one', seed: 3, change: { learning_rate: 0.1 } });
  await training.epoch();
});
afterAll(async () => {
  await browser.close();
  await replica.kill();
  await stack.stop();
  await balancer.stop();
});

tellOneStory();

const pageOf = (name: Name): Page => desks[name].page;
const pages = (): readonly Page[] => NAMES.map(pageOf);
const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name, exact: typeof name === 'string' });
const agenda = (page: Page): Locator => page.getByRole('navigation', { name: 'Agenda' });
const stage = (page: Page): Locator => page.getByRole('main');
const record = (page: Page): Locator => page.getByRole('complementary', { name: 'Outcome of this item' });
const stands = (page: Page, title: string | RegExp): Promise<void> => expectSeen(page.getByRole('main', { name: typeof title === 'string' ? `Item: ${title}` : title }));
const noteText = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / });

const LARGER = /larger steps|Learning rate|A bolder/i;

test('the agenda is drafted from the week, and says why each item is there', async () => {
  const page = pageOf('Ada');
  await page.goto('/p/digits/meetings');
  await button(page, 'Plan a review').first().click();
  await button(page, 'Plan it').click();
  await page.waitForURL(/\/m\/mtg_/);
  meeting = new URL(page.url()).pathname;
  const item = agenda(page).getByRole('button', { name: LARGER }).first();
  await expectSeen(item);
  await item.click();
  await expectSeen(stage(page).getByRole('heading', { name: 'Verdict' }));
  expect(await stage(page).locator('.stage-why').textContent()).toMatch(/\+0\.\d+/);
});

test('five follow who presents, whichever server they are on; who comes late lands in the right place', async () => {
  for (const name of ['Grace', 'Vera', 'Omar'] as const) await pageOf(name).goto(meeting);
  await button(pageOf('Ada'), 'Start').click();
  for (const name of ['Grace', 'Vera', 'Omar'] as const) await expectSeen(pageOf(name).getByText(/You are following/));
  await agenda(pageOf('Ada')).getByRole('button', { name: LARGER }).first().click();
  await button(stage(pageOf('Ada')), 'Charts').click();
  await pageOf('Lin').goto(meeting);
  for (const page of pages()) await expect.poll(() => button(stage(page), 'Charts').getAttribute('aria-pressed'), PATIENTLY).toBe('true');
  await expectSeen(pageOf('Ada').getByRole('group', { name: /^Here: (?=.*Grace)(?=.*Vera)(?=.*Omar)(?=.*Lin)/ }));
});

test('a thread is begun on a point of the chart that is presented, and is read and answered elsewhere', async () => {
  const page = pageOf('Vera');
  const chart = stage(page).getByRole('slider', { name: /^Read test_acc/ });
  await chart.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('dialog').getByRole('textbox', { name: 'Comment' }).fill('It overtakes late.');
  await button(page.getByRole('dialog'), 'Start thread').click();
  // The pin appears on the same chart elsewhere, and leads to the thread without leaving the meeting.
  const other = pageOf('Omar');
  await stage(other).getByRole('button', { name: /^Thread 2, step/ }).click();
  const thread = stage(other).getByRole('article', { name: /^Thread 2, on test_acc/ });
  await expectSeen(thread.getByText('It overtakes late.'));
  await button(thread, 'Reply').click();
  await thread.getByRole('textbox', { name: 'Reply to thread 2' }).fill('Longer runs will tell.');
  // By the keyboard: what comes in above may move the button from under a pointer.
  await expect.poll(() => button(thread, 'Reply').last().isEnabled(), PATIENTLY).toBe(true);
  await button(thread, 'Reply').last().press('Enter');
  await button(stage(pageOf('Ada')), 'Discussion').click();
  for (const name of NAMES) await expect.poll(() => stage(pageOf(name)).getByText('Longer runs will tell.').count(), { ...PATIENTLY, message: `${name} reads it` }).toBeGreaterThan(0);
});

test('an approval goes stale before everybody’s eyes as a run ends', async () => {
  const grace = pageOf('Grace');
  await grace.goto(`/e/${shown.key}`);
  const review = grace.getByRole('complementary', { name: 'Review' });
  await button(review, /^Approve/).click();
  await button(grace.getByRole('dialog'), 'Approve').click();
  await expectSeen(review.getByText('approved', { exact: true }));
  const lin = pageOf('Lin');
  await lin.goto(`/e/${shown.key}`);
  await expectSeen(lin.getByRole('complementary', { name: 'Review' }).getByText('approved', { exact: true }));
  await Promise.all([expectListening(desks.Grace), expectListening(desks.Lin)]);
  await training.finish();
  for (const page of [grace, lin]) await expectSeen(page.getByRole('complementary', { name: 'Review' }).getByText(/The evidence changed after Grace approved it on .*: run late one ended/));
  for (const page of [grace, lin]) {
    await page.goto(meeting);
    await stands(page, LARGER);
  }
});

test('one server dies while people vote and write: nothing that was shown as saved is lost', async () => {
  // Two write a note about the experiment, three are in the meeting.
  const { experiment: { id } } = await script.graphql<{ experiment: { id: string } }>('query ($key: String!) { experiment(key: $key) { id } }', { key: shown.key });
  note = `/n/${(await script.graphql<{ createNote: { note: { id: string } } }>('mutation ($id: ID!) { createNote(input: { subject: $id, title: "What we saw" }) { note { id } } }', { id })).createNote.note.id}`;
  const writers = ['Omar', 'Lin'] as const;
  for (const name of writers) {
    await pageOf(name).goto(note);
    await expect.poll(() => pageOf(name).locator('.note-standing').textContent(), PATIENTLY).toBe('Saved');
    // A paragraph of one's own: two who write at one place write into each other's words.
    await noteText(pageOf(name)).focus();
    await pageOf(name).keyboard.press('Control+End');
    await pageOf(name).keyboard.press('Enter');
    await pageOf(name).keyboard.type(`${name}:`);
    await expect.poll(() => pageOf(name).locator('.note-standing').textContent(), PATIENTLY).toBe('Saved');
  }
  const ask = 'Make it the baseline?';
  const items = (await script.graphql<{ meeting: { items: readonly { id: string; title: string }[] } }>('query ($id: ID!) { meeting(id: $id) { items { id title } } }', { id: meeting.slice(3) })).meeting.items;
  const item = items.find(({ title }) => LARGER.test(title));
  await script.graphql('mutation ($item: ID!, $question: String!) { updateAgendaItem(input: { item: $item, question: $question }) { item { id } } }', { item: item?.id, question: ask });
  for (const name of ['Ada', 'Grace', 'Vera'] as const) await expectSeen(record(pageOf(name)).getByText(ask));

  /** What stood in the note of whoever wrote it at a moment when "Saved" stood over it. */
  const saved: string[] = [];
  let dead = false;
  const write = async (name: (typeof writers)[number]): Promise<void> => {
    const page = pageOf(name);
    for (let sentence = 1, after = 0; after < 2; sentence += 1) {
      await page.keyboard.type(` ${name} saw ${sentence}.`);
      await expect.poll(() => page.locator('.note-standing').textContent(), PATIENTLY).toBe('Saved');
      saved.push(`${name} saw ${sentence}.`);
      if (dead) after += 1;
    }
  };
  const vote = async (name: Name, choice: RegExp): Promise<void> => {
    // A press whose answer the dead server took with it is pressed again, as a person would.
    await expect.poll(async () => {
      const at = button(record(pageOf(name)), choice);
      if (await at.getAttribute('aria-pressed') !== 'true' && await at.isEnabled()) await at.click();
      return at.getAttribute('aria-pressed');
    }, { ...PATIENTLY, interval: 500 }).toBe('true');
  };
  const writing = Promise.all(writers.map(write));
  await vote('Ada', /^Adopt/);
  await expect.poll(() => saved.length, PATIENTLY).toBeGreaterThan(3);
  const grace = vote('Grace', /^Adopt/);
  await replica.kill();
  dead = true;
  await Promise.all([grace, vote('Vera', /^Wait/), writing]);

  for (const page of [pageOf('Ada'), pageOf('Grace'), pageOf('Vera')]) await expect.poll(() => button(record(page), /^Adopt/).textContent(), PATIENTLY).toBe('Adopt2');
  const kept = async (): Promise<string> => (await script.graphql<{ note: { markdown: string } }>('query ($id: ID!) { note(id: $id) { markdown } }', { id: note.slice(3) })).note.markdown;
  for (const sentence of saved) await expect.poll(kept, PATIENTLY).toContain(sentence);
  // The name at the other's caret stands between word joiners.
  const seenBy = async (name: Name): Promise<string> => ((await noteText(pageOf(name)).textContent()) ?? '').replaceAll(/\u2060[^\u2060]*\u2060/g, '');
  await expect.poll(() => seenBy('Omar'), PATIENTLY).toBe(await seenBy('Lin'));
});

test('a decision and an action item are recorded on the server that is left, and seen by all', async () => {
  for (const name of ['Omar', 'Lin'] as const) await pageOf(name).goto(meeting);
  const page = pageOf('Ada');
  await page.keyboard.press('d');
  await page.keyboard.type('Make it the baseline once it survives 80 epochs.');
  await page.keyboard.press('Control+Enter');
  await expectSeen(record(page).getByText(/^saved /));
  await record(page).getByLabel('New action').fill('Run the 80-epoch pair');
  await record(page).getByLabel('Who does it').selectOption({ label: 'Grace' });
  await record(page).getByLabel('Until').fill('2030-05-19');
  await button(record(page), 'Add the action').click();
  for (const each of pages()) {
    await expectSeen(record(each).getByText('Make it the baseline once it survives 80 epochs.'));
    await expectSeen(record(each).getByText(/Grace, due 2030-05-19/));
  }
  for (const name of ['Ada', 'Lin'] as const) expect(await axe(pageOf(name))).toEqual([]);
});

test('its end leaves the minutes with everybody', async () => {
  await button(pageOf('Ada'), 'More: hand over, end').click();
  await pageOf('Ada').getByRole('menuitem', { name: 'End and write the minutes' }).click();
  for (const page of pages()) for (const part of ['Make it the baseline once it survives 80 epochs.', 'adopt 2, wait 1, drop 0', 'Run the 80-epoch pair']) await expectSeen(stage(page).getByText(part));
  expect(await axe(pageOf('Omar'))).toEqual([]);
});

test('a stakeholder opens a link on a telephone; it is taken back, and the open page closes', async () => {
  const page = pageOf('Ada');
  await page.goto(`/e/${shown.key}`);
  await button(page, /^Share/).first().click();
  await button(page.getByRole('dialog'), 'Make the link').click();
  await expectSeen(page.getByRole('dialog').getByText('The link is ready.', { exact: false }));
  const url = (await page.getByRole('dialog').getByLabel('the share link', { exact: true }).textContent()) ?? '';
  const dana = await browser.newDesk(balancer.url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const watching = dana.page.waitForResponse(/\/api\/v1\/share\/.+\/events$/);
  await dana.page.goto(url);
  await expectSeen(dana.page.getByRole('heading', { level: 1 }));
  await expectSeen(dana.page.getByText('We believe that', { exact: false }));
  expect(await dana.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  expect(await axe(dana.page)).toEqual([]);
  await watching;
  await button(page.getByRole('dialog'), 'Revoke').first().click();
  await button(page.getByRole('dialog'), 'Revoke it').click();
  await expectSeen(dana.page.getByRole('heading', { name: 'This page is not available any more' }));
  expect(await axe(dana.page)).toEqual([]);
  expect((await dana.context.request.get(url)).status()).toBe(404);
  expect(dana.complaints).toEqual([]);
});
