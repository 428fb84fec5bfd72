import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { setExperiment, startTraining } from '../support/digits-training.ts';
import { eventually, lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** What one does on the pages around experiments: find, go, write, let in, share. Whether each page fits and is accessible is pages.test.ts. */

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let ada: Desk;
const made = { experimentKey: '', experimentId: '', runId: '', hypothesisId: '', sharePath: '', lockedPath: '' };

async function sharePath(input: object): Promise<string> {
  const { createShareLink } = await script.graphql<{ createShareLink: { url: string } }>('mutation ($input: CreateShareLinkInput!) { createShareLink(input: $input) { url } }', { input });
  return new URL(createShareLink.url).pathname;
}

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  ada = await browser.newDesk(stack.url);

  const { proposeHypothesis } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>(
    'mutation ($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }',
    { input: { project: 'sandbox', statement: 'A larger learning rate will increase test_acc', change: 'a larger learning rate', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.01, because: 'six epochs are few' } },
  );
  made.hypothesisId = proposeHypothesis.hypothesis.id;
  const mlflowId = await setExperiment(script, 'sandbox/larger steps');
  const { project } = await script.graphql<{ project: { experiments: { nodes: { id: string; key: string; name: string }[] } } }>('{ project(slug: "sandbox") { experiments(first: 50) { nodes { id key name } } } }');
  const found = project.experiments.nodes.find(({ name }) => name === 'larger steps');
  made.experimentKey = found?.key ?? '';
  made.experimentId = found?.id ?? '';
  await script.graphql('mutation ($input: SetHypothesisInput!) { setHypothesis(input: $input) { experiment { id } } }', { input: { experiment: made.experimentKey, hypothesis: made.hypothesisId } });
  for (const seed of [1, 2, 3]) {
    const slow = await startTraining(script, { experiment: mlflowId, name: `slow, seed ${seed}`, seed, change: { learning_rate: 0.01 } });
    made.runId = slow.runId;
    await slow.finish();
    await (await startTraining(script, { experiment: mlflowId, name: `fast, seed ${seed}`, seed, change: { learning_rate: 0.1 } })).finish();
  }
  const { experiment } = await eventually(
    () => script.graphql<{ experiment: { variants: { id: string; runCount: number; params: { key: string; value: string }[] }[] } }>('query ($key: String!) { experiment(key: $key) { variants { id runCount params { key value } } } }', { key: made.experimentKey }),
    (answer) => answer.experiment.variants.filter(({ runCount }) => runCount === 3).length === 2,
  );
  const slow = experiment.variants.find(({ params }) => params.some(({ key, value }) => key === 'learning_rate' && value === '0.01'));
  await script.graphql('mutation ($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { id } } }', { input: { experiment: made.experimentKey, variant: slow?.id ?? '' } });
  await eventually(
    () => script.graphql<{ experiment: { verdict: { treatmentRuns: number } | null } }>('query ($key: String!) { experiment(key: $key) { verdict { treatmentRuns } } }', { key: made.experimentKey }),
    (answer) => answer.experiment.verdict?.treatmentRuns === 3,
  );
  made.sharePath = await sharePath({ subject: made.experimentId });
  made.lockedPath = await sharePath({ subject: made.experimentId, password: 'only for friends', redact: ['PEOPLE'] });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

test('the palette finds an experiment by a word of its hypothesis, and always asks what was tried', async () => {
  const { page } = ada;
  await page.goto('/');
  await expectSeen(page.getByRole('heading', { name: 'Recent verdicts' }));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('larger learning');
  const options = page.getByRole('option');
  await expectSeen(options.filter({ hasText: made.experimentKey }));
  expect(await page.getByRole('option', { selected: true }).textContent()).toContain('larger');
  expect(await options.last().textContent()).toContain('What have we tried for larger learning?');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tried?about=larger+learning');
  await expectSeen(page.getByRole('link', { name: 'larger steps' }));
});

test('keys lead everywhere, and stop when they are turned off', async () => {
  const { page } = ada;
  await page.goto('/people');
  await expectSeen(page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Sandbox' }));
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/tokens');
  await page.keyboard.press('n');
  await page.waitForURL('**/hypotheses/new');
  await page.getByRole('heading', { name: 'New hypothesis' }).click();
  await page.keyboard.press('?');
  await page.getByLabel('Single keys do something').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'New hypothesis' }).click();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.keyboard.press('Control+k');
  await expectSeen(page.getByRole('dialog', { name: 'Search or run a command' }));
  expect(new URL(page.url()).pathname).toBe('/p/sandbox/hypotheses/new');
  await page.evaluate(() => localStorage.clear());
});

test('a hypothesis is graded while it is written, survives a reload, and plans its experiment', async () => {
  const { page } = ada;
  await page.goto('/p/sandbox/hypotheses/new');
  await page.getByLabel('What will you change?').fill('warming up for two epochs');
  await expectSeen(page.getByText('No result could speak against it yet.'));
  await expectSeen(page.getByText(/Name the metric that should move/));
  await page.reload();
  await expect.poll(() => page.getByLabel('What will you change?').inputValue(), PATIENTLY).toBe('warming up for two epochs');
  await page.getByRole('button', { name: 'which metric?' }).click();
  await page.keyboard.type('test_acc');
  await page.getByRole('radio', { name: 'increase' }).check({ force: true });
  await page.getByLabel('By at least how much?').fill('0,01');
  await page.getByLabel('Why should it work?').fill('the first steps are the noisiest');
  await page.getByLabel('What must not get worse?').fill('test_nll');
  await page.keyboard.press('Enter');
  await expectSeen(page.getByText('It can be wrong, and the experiment will show whether it is.'));
  await page.getByLabel('Name of the experiment').fill('warm-up');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/e/*');
  await page.goto('/p/sandbox');
  await expectSeen(page.getByRole('link', { name: /Warming up for two epochs will/ }));
});

test('a run that was excluded is offered to be included, alone and among others, and never to be excluded twice', async () => {
  const { page } = ada;
  await page.goto(`/e/${made.experimentKey}?tab=runs`);
  const row = page.getByRole('row', { name: /slow, seed 3/ });
  await page.getByRole('checkbox', { name: 'Choose slow, seed 3' }).check();
  await page.getByRole('button', { name: 'Exclude…' }).click();
  await page.getByLabel('Why does it not count?').fill('resumed from a wrong checkpoint');
  await page.getByRole('dialog').getByRole('button', { name: 'Exclude' }).click();
  await expectSeen(row.getByText('excluded', { exact: true }));

  await page.getByRole('checkbox', { name: 'Choose slow, seed 3' }).check();
  await expectSeen(page.getByRole('button', { name: 'Include again' }));
  expect(await page.getByRole('button', { name: /^Exclude/ }).count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Choose slow, seed 2' }).check();
  await expectSeen(page.getByRole('button', { name: 'Exclude 1…' }));
  await page.getByRole('button', { name: 'Include 1 again' }).click();
  await expectSeen(row.getByText('finished', { exact: true }));

  await script.graphql('mutation ($run: ID!) { excludeRun(input: { run: $run, reason: "again" }) { run { id } } }', { run: made.runId });
  await page.getByRole('button', { name: 'Include slow, seed 3 again' }).click();
  await expectSeen(row.getByText('finished', { exact: true }));
});

test('the window a chart is zoomed to is in the address, and a colleague who opens it sees the same', async () => {
  const { page } = ada;
  await page.goto(`/e/${made.experimentKey}`);
  const figure = page.getByRole('slider', { name: /^Read Learning curves/ });
  await figure.press('ArrowRight');
  await figure.press('+');
  await page.waitForURL('**?zoom=*');
  const address = page.url();
  const colleague = await browser.newDesk(stack.url);
  await colleague.page.goto(address);
  await colleague.page.getByRole('button', { name: 'Show all' }).click();
  await colleague.page.waitForURL(`**/e/${made.experimentKey}`);
  await colleague.context.close();
  await page.getByLabel('x axis').selectOption('relative');
  await page.waitForURL('**?x=relative');
  await expectGone(page.getByRole('button', { name: 'Show all' }));
});

test('a thread on a point of a chart keeps a crop of what was seen, and says when the data has changed since', async () => {
  const { page } = ada;
  await page.goto(`/e/${made.experimentKey}`);
  await page.getByRole('slider', { name: /^Read Learning curves/ }).press('ArrowRight');
  await page.getByRole('slider', { name: /^Read Learning curves/ }).press('Enter');
  await expectSeen(page.getByRole('dialog').getByRole('figure', { name: /^test_acc around step 1, as it was: baseline/ }));
  await page.getByRole('textbox', { name: 'Comment' }).fill('A different start.');
  await page.getByRole('button', { name: 'Start thread' }).click();
  const thread = page.getByRole('article', { name: 'Thread 1, on test_acc, step 1' });
  await expectSeen(thread.getByRole('figure'));
  await expectSeen(thread.getByText(/^As Owner saw it/));
  const drawn = await thread.getByRole('figure').innerHTML();
  await script.graphql('mutation ($run: ID!) { excludeRun(input: { run: $run, reason: "to see the crop stay" }) { run { id } } }', { run: made.runId });
  await expectSeen(thread.getByText(/^Frozen: the data has changed since/));
  expect(await thread.getByRole('figure').innerHTML()).toBe(drawn);
  await script.graphql('mutation ($run: ID!) { includeRun(input: { run: $run }) { run { id } } }', { run: made.runId });
  await expectSeen(thread.getByText(/^As Owner saw it/));
});

test('a token’s secret is shown once, works, and is refused once it is revoked', async () => {
  const { page } = ada;
  await page.goto('/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  await page.getByLabel('Name').fill('nightly');
  await page.getByRole('button', { name: 'Make it' }).click();
  const secret = (await page.locator('[data-secret]').textContent()) ?? '';
  const withToken = () => fetch(`${stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` }, body: JSON.stringify({ query: '{ viewer { signedIn } }' }) });
  expect(await (await withToken()).json()).toEqual({ data: { viewer: { signedIn: true } } });
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expectSeen(page.getByRole('cell', { name: 'nightly', exact: true }));
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: 'Revoke nightly' }).click();
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await expectSeen(page.getByText('No token yet.'));
  expect((await withToken()).status).toBe(401);
});

test('an invited person makes an account, signs out, resets the password by the owner’s link, and signs in with it', async () => {
  const { page } = ada;
  await page.goto('/people');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  await page.getByLabel('E-mail').fill('grace@example.org');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  const invitation = (await page.locator('[data-secret]').textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();

  const grace = await browser.newDesk(stack.url);
  await grace.page.goto(invitation);
  await grace.page.getByLabel('Name').fill('Grace');
  await grace.page.getByLabel('E-mail').fill('grace@example.org');
  await grace.page.getByLabel('Password').fill('a long first password');
  await grace.page.getByRole('button', { name: 'Join' }).click();
  await expectSeen(grace.page.getByRole('button', { name: 'Grace' }));

  await page.reload();
  await page.getByRole('button', { name: 'Actions for Grace' }).click();
  await page.getByRole('menuitem', { name: 'Reset password' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const reset = (await page.locator('[data-secret]').textContent()) ?? '';
  await grace.page.goto(reset);
  await grace.page.getByLabel('Password').fill('another long password');
  await grace.page.getByRole('button', { name: 'Keep this password' }).click();
  await grace.page.waitForURL('**/sign-in');
  await grace.page.getByLabel('E-mail').fill('grace@example.org');
  await grace.page.getByLabel('Password').fill('a long first password');
  await grace.page.getByRole('button', { name: 'Sign in' }).click();
  await expectSeen(grace.page.getByText('That e-mail address and password do not belong together.'));
  await grace.page.getByLabel('Password').fill('another long password');
  await grace.page.getByRole('button', { name: 'Sign in' }).click();
  await expectSeen(grace.page.getByRole('button', { name: 'Grace' }));

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Actions for Grace' }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Disable' }).click();
  await expectSeen(page.getByText('no longer here'));
  // Her open page leaves by itself; she comes again.
  const again = await grace.context.newPage();
  await again.goto(`${stack.url}/sign-in`);
  await again.getByLabel('E-mail').fill('grace@example.org');
  await again.getByLabel('Password').fill('another long password');
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expectSeen(again.getByText('This account was disabled.'));
  await page.getByRole('button', { name: 'Actions for Grace' }).click();
  await page.getByRole('menuitem', { name: 'Let in again' }).click();
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expectSeen(again.getByRole('button', { name: 'Grace' }));
  await grace.context.close();
});

test('the chosen theme is there before the first paint, and stays', async () => {
  const desk = await browser.newDesk(stack.url, { colorScheme: 'light' });
  await desk.page.goto('/tokens');
  await desk.page.getByRole('button', { name: 'Switch between light and dark' }).click();
  expect(await desk.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(20, 19, 17)');
  await desk.page.goto('/people', { waitUntil: 'commit' });
  await desk.page.waitForSelector('body', { state: 'attached' });
  expect(await desk.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  await desk.context.close();
});

test('a shared page needs no script and no account, asks for its password, and is a real 404 when there is none', async () => {
  const reader = await browser.newDesk(stack.url, { javaScriptEnabled: false });
  await reader.page.goto(made.sharePath);
  await expectSeen(reader.page.getByRole('heading', { name: 'Does a larger learning rate increase test_acc?' }));
  await expectSeen(reader.page.getByRole('img', { name: /^Very likely between/ }));
  expect(await reader.page.getByText('Owner').count()).toBeGreaterThan(0);
  await reader.context.close();

  const friend = await browser.newDesk(stack.url);
  await friend.page.goto(made.lockedPath);
  expect(await friend.page.content()).not.toContain('learning rate');
  await friend.page.getByLabel('Password').fill('a guess');
  await friend.page.getByRole('button', { name: 'Open' }).click();
  await expectSeen(friend.page.getByText('That is not the password of this page.'));
  await friend.page.getByLabel('Password').fill('only for friends');
  await friend.page.getByRole('button', { name: 'Open' }).click();
  await expectSeen(friend.page.getByRole('heading', { name: 'What did we find?' }));
  expect(await friend.page.getByText('Owner').count()).toBe(0);
  await friend.context.close();

  expect((await fetch(`${stack.url}/s/${'x'.repeat(43)}`)).status).toBe(404);
});

test('a link that MLflow’s client printed leads to the run and to the experiment', async () => {
  const { page } = ada;
  const { run } = await script.graphql<{ run: { id: string; experiment: { mlflowExperimentId: string } } }>('query ($id: ID!) { run(id: $id) { id experiment { mlflowExperimentId } } }', { id: made.runId });
  await page.goto(`/#/experiments/${run.experiment.mlflowExperimentId}/runs/${run.id}`);
  await page.waitForURL(`**/r/${run.id}`);
  await page.goto(`/#/experiments/${run.experiment.mlflowExperimentId}`);
  await page.waitForURL(`**/e/${made.experimentKey}`);
  await expectSeen(page.getByRole('heading', { name: 'larger steps' }));
});

test('where a fall is hypothesised, the table of variants names the fall beside the falling mean', async () => {
  const { page } = ada;
  const { proposeHypothesis } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation ($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }', {
    input: { project: 'sandbox', statement: 'A larger learning rate will decrease test_nll', change: 'a larger learning rate', metric: 'test_nll', direction: 'DECREASE', minEffect: 0.01, because: 'six epochs are few' },
  });
  await script.graphql('mutation ($input: SetHypothesisInput!) { setHypothesis(input: $input) { experiment { id } } }', { input: { experiment: made.experimentKey, hypothesis: proposeHypothesis.hypothesis.id } });
  await page.goto(`/e/${made.experimentKey}`);
  const table = page.getByRole('region', { name: 'Table of variants' });
  await expectSeen(table.getByRole('columnheader', { name: 'test_nll ↓' }));
  await expectSeen(table.getByRole('columnheader', { name: 'fall', exact: true }));
  await expectSeen(table.getByText(/fell by \d/));
  await expectSeen(page.getByText('Left of the baseline is better', { exact: false }));
});
