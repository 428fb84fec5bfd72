import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "digits", name: "Digits" }) { project { slug } } }');
  ada = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('a project says for how long it keeps files, reads before what that removes, and keeps them for ever again', async () => {
  const { page } = ada;
  const kept = async () => (await script.graphql<{ project: { fileDays: number | null } }>('{ project(slug: "digits") { fileDays } }')).project.fileDays;
  await page.goto('/p/digits/settings');
  const days = page.getByRole('spinbutton', { name: 'Keep the files of runs for so many days after they ended' });
  const save = page.getByRole('button', { name: 'Save the rule' });
  await days.fill('90');
  await expectSeen(page.getByText('With 90 days this removes 0 files, 0 B now.'));
  expect(await axe(page)).toEqual([]);
  await save.click();
  await expect.poll(kept, PATIENTLY).toBe(90);
  await page.reload();
  await expect.poll(() => days.inputValue(), PATIENTLY).toBe('90');
  await days.fill('');
  await save.click();
  await expect.poll(kept, PATIENTLY).toBeNull();
  expect(ada.complaints).toEqual([]);
});
