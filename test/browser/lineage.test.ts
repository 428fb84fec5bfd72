import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { eventually, lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
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

/** One finished run of the experiment in the project "path". */
async function ran(experiment: string, shift: string, acc: number, seed: string): Promise<void> {
  const { run: { info: { run_id } } } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experiment, start_time: 1_000 });
  await script.track('runs/log-batch', { run_id, params: [{ key: 'shift', value: shift }, { key: 'seed', value: seed }], metrics: [{ key: 'acc', value: acc, step: 1, timestamp: 2_000 }] });
  await script.track('runs/update', { run_id, status: 'FINISHED', end_time: 3_000 });
}

test('the path to the best says of each step what it changed and what it gained', async () => {
  await script.graphql('mutation { createProject(input: { slug: "path", name: "Path", key: "PAT" }) { project { slug } } }');
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'path/Shifts', tags: [{ key: 'lemma.hypothesis', value: 'Shifts raise accuracy' }, { key: 'lemma.metric', value: 'acc' }, { key: 'lemma.direction', value: 'increase' }] });
  for (const [seed, acc] of [0.5, 0.51, 0.52].entries()) await Promise.all([ran(experiment_id, '0', acc, String(seed)), ran(experiment_id, '1', acc + 0.2 + seed / 1_000, String(seed))]);
  interface Found { readonly experiment: { readonly verdictPending: boolean; readonly verdict: { readonly outcome: string } | null; readonly variants: readonly { readonly id: string; readonly runCount: number; readonly params: readonly { readonly value: string }[] }[] } }
  const found = (): Promise<Found> => script.graphql<Found>('{ experiment(key: "PAT-1") { verdictPending verdict { outcome } variants { id runCount params { key value } } } }');
  const { experiment: { variants } } = await eventually(found, ({ experiment }) => experiment.variants.length === 2 && experiment.variants.every(({ runCount }) => runCount === 3));
  await script.graphql('mutation($variant: ID!) { chooseBaseline(input: { experiment: "PAT-1", variant: $variant }) { experiment { key } } }', { variant: variants.find(({ params }) => params.some(({ value }) => value === '0'))?.id });
  await eventually(found, ({ experiment }) => experiment.verdict?.outcome === 'SUPPORTED' && !experiment.verdictPending);
  const { page } = ada;
  await page.goto('/p/path/lineage');
  const steps = page.getByRole('region', { name: 'Path to the best result' }).getByRole('listitem');
  await expect.poll(() => steps.allTextContents(), PATIENTLY).toEqual([expect.stringMatching(/^PAT-1 Shifts.*shift.*0.*to 1.*\+0\.201/)]);
});

test('a project in which nothing is says what to do', async () => {
  const { page } = ada;
  await page.goto('/p/empty/lineage');
  await expectSeen(page.getByText('Nothing has come of anything here yet.'));
  await page.goto('/p/digits/lineage?until=2020-01-01');
  await expectSeen(page.getByText('There was nothing by then.'));
  expect(ada.complaints).toEqual([]);
});
