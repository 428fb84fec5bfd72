import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
let experiment: string;

async function post(path: string, body: unknown): Promise<{ readonly experiment: string }> {
  const response = await fetch(`${stack.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return await response.json() as { readonly experiment: string };
}

const sketch = (min: number, max: number, missing: number) => ({ count: 1200, missing, min, max, mean: min + (max - min) * 0.4, quantiles: [min, min + (max - min) * 0.2, min + (max - min) * 0.35, min + (max - min) * 0.6, max] });

async function read(id: string, startedAt: string, dataset: Record<string, unknown>): Promise<void> {
  ({ experiment } = await post('/runs', { id, project: 'sandbox', hypothesis: 'More data helps', startedAt, name: `with ${String(dataset['digest']).slice(0, 4)}`, params: {} }));
  await post(`/runs/${id}/datasets`, { datasets: [{ name: 'patients <b>2026</b>/train', role: 'train', source: '/data/train.csv', sourceType: 'file', ...dataset }] });
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  await read('da'.repeat(16), '2026-11-01T06:00:00Z', { digest: 'a1'.repeat(32), rows: 1_212, bytes: 48_000, columns: [['age', 'integer'], ['pressure', 'number'], ['city', 'text'], ['id', 'integer']].map(([name, type]) => ({ name, type })), profile: JSON.stringify({ num_rows: 1_212, sketch: { age: sketch(18, 90, 0), pressure: sketch(80, 180, 12) } }) });
  await read('db'.repeat(16), '2026-11-20T06:00:00Z', { digest: 'b2'.repeat(32), rows: 1_200, bytes: 61_000, columns: [['age', 'number'], ['pressure', 'number'], ['weight', 'number'], ['id', 'integer']].map(([name, type]) => ({ name, type })), profile: JSON.stringify({ num_rows: 1_200, sketch: { age: sketch(0, 99, 3), pressure: sketch(90, 240, 0), weight: sketch(40, 140, 0) } }) });
  await lemmaClient(stack.url).graphql('mutation { createProject(input: { slug: "nothing", name: "Nothing" }) { project { id } } }');
  desk = await browser.newDesk(stack.url);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('a dataset is found in its project, and says which runs read it and what changed from the version before', async () => {
  const { page, complaints } = desk;
  await page.goto('/p/sandbox');
  await page.getByRole('link', { name: 'Datasets' }).last().click();
  await page.waitForURL('**/p/sandbox/datasets');
  const list = page.getByRole('region', { name: 'Table: Datasets' });
  await expectSeen(list.getByText('b2b2b2b2b2b2'));
  expect(await axe(page)).toEqual([]);
  await list.getByRole('link', { name: 'patients <b>2026</b>/train' }).click();
  await expectSeen(page.getByRole('heading', { name: 'patients <b>2026</b>/train' }));

  const changed = page.getByRole('region', { name: 'What changed' });
  await expectSeen(changed.getByText('12 rows fewer, 1 column added, 1 column removed, 1 column of another type.'));
  await expectSeen(changed.getByText('integer → number'));
  await expectSeen(changed.getByText('mean 120, 80 to 180, 12 missing'));
  await expectSeen(changed.getByText('mean 150, 90 to 240'));
  const columns = page.getByRole('region', { name: 'Table: Columns' });
  await expectGone(columns.getByText('id', { exact: true }));
  await changed.getByRole('button', { name: 'Show the 1 that are the same' }).click();
  await expectSeen(columns.getByText('id', { exact: true }));
  await expectSeen(page.getByRole('region', { name: 'Table: Runs that read this version' }).getByRole('link', { name: 'with b2b2' }));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axe(page), `at ${width}`).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `at ${width}`).toBe(true);
    for (const colorScheme of ['light', 'dark'] as const) {
      if (process.env['LEMMA_PICTURES'] === undefined) continue;
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env['LEMMA_PICTURES']}/dataset-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await changed.getByRole('button', { name: 'Swap' }).click();
  await expectSeen(changed.getByText('12 rows more, 1 column added, 1 column removed, 1 column of another type.'));
  expect(new URL(page.url()).searchParams.get('from')).toMatch(/^dat_/);
  expect(complaints).toEqual([]);
});

test('the lineage and the page of a run lead to the version that was read', async () => {
  const { page, complaints } = desk;
  await page.goto(`/e/${experiment}/lineage?as=list`);
  await page.getByRole('link', { name: 'patients <b>2026</b>/train' }).first().click();
  await page.waitForURL('**/d/dat_*');
  await page.goto(`/r/${'da'.repeat(16)}`);
  await page.getByRole('link', { name: 'patients <b>2026</b>/train' }).click();
  await page.waitForURL('**/d/dat_*');
  await expectSeen(page.getByRole('region', { name: 'Table: Runs that read this version' }).getByRole('link', { name: 'with a1a1' }));
  expect(complaints).toEqual([]);
});

test('a project without data says how to name it, and a version that is not there says so', async () => {
  const { page } = desk;
  await page.goto('/p/nothing/datasets');
  await expectSeen(page.getByText('No run of this project said which data it read.'));
  await page.goto('/d/dat_none');
  await expect.poll(() => page.getByText('There is no such dataset, or you may not see it.').count(), PATIENTLY).toBe(1);
});
