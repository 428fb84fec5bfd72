import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from 'pg';
import { loadRuns } from '../../bench/load-runs.ts';
import { expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What one does with a table of more runs than fit into a page: find, order, group, colour, jump, choose, keep the view and send it. */

const RUNS = 600;
let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  await loadRuns(client, 'many', RUNS);
  await client.end();
  ada = await browser.newDesk(stack.url);
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const TABLE = '/p/many?view=runs&cols=status,m:val_acc,p:optimizer,p:lr';
const params = (): URLSearchParams => new URL(ada.page.url()).searchParams;

test('what was typed narrows the table, and what cannot be read is marked where it stands', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  await expectSeen(page.getByText(`${RUNS} runs`, { exact: true }));
  const filter = page.getByRole('combobox', { name: 'Filter runs' });
  await filter.fill("params.optimizer >> 'adam'");
  await filter.press('Enter');
  await expectSeen(page.getByRole('alert').getByText(/^At character 19: expected/));
  expect(await page.locator('.fprob mark').textContent()).toBe('>');
  await page.getByRole('combobox', { name: 'Filter runs' }).fill("params.optimizer = 'adam'");
  await page.getByRole('combobox', { name: 'Filter runs' }).press('Enter');
  await expectSeen(page.getByText(/^\d+ runs match$/));
  expect(params().get('filter')).toBe("params.optimizer = 'adam'");
  await page.getByRole('button', { name: 'Clear' }).click();
  await expectSeen(page.getByText(`${RUNS} runs`, { exact: true }));
});

test('a head orders by its column, with shift after another, and the address says so', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  await page.getByRole('columnheader', { name: /optimizer/ }).getByRole('button').first().click();
  await expect.poll(() => params().get('sort'), PATIENTLY).toBe('-p:optimizer');
  await page.getByRole('columnheader', { name: /val_acc/ }).getByRole('button').first().click({ modifiers: ['Shift'] });
  await expect.poll(() => params().get('sort'), PATIENTLY).toBe('-p:optimizer,-m:val_acc');
  await expect.poll(async () => (await page.getByRole('row').nth(1).textContent())?.includes('sgd'), PATIENTLY).toBe(true);
  await expect.poll(() => page.getByRole('columnheader', { name: /val_acc/ }).getAttribute('aria-sort'), PATIENTLY).toBe('descending');
});

test('no head is cut, and what names a run stays in sight when the columns are moved aside', async () => {
  const { page } = ada;
  await page.goto('/p/many?view=runs&cols=status,experiment,variant,seed,user,m:val_acc,m:metric_7,p:optimizer,t:git.commit,started,ended,took');
  await expectSeen(page.getByRole('row').nth(5));
  expect(await page.getByRole('columnheader').locator('.tr').evaluateAll((heads) => heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.textContent))).toEqual([]);
  const left = async (): Promise<number | undefined> => (await page.getByRole('link', { name: `run-${RUNS - 1}`, exact: true }).boundingBox())?.x;
  const before = await left();
  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo({ left: 300 }));
  await expect.poll(async () => (await page.getByRole('columnheader', { name: /^status/ }).boundingBox())?.x, PATIENTLY).toBeLessThan(before ?? 0);
  await expect.poll(left, PATIENTLY).toBe(before);
});

test('the end of the list is one jump away, and few rows are drawn wherever one is', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  const grid = page.getByRole('grid');
  await expectSeen(grid.getByRole('row').nth(5));
  await grid.focus();
  await page.keyboard.press('End');
  await expectSeen(page.getByRole('link', { name: 'run-0', exact: true }));
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await page.keyboard.press(' ');
  await expectSeen(page.getByText('1 run chosen'));
  await page.keyboard.press('Home');
  await expectSeen(page.getByRole('link', { name: `run-${RUNS - 1}`, exact: true }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expectSeen(page.getByText('2 runs chosen'));
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.waitForURL('**/compare?runs=*');
  await page.goBack();
  await expectSeen(page.getByRole('grid'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/r/*');
});

test('the name of a run opens it, and on a small screen leaves room for what is beside it', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  const name = page.getByRole('link', { name: `run-${RUNS - 1}`, exact: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await page.getByRole('columnheader', { name: /^run/ }).boundingBox())?.width, PATIENTLY).toBe(148);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => { document.documentElement.dataset['stays'] = 'here'; });
  await name.click();
  await page.waitForURL('**/r/*');
  expect(await page.evaluate(() => document.documentElement.dataset['stays'])).toBe('here');
});

test('any name of the project can become a column, and runs are grouped with a mean that says its n', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('textbox', { name: 'Search names' }).fill('option_15');
  await page.getByRole('checkbox', { name: 'config.part_3.option_15', exact: true }).click();
  await page.keyboard.press('Escape');
  await expectSeen(page.getByRole('columnheader', { name: /option_15/ }));
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search names' }).fill('optim');
  await page.getByRole('radio', { name: 'optimizer' }).click();
  await expectSeen(page.getByText(/^600 runs in 5 groups$/));
  await expectSeen(page.getByRole('row', { name: /adamw .*val_acc .*n = \d+/ }));
  await page.setViewportSize({ width: 390, height: 844 });
  const ends = async (): Promise<boolean> => page.getByRole('row', { name: /^adamw / }).locator('.gmean').evaluate((mean) => mean.getBoundingClientRect().right <= document.documentElement.clientWidth);
  await expect.poll(ends, PATIENTLY).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('row', { name: /^adamw / }).getByRole('button').click();
  await expectSeen(page.getByRole('link', { name: /^run-\d+$/ }));
});

test('a view is saved under a name, says when it differs, and goes whole to a colleague by its address', async () => {
  const { page } = ada;
  await page.goto(`${TABLE}&sort=-m:val_acc&colour=p:optimizer`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Best optimizers');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expectSeen(page.getByRole('button', { name: 'Best optimizers' }));
  await page.getByRole('columnheader', { name: 'run' }).first().getByRole('button').first().click();
  await expectSeen(page.getByText('differs from “Best optimizers”'));
  await page.getByRole('button', { name: 'Best optimizers *' }).click();
  await page.getByRole('menuitem', { name: 'Back to “Best optimizers” as saved' }).click();
  await expect.poll(() => params().get('sort'), PATIENTLY).toBe('-m:val_acc');
  const colleague = await browser.newDesk(stack.url);
  await colleague.page.goto(ada.page.url());
  await expectSeen(colleague.page.getByRole('button', { name: 'Best optimizers' }));
  await expect.poll(() => colleague.page.getByRole('row').nth(1).textContent(), PATIENTLY).toBe(await page.getByRole('row').nth(1).textContent());
  expect(await colleague.page.getByText('differs from').count()).toBe(0);
  expect(colleague.complaints.filter((line) => !line.includes('favicon.ico'))).toEqual([]);
});

test('a new run shows at the top, and moves nothing for who has scrolled down', async () => {
  const { page } = ada;
  await page.goto(TABLE);
  await expectSeen(page.getByRole('link', { name: `run-${RUNS - 1}`, exact: true }));
  await page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTo({ top: 6_400 }));
  const link = page.getByRole('link', { name: 'run-395', exact: true });
  await expectSeen(link);
  // Within the table's box: what stands above it may grow by a run that trains.
  const place = async (): Promise<number> => ((await link.boundingBox())?.y ?? NaN) - ((await page.getByRole('region', { name: 'Runs', exact: true }).boundingBox())?.y ?? NaN);
  const before = await place();
  const { experiment_id } = await script.track<{ experiment_id: string }>('experiments/create', { name: 'many/new' });
  await script.track('runs/create', { experiment_id, run_name: 'a newcomer', start_time: Date.now() });
  await expectSeen(page.getByText(`${RUNS + 1} runs`, { exact: true }));
  await expect.poll(place, PATIENTLY).toBe(before);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await expectSeen(page.getByRole('row', { name: /a newcomer/ }));
});

test('every run that matches goes into the file', async () => {
  const { page } = ada;
  await page.goto(`${TABLE}&filter=params.optimizer+%3D+%27adam%27`);
  await expectSeen(page.getByText(/^\d+ runs match$/));
  const count = Number.parseInt((await page.getByText(/^\d+ runs match$/).textContent()) ?? '', 10);
  const address = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const text = await (await page.request.get(address ?? '')).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(count + 1);
  expect(text.split('\r\n')[0]).toBe('run_id,name,experiment,status,seed,start_time,end_time,excluded,metrics.val_acc,params.optimizer,params.lr');
  expect(ada.complaints.filter((line) => !line.includes('favicon.ico'))).toEqual([]);
});
