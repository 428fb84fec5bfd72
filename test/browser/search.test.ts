import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** One box: words that may be mistyped, narrowed by what was found; and filters, said to be such. */

let stack: Stack;
let browser: RealBrowser;
let ada: Desk;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  const script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "vision", name: "Vision" }) { project { id } } }');
  const { proposeHypothesis } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "vision", statement: "Stronger augmentation raises acc by 0.01" }) { hypothesis { id } } }');
  await script.graphql('mutation($hypothesis: ID!) { createExperiment(input: { project: "vision", name: "MixUp augmentation", hypothesis: $hypothesis }) { experiment { key } } }', { hypothesis: proposeHypothesis.hypothesis.id });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('a mistyped word is found and said to be looked for too; a press on a kind narrows, and the address says so', async () => {
  const { page } = ada;
  await page.goto('/search');
  await page.getByRole('combobox', { name: 'What have we tried for' }).fill('augmentaton');
  await expectSeen(page.getByText('augmentation for “augmentaton” was looked for too', { exact: false }));
  await expectSeen(page.getByRole('link', { name: 'MixUp augmentation' }));
  const experiments = page.getByRole('button', { name: /^experiment 1/ });
  await experiments.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('kind') === 'experiment' && url.searchParams.get('q') === 'augmentaton');
  await expectGone(page.getByRole('link', { name: /Stronger augmentation/ }));
  expect(await experiments.getAttribute('aria-pressed')).toBe('true');
  await page.reload();
  await expectSeen(page.getByRole('link', { name: 'MixUp augmentation' }));
  expect(await experiments.getAttribute('aria-pressed')).toBe('true');
});

test('a whole filter is read as one and says so; the other power is a press away, in both directions', async () => {
  const { page } = ada;
  await page.goto('/search');
  await page.getByRole('combobox', { name: 'What have we tried for' }).fill('project = \'vision\' AND seed = 3');
  await expectSeen(page.getByText('Read as a filter over runs.', { exact: false }));
  await expectSeen(page.getByText('No run is like this.'));
  await page.getByRole('button', { name: 'Look for the words instead' }).click();
  await page.waitForURL((url) => url.searchParams.get('as') === 'words');
  await page.getByRole('button', { name: 'Read it as a filter over runs' }).click();
  await expectSeen(page.getByText('No run is like this.'));
  await page.getByRole('combobox', { name: 'What have we tried for' }).fill('project = \'vision\' AND colour = 3');
  await expectSeen(page.getByText('As a filter it cannot be read: At position 24: colour is no attribute of a run', { exact: false }));
});

test('a filter is written with the keyboard only, from what is offered; words are left alone, and Escape puts the list away', async () => {
  const { page } = ada;
  await page.goto('/search');
  const line = page.getByRole('combobox', { name: 'What have we tried for' });
  const list = page.getByRole('listbox', { name: 'Ways to go on' });
  const takeFirst = async (option: RegExp): Promise<void> => {
    await expectSeen(list.getByRole('option', { name: option }).first());
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => list.getByRole('option', { selected: true }).textContent(), PATIENTLY).toMatch(option);
    expect(await line.getAttribute('aria-activedescendant')).toBe(await list.getByRole('option', { selected: true }).getAttribute('id'));
    await page.keyboard.press('Enter');
  };
  await line.focus();
  await page.keyboard.type('ver');
  await expect.poll(() => line.getAttribute('aria-expanded'), PATIENTLY).toBe('false');
  await page.keyboard.press('ArrowDown');
  await takeFirst(/^verdict/);
  await takeFirst(/^=/);
  await page.keyboard.type('inc');
  await takeFirst(/^inconclusive/);
  await takeFirst(/^AND/);
  await page.keyboard.type('own');
  await expectSeen(list.getByRole('option', { name: /^owner/ }));
  await page.keyboard.press('Escape');
  await expectGone(list);
  expect(await line.inputValue()).toBe('verdict = inconclusive AND own');
  await page.keyboard.press('ArrowDown');
  await takeFirst(/^owner/);
  await page.keyboard.press('ArrowDown');
  expect(await line.inputValue()).toBe('verdict = inconclusive AND owner ');
});

test('a search is kept by keyboard with what was chosen, and opens again at its own address; the way back leads to the question before', async () => {
  const { page } = ada;
  const line = page.getByRole('combobox', { name: 'What have we tried for' });
  const expectFocus = async (on: Locator): Promise<void> => { await expect.poll(() => on.evaluate((element) => element === document.activeElement), PATIENTLY).toBe(true); };
  await page.goto('/search');
  await expectSeen(page.getByText('is kept under a name', { exact: false }));
  await line.fill('augmentation');
  await page.getByRole('button', { name: /^experiment 1/ }).press('Enter');
  await page.waitForURL((url) => url.searchParams.get('kind') === 'experiment');
  await expectSeen(page.getByRole('button', { name: 'Save this search' }));
  await line.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expectFocus(page.getByRole('button', { name: 'Save this search' }));
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type('Working with images');
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('button', { name: 'Saved as “Working with images”' }));
  await page.goto('/search');
  await line.fill("project = 'vision' AND seed = 3");
  await expectSeen(page.getByText('No run is like this.'));
  await page.getByRole('button', { name: 'Save this search' }).press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).fill('Third seeds');
  await page.keyboard.press('Enter');
  await expectSeen(page.getByRole('button', { name: 'Saved as “Third seeds”' }));
  await page.reload();
  await expectSeen(page.getByRole('button', { name: 'Saved as “Third seeds”' }));
  await page.getByRole('button', { name: 'Saved searches' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Working with images' }).press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'augmentation' && url.searchParams.get('kind') === 'experiment');
  await expect.poll(() => line.inputValue(), PATIENTLY).toBe('augmentation');
  await expectSeen(page.getByRole('link', { name: 'MixUp augmentation' }));
  expect(await page.getByRole('button', { name: /^experiment 1/ }).getAttribute('aria-pressed')).toBe('true');
  expect(await axe(page)).toEqual([]);
  await page.goBack();
  await expect.poll(() => line.inputValue(), PATIENTLY).toBe("project = 'vision' AND seed = 3");
  await expectSeen(page.getByText('No run is like this.'));
});

test('saved searches stand where nothing is asked, are opened with one press, renamed to a name that is free, and deleted when one means it', async () => {
  const { page } = ada;
  const line = page.getByRole('combobox', { name: 'What have we tried for' });
  const choose = async (of: string, what: string): Promise<void> => {
    await page.getByRole('button', { name: `More about “${of}”` }).press('Enter');
    await page.getByRole('menuitem', { name: what }).press('Enter');
  };
  await page.goto('/search');
  await expectSeen(page.getByText('augmentation · narrowed by kind'));
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('link', { name: 'Working with images' }).press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'augmentation');
  await expectSeen(page.getByRole('link', { name: 'MixUp augmentation' }));
  expect(await line.evaluate((element) => element === document.activeElement)).toBe(true);
  await line.fill('');

  await choose('Working with images', 'Rename…');
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('Third seeds');
  await page.keyboard.press('Enter');
  await expectSeen(page.getByText('You have a saved search "Third seeds" already.', { exact: false }));
  await name.fill('Images');
  await page.keyboard.press('Enter');
  await expectSeen(page.getByRole('link', { name: 'Images', exact: true }));
  await choose('Third seeds', 'Delete…');
  await page.getByRole('button', { name: 'Keep it' }).press('Enter');
  await expectSeen(page.getByRole('link', { name: 'Third seeds' }));
  await choose('Third seeds', 'Delete…');
  await page.getByRole('button', { name: 'Delete it' }).press('Enter');
  await expectGone(page.getByRole('link', { name: 'Third seeds' }));
  await page.reload();
  await expectSeen(page.getByRole('link', { name: 'Images', exact: true }));
  expect(await page.getByRole('link', { name: 'Third seeds' }).count()).toBe(0);
  expect(ada.complaints).toEqual([]);
});
