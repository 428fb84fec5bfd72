import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectListening, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { trainOnce } from '../support/digits-training.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let shown: ShownExperiment;
let ada: Desk;
let grace: Desk;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  shown = await showExperiment(script);
  [ada, grace] = [await browser.newDesk(stack.url), await browser.newDesk(stack.url)];
  await grace.context.request.post('/api/auth/sign-up/email', { data: { name: 'Grace Hopper', email: 'grace@example.org', password: 'nanosecond wire' } });
  await script.graphql('mutation { addMember(input: { project: "digits", email: "grace@example.org", role: REVIEWER }) { member { id } } }');
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name, exact: typeof name === 'string' });

test('a thread on a point of a chart: typed, read, reacted to and answered by two people who see each other', async () => {
  await ada.page.goto(`/e/${shown.key}`);
  const chart = ada.page.getByRole('slider', { name: /Learning curves/ });
  await chart.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await ada.page.keyboard.press(key);
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('It overtakes late.');
  await button(dialog, 'Start thread').click();
  await expectSeen(ada.page.getByRole('button', { name: /^Thread 2, step/ }));

  await grace.page.goto(`/e/${shown.key}?tab=discussion`);
  const thread = grace.page.getByRole('article', { name: /^Thread 2, on test_acc/ });
  await expectSeen(thread.getByRole('figure', { name: /as it was/ }));
  await expectSeen(thread.getByRole('separator', { name: 'New since you last looked' }));
  await ada.page.goto(`/e/${shown.key}?tab=discussion`);
  await Promise.all([expectListening(ada), expectListening(grace)]);
  await grace.page.keyboard.press('u');
  await expect.poll(() => grace.page.evaluate(() => document.activeElement?.id.startsWith('comment-') ?? false), PATIENTLY).toBe(true);

  await thread.getByText('It overtakes late.').hover();
  await button(thread, 'React').click();
  await grace.page.getByRole('menuitem', { name: 'agree', exact: true }).click();
  const adasView = ada.page.getByRole('article', { name: /^Thread 2, on test_acc/ });
  await expectSeen(adasView.getByRole('button', { name: 'agree 1: Grace Hopper' }));

  await button(thread, 'Reply').click();
  await thread.getByRole('textbox', { name: 'Reply to thread 2' }).pressSequentially('More seeds');
  await expectSeen(adasView.getByText('Grace Hopper is writing'));
  await button(thread, 'Reply').last().click();
  await expectSeen(adasView.getByText('More seeds'));
  expect(await axe(ada.page)).toEqual([]);
});

/** The names of what pages of a desk ask from now on. */
function asking({ context }: Desk): readonly string[] {
  const names: string[] = [];
  context.on('request', (request) => { if (request.method() === 'POST' && request.url().endsWith('/graphql')) names.push(/(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1] ?? '?'); });
  return names;
}

test('what one decides, ticks and asks is on the other’s open page, which reads nothing for it', async () => {
  await ada.page.goto(`/e/${shown.key}`);
  await grace.page.goto(`/e/${shown.key}`);
  await Promise.all([expectListening(ada), expectListening(grace)]);
  const [asked, review] = [asking(ada), ada.page.getByRole('complementary', { name: 'Review' })];
  const graces = grace.page.getByRole('complementary', { name: 'Review' });
  const decide = async (how: string, words: string): Promise<void> => {
    await button(graces, how).click();
    await grace.page.getByRole('dialog').getByRole('textbox').fill(words);
    await button(grace.page.getByRole('dialog'), how).click();
  };
  await decide('Ask for changes', 'More seeds, please.');
  await expectSeen(review.getByText('More seeds, please.'));
  await expectSeen(review.getByText('changes asked for'));
  await decide('Comment', 'Nearly there.');
  await expectSeen(review.getByText('Nearly there.'));
  await script.graphql('mutation($key: String!) { tickCheck(input: { experiment: $key, check: "plausible", good: true, note: "By writer." }) { experiment { id } } }', { key: shown.key });
  await expectSeen(review.getByText(/By writer\./));
  expect(asked.filter((name) => name === 'ExperimentPage')).toEqual([]);
});

test('an approval goes stale as a run ends, names the run, and approving again shows only the difference', async () => {
  await grace.page.goto(`/e/${shown.key}`);
  const review = grace.page.getByRole('complementary', { name: 'Review' });
  await button(review, /^Approve/).click();
  await button(grace.page.getByRole('dialog'), 'Approve').click();
  await expectSeen(review.getByText('approved', { exact: true }));
  await expectListening(grace);

  const { experiment: { mlflowExperimentId } } = await script.graphql<{ experiment: { mlflowExperimentId: string } }>('query($key: String!) { experiment(key: $key) { mlflowExperimentId } }', { key: shown.key });
  await trainOnce(script, { experiment: String(mlflowExperimentId), name: 'late one', seed: 3, change: { learning_rate: 0.1 } });
  await expectSeen(review.getByText(/The evidence changed after Grace Hopper approved it on .*: run late one ended/));
  const since = review.getByRole('region', { name: 'Changed since you last looked' });
  await expectSeen(since.getByText('run late one ended'));
  expect(await axe(grace.page)).toEqual([]);

  await button(review, /^Approve/).click();
  const again = grace.page.getByRole('dialog');
  await expectSeen(again.getByText('run late one ended'));
  await button(again, 'Approve').click();
  await expectSeen(review.getByText('approved', { exact: true }));
  await expect.poll(() => since.count(), PATIENTLY).toBe(0);

  await grace.page.keyboard.press('e');
  const earlier = review.getByRole('list', { name: /^Earlier decisions/ }).getByRole('listitem');
  await expectSeen(earlier);
  const said = await earlier.allInnerTexts();
  expect(said).toEqual([expect.stringMatching(/approved, stale\s+of evidence [0-9a-f]{8}, /), expect.stringMatching(/commented, stale\s+Nearly there\.\s+of evidence [0-9a-f]{8}, /), expect.stringMatching(/asked for changes, stale\s+More seeds, please\.\s+of evidence [0-9a-f]{8}, /)]);
  expect(await axe(grace.page)).toEqual([]);
});

test('a check is ticked with a name, and the policy has a page', async () => {
  await ada.page.goto(`/e/${shown.key}`);
  const review = ada.page.getByRole('complementary', { name: 'Review' });
  await button(review, 'Say something about: Test set untouched by tuning').focus();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('dialog').getByRole('textbox', { name: 'Why?' }).fill('Split by writer.');
  await button(ada.page.getByRole('dialog'), 'It is good').click();
  await expectSeen(review.getByText(/Split by writer\. — by/));
  await ada.page.goto('/p/digits/settings');
  await ada.page.getByLabel('Approvals needed').fill('2');
  await button(ada.page, 'Save the policy').click();
  await expect.poll(async () => (await script.graphql<{ project: { reviewPolicy: { approvals: number } } }>('{ project(slug: "digits") { reviewPolicy { approvals } } }')).project.reviewPolicy.approvals, PATIENTLY).toBe(2);
  expect(await axe(ada.page)).toEqual([]);
});

test('a team is made, asked for a review, changed and deleted', async () => {
  const { page } = ada;
  await page.goto('/people');
  await expectSeen(page.getByText('People of a team are asked for a review together'));
  await button(page, 'Make a team').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Readers');
  await page.getByRole('checkbox', { name: /^Grace/ }).check();
  await button(page, 'Make the team').click();
  const row = page.getByRole('region', { name: /^Teams/ }).getByRole('row', { name: /^Readers/ });
  await expectSeen(row.getByText('Grace Hopper', { exact: true }));
  expect(await axe(page)).toEqual([]);
  await page.goto(`/e/${shown.key}`);
  await button(page.getByRole('complementary', { name: 'Review' }), /^(Ask for a review|Ask someone else)$/).click();
  await expectSeen(page.getByRole('dialog').getByRole('checkbox', { name: /^Readers/ }));
  await page.goto('/people');
  await button(page, 'Actions for Readers').click();
  await page.getByRole('menuitem', { name: 'Change…' }).click();
  await page.getByRole('checkbox', { name: /^Grace/ }).uncheck();
  await button(page, 'Save').click();
  await expectSeen(row.getByText('nobody yet'));
  await button(page, 'Actions for Readers').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expectGone(row);
});
