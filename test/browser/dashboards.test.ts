import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let ada: Desk;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  const script = lemmaClient(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "digits", name: "Digits" }) { project { slug } } }');
  await script.graphql('mutation { proposeHypothesis(input: { project: "digits", statement: "Shifts raise accuracy", metric: "acc", direction: INCREASE }) { hypothesis { id } } }');
  ada = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('a panel is moved and made smaller with the arrow keys, stays so after a reload, and the page is accessible in both themes', async () => {
  const { page } = ada;
  await page.goto('/p/digits/dashboard');
  const names = () => page.locator('[data-panel]').evaluateAll((panels) => panels.map((panel) => `${panel.getAttribute('data-panel') ?? ''} ${(panel as HTMLElement).style.getPropertyValue('--columns')}`));
  await expect.poll(names, PATIENTLY).toEqual(['best 3', 'funnel 1', 'verdicts 2', 'activity 2', 'spend 2']);
  await page.getByRole('button', { name: /^Move Hypotheses:/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: /^Resize Best result over time:/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expectSeen(page.getByText('Arranged by'));
  await page.reload();
  await expect.poll(names, PATIENTLY).toEqual(['funnel 1', 'best 2', 'verdicts 2', 'activity 2', 'spend 2']);
  await page.getByRole('button', { name: '1 stated of 1: show them' }).click();
  await expectSeen(page.getByRole('dialog').getByRole('link', { name: 'Shifts raise accuracy' }));
  await page.keyboard.press('Escape');
  expect(await axe(page)).toEqual([]);
});
