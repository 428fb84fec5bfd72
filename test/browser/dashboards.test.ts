import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let ada: Desk;
let grace: Desk;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  const script = lemmaClient(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "digits", name: "Digits" }) { project { slug } } }');
  await script.graphql('mutation { proposeHypothesis(input: { project: "digits", statement: "Shifts raise accuracy", metric: "acc", direction: INCREASE }) { hypothesis { id } } }');
  [ada, grace] = [await browser.newDesk(stack.url), await browser.newDesk(stack.url)];
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const MOVED = ['funnel 1', 'best 2', 'verdicts 2', 'activity 2', 'spend 2'];
const names = ({ page }: Desk) => page.locator('[data-panel]').evaluateAll((panels) => panels.map((panel) => `${panel.getAttribute('data-panel') ?? ''} ${(panel as HTMLElement).style.getPropertyValue('--columns')}`));
const expectPanels = async (desk: Desk, panels: readonly string[]): Promise<void> => { await expect.poll(() => names(desk), PATIENTLY).toEqual(panels); };

test('a panel is moved and made smaller with the arrow keys, stays so after a reload, and the page is accessible in both themes', async () => {
  const { page } = ada;
  await page.goto('/p/digits/dashboard');
  await expectPanels(ada, ['best 3', 'funnel 1', 'verdicts 2', 'activity 2', 'spend 2']);
  await page.getByRole('button', { name: /^Move Hypotheses:/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: /^Resize Best result over time:/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expectSeen(page.getByText('Arranged by'));
  await page.reload();
  await expectPanels(ada, MOVED);
  await page.getByRole('button', { name: '1 stated of 1: show them' }).click();
  await expectSeen(page.getByRole('dialog').getByRole('link', { name: 'Shifts raise accuracy' }));
  await page.keyboard.press('Escape');
  expect(await axe(page)).toEqual([]);
});

test('what one moves moves on the other’s open page, and what the other moves then stands upon it', async () => {
  await grace.page.goto('/p/digits/dashboard');
  await expectPanels(grace, MOVED);
  await ada.page.getByRole('button', { name: /^Move Run hours by week:/ }).focus();
  await ada.page.keyboard.press('ArrowLeft');
  const spendEarlier = ['funnel 1', 'best 2', 'verdicts 2', 'spend 2', 'activity 2'];
  await expectPanels(grace, spendEarlier);
  await grace.page.getByRole('button', { name: /^Move Hypotheses:/ }).focus();
  await grace.page.keyboard.press('ArrowRight');
  await expectPanels(ada, ['best 2', 'funnel 1', ...spendEarlier.slice(2)]);
  expect([...ada.complaints, ...grace.complaints]).toEqual([]);
});
