import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
const runs: string[] = [];

/** A finished run as an MLflow client logs it. */
async function train(experiment: string, name: string, startedAt: number): Promise<string> {
  const { run: { info: { run_id } } } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experiment, run_name: name, start_time: startedAt });
  await script.track('runs/log-batch', { run_id, params: Object.entries({ lr: '0.01', depth: '3', seed: '1' }).map(([key, value]) => ({ key, value })), metrics: [{ key: 'acc', value: 0.9, step: 0, timestamp: startedAt }] });
  await script.track('runs/update', { run_id, status: 'FINISHED', end_time: startedAt + 60_000 });
  return run_id;
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "digits", name: "Digits" }) { project { slug } } }');
  await script.graphql('mutation { proposeHypothesis(input: { project: "digits", statement: "A larger learning rate raises accuracy", metric: "acc", direction: INCREASE }) { hypothesis { id } } }');
  for (const [place, name] of ['deeper', 'deeper once more', 'deeper yet again'].entries()) {
    const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: `digits/${name}` });
    runs.push(await train(experiment_id, name, 1_700_000_000_000 + place * 100_000));
  }
  ada = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const notice = () => ada.page.getByRole('region', { name: 'Done before' });
/** A run is known by what it does some moments after its end. */
async function openRun(place: number): Promise<void> {
  await expect.poll(async () => {
    await ada.page.goto(`/r/${runs[place]}`);
    await ada.page.waitForLoadState('networkidle');
    return notice().count();
  }, { ...PATIENTLY, interval: 1_000 }).toBe(1);
}

test('a run that was done before says so with a link, and keeps why it was done again', async () => {
  const { page } = ada;
  await openRun(1);
  await expectSeen(notice().getByText('This was done before.'));
  expect(await notice().getByRole('link', { name: 'deeper', exact: true }).getAttribute('href')).toBe(`/r/${runs[0]}`);
  expect(await axe(page)).toEqual([]);
  await notice().getByRole('textbox', { name: 'Why again?' }).fill('The baseline was wrong then');
  await page.keyboard.press('Enter');
  await expectSeen(notice().getByText('Done again: “The baseline was wrong then”, says'));
  expect(await notice().getByRole('textbox').count()).toBe(0);
});

test('a replication is one key away', async () => {
  await openRun(2);
  await ada.page.keyboard.press('y');
  await expectSeen(notice().getByText(/^A replication, says/));
});

test('the project counts what was computed twice, and what of it has a reason', async () => {
  await ada.page.goto('/p/digits');
  await expectSeen(ada.page.getByText(/Duplicate rate 66\.7 %: 2 of 3 finished runs had been run before, 2 with the same seed, 0 in an earlier experiment; 2 with a reason\./));
});

test('who types a hypothesis that was said before reads it beside the form', async () => {
  const { page } = ada;
  await page.goto('/p/digits/hypotheses/new');
  await page.getByText('Say it in your own words instead').click();
  await page.getByRole('textbox', { name: 'The hypothesis in your own words' }).fill('A larger learning rate raises the accuracy');
  await expectSeen(page.getByRole('link', { name: 'A larger learning rate raises accuracy' }));
  expect(await axe(page)).toEqual([]);
});

test('a project may have such runs stopped until there is a reason, and those that change too much at once', async () => {
  const { page } = ada;
  await page.goto('/p/digits/settings');
  await page.getByRole('combobox', { name: 'A run that was done before' }).selectOption({ label: 'stop until there is a reason' });
  await expect.poll(async () => (await script.graphql<{ project: { duplicatePolicy: string } }>('{ project(slug: "digits") { duplicatePolicy } }')).project.duplicatePolicy, PATIENTLY).toBe('STOP');
  await page.getByRole('combobox', { name: 'A run that changes several variables at once' }).selectOption({ label: 'stop until there is a reason' });
  await expect.poll(async () => (await script.graphql<{ project: { changesPolicy: string } }>('{ project(slug: "digits") { changesPolicy } }')).project.changesPolicy, PATIENTLY).toBe('STOP');
  expect(await axe(page)).toEqual([]);
  expect(ada.complaints).toEqual([]);
});
