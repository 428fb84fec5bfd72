import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { eventually, lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What was tried, as a newcomer asks it: by the address, from an experiment's page, from the palette and the search. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
let key = '';

/** Runs in MLflow's protocol, a seed each, of an hour; null fails without a measurement. */
async function train(experiment: string, lr: string, values: readonly (number | null)[]): Promise<void> {
  for (const [seed, acc] of values.entries()) {
    const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experiment, start_time: 1_000 });
    const { run_id } = run.info;
    await script.track('runs/log-batch', { run_id, params: [{ key: 'optim.lr', value: lr }, { key: 'seed', value: String(seed) }], metrics: acc === null ? [] : [{ key: 'acc', value: acc, timestamp: 2_000, step: 1 }] });
    await script.track('runs/update', { run_id, status: acc === null ? 'FAILED' : 'FINISHED', end_time: 3_601_000 });
  }
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'sandbox/step sizes', tags: [{ key: 'lemma.hypothesis', value: 'Smaller steps raise accuracy' }, { key: 'lemma.metric', value: 'acc' }, { key: 'lemma.direction', value: 'increase' }, { key: 'lemma.min_effect', value: '0.01' }] });
  await train(experiment_id, '0.1', [0.90, 0.91, 0.92]);
  await train(experiment_id, '1e-3', [0.80, 0.81, 0.83]);
  await train(experiment_id, '0.03', [0.95]);
  await train(experiment_id, '10', [null, null]);
  const { project } = await script.graphql<{ project: { experiments: { nodes: { key: string; name: string }[] } } }>('{ project(slug: "sandbox") { experiments(first: 20) { nodes { key name } } } }');
  key = project.experiments.nodes.find(({ name }) => name === 'step sizes')?.key ?? '';
  const { experiment } = await eventually(
    () => script.graphql<{ experiment: { variants: { id: string; params: { key: string; value: string }[] }[] } }>('query ($key: String!) { experiment(key: $key) { variants { id params { key value } } } }', { key }),
    (answer) => answer.experiment.variants.length === 4,
  );
  const baseline = experiment.variants.find(({ params }) => params.some(({ value }) => value === '0.1'));
  await script.graphql('mutation ($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { id } } }', { input: { experiment: key, variant: baseline?.id ?? '' } });
  await eventually(() => script.graphql<{ experiment: { verdict: { id: string } | null } }>('query ($key: String!) { experiment(key: $key) { verdict { id } } }', { key }), (answer) => answer.experiment.verdict !== null);
  ada = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const rows = () => ada.page.getByRole('main').getByRole('row');

test('a changed variable leads from the experiment to everything that was tried for it, by value, refuted and failed ones too', async () => {
  const { page } = ada;
  await page.goto(`/e/${key}`);
  await page.getByRole('link', { name: 'optim.lr' }).click();
  await page.waitForURL('**/p/sandbox/tried?about=optim.lr');
  await expectSeen(rows().filter({ hasText: '0.001' }).filter({ hasText: 'refuted' }));
  await expectSeen(rows().filter({ hasText: '0.03' }).filter({ hasText: 'n = 1' }).first());
  await expectSeen(rows().filter({ hasText: 'all runs failed' }).filter({ hasText: '2 failed' }));
  await expectSeen(page.getByText('Tried from 0.001 to 10. Nothing between 0.001 and 0.03, nor between 0.1 and 10.'));
  expect(await axe(page)).toEqual([]);
});

test('the question is asked as one types, and what nobody tried is said with what to do', async () => {
  const { page } = ada;
  await page.goto('/tried');
  await expectSeen(page.getByText('Before the next run: has anyone tried it?'));
  await page.getByRole('textbox', { name: 'What have we tried for' }).pressSequentially('lr');
  await page.waitForURL('**/tried?about=lr');
  await expectSeen(rows().filter({ hasText: 'step sizes' }).first());
  await page.getByRole('textbox', { name: 'What have we tried for' }).fill('learning_rate');
  await expectSeen(page.getByText('Nobody has tried this, or nobody called it so.'));
  await page.getByRole('link', { name: 'lr', exact: true }).click();
  await page.waitForURL('**/tried?about=lr');
  await expectSeen(rows().filter({ hasText: 'step sizes' }).first());
  expect(await page.getByRole('textbox', { name: 'What have we tried for' }).inputValue()).toBe('lr');
});

test('all of it is a table for a spreadsheet and Markdown for a report', async () => {
  const { page, context } = ada;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/p/sandbox/tried?about=lr');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('tried-lr.csv');
  await page.getByRole('button', { name: 'Markdown' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), PATIENTLY).toContain('# What have we tried for lr?');
});

test('the search knows a variable by its name, and the project asks the question', async () => {
  const { page } = ada;
  await page.goto('/search?q=lr');
  await page.getByRole('link', { name: 'What have we tried for lr?' }).click();
  await page.waitForURL('**/tried?about=lr');
  await page.goto('/p/sandbox');
  await page.getByRole('main').getByRole('link', { name: 'What have we tried?' }).click();
  await page.waitForURL('**/p/sandbox/tried');
  expect(ada.complaints).toEqual([]);
});
