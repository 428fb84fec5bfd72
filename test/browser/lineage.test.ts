import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let hypothesis: string;

const create = async (name: string, parents: readonly string[] = []): Promise<string> => (await script.graphql<{ createExperiment: { experiment: { key: string } } }>('mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key } } }', { input: { project: 'digits', name, hypothesis, parents } })).createExperiment.experiment.key;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  for (const slug of ['digits', 'empty']) await script.graphql('mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug }) { project { slug } } }', { slug });
  hypothesis = (await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "digits", statement: "Shifts raise accuracy", metric: "acc", direction: INCREASE }) { hypothesis { id } } }')).proposeHypothesis.hypothesis.id;
  await create('Bolder shifts', [await create('Shifts')]);
  ada = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** How many nodes are on the canvas. */
const drawn = () => ada.page.locator('canvas').getAttribute('data-drawn');
const spoken = () => ada.page.locator('.lin-frame [role="status"]');

test('arrow keys walk along the edges, the chosen node stands beside them and in the address, and Return opens it', async () => {
  const { page } = ada;
  await page.goto('/p/digits/lineage');
  await expect.poll(drawn, PATIENTLY).toBe('3');
  await page.getByRole('application', { name: 'Lineage graph' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => spoken().textContent(), PATIENTLY).toBe('hypothesis, Shifts raise accuracy');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => spoken().textContent(), PATIENTLY).toMatch(/^experiment DIG-\d, .*, no verdict yet$/);
  const side = page.getByRole('complementary', { name: 'Chosen node' });
  await side.getByRole('button', { name: /Bolder shifts|Shifts raise accuracy/ }).first().click();
  expect(new URL(page.url()).searchParams.get('node')).toMatch(/^(exp|hyp)_/);
  await page.reload();
  await expectSeen(side);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(e|h)\//);
});

test('the list holds the same, narrows with kinds, and is accessible', async () => {
  const { page } = ada;
  await page.goto('/p/digits/lineage?as=list');
  await expectSeen(page.getByRole('link', { name: 'DIG-2 Bolder shifts' }));
  expect(await page.locator('tbody tr').count()).toBe(3);
  await page.getByLabel('Hypotheses').click();
  await expect.poll(() => page.locator('tbody tr').count(), PATIENTLY).toBe(2);
  await page.getByLabel('Find in this lineage').fill('bolder');
  expect(await page.locator('tbody tr').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
});

test('an experiment’s lineage is one tab away, and draws what is made meanwhile', async () => {
  const { page } = ada;
  await page.goto('/e/DIG-1');
  await page.getByRole('link', { name: 'Lineage' }).last().click();
  await page.waitForURL('**/e/DIG-1/lineage');
  await expect.poll(drawn, PATIENTLY).toBe('3');
  await create('Boldest shifts', ['DIG-2']);
  await expect.poll(drawn, PATIENTLY).toBe('4');
});

test('a project in which nothing is says what to do', async () => {
  const { page } = ada;
  await page.goto('/p/empty/lineage');
  await expectSeen(page.getByText('Nothing has come of anything here yet.'));
  await page.goto('/p/digits/lineage?until=2020-01-01');
  await expectSeen(page.getByText('There was nothing by then.'));
  expect(ada.complaints).toEqual([]);
});
