import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAUSE_EXTENSIONS, PAUSE_TEXT } from '../../server/http/answer.ts';
import { expectGone, expectSeen, openBrowser, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
let shown: ShownExperiment;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  desk = await browser.newDesk(stack.url);
  // What is moving cannot be judged: a colour half-way between two has no contrast of its own.
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const WIDTHS = [1440, 390] as const;
const NARROWEST = 320;
const THEMES = ['light', 'dark'] as const;

async function violationsOf(page: Page, rules: 'all' | 'of colour' = 'all'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (rules === 'all' ? axe.withTags(STANDARD) : axe.withRules(['color-contrast', 'link-in-text-block'])).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

/** How many pixels the page is wider than the window; charts and tables that measure themselves get the time to do so after a change of width. */
async function sidewaysPixels(page: Page): Promise<number> {
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  await page.waitForFunction(fits, undefined, { timeout: 15_000 }).catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The page at one address, when it has read what it shows: in both widths, in both themes (they differ in colour only), and then as narrow as any screen. */
async function judge(path: string): Promise<string[]> {
  const { page, complaints } = desk;
  const found: string[] = [];
  complaints.length = 0;
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  await page.goto(path, { waitUntil: 'networkidle' });
  await expectSeen(page.getByRole('main'));
  await expectGone(page.locator('[aria-busy="true"]'));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violationsOf(page, colorScheme === 'light' ? 'all' : 'of colour')).map((problem) => `${colorScheme}, ${width}: ${problem}`));
    }
  }
  await page.setViewportSize({ width: NARROWEST, height: 900 });
  const sideways = await sidewaysPixels(page);
  if (sideways > 0) found.push(`${NARROWEST}: scrolls sideways by ${sideways} pixels`);
  return [...found, ...complaints];
}

test('the first page, when nothing is there yet, has nothing for axe to find', async () => {
  expect(await judge('/')).toEqual([]);
});

describe('with an experiment in it', () => {
  beforeAll(async () => { shown = await showExperiment(lemmaClient(stack.url)); });

  const PAGES: readonly (readonly [name: string, path: () => string])[] = [
    ['home', () => '/'],
    ['inbox', () => '/inbox'],
    ['all of the inbox', () => '/inbox?show=all'],
    ['what one is told', () => '/inbox/settings'],
    ['search', () => '/search'],
    ['search results', () => '/search?q=learning'],
    ['people', () => '/people'],
    ['tokens', () => '/tokens'],
    ['hypothesis board', () => '/p/digits'],
    ['experiments of a project', () => '/p/digits?view=experiments'],
    ['runs of a project', () => '/p/digits?view=runs'],
    ['runs of a project, grouped', () => '/p/digits?view=runs&group=status&cols=status,m:test_acc,started'],
    ['runs of a project, coloured', () => '/p/digits?view=runs&colour=status&pin=1'],
    ['a filter that cannot be read', () => '/p/digits?view=runs&filter=metrics.a+%3E%3E+1'],
    ['activity of a project', () => '/p/digits?view=activity'],
    ['settings of a project', () => '/p/digits/settings'],
    ['an empty project', () => '/p/sandbox'],
    ['new hypothesis', () => '/p/digits/hypotheses/new'],
    ['hypothesis', () => `/h/${shown.hypothesis}`],
    ['change of a hypothesis', () => `/h/${shown.hypothesis}?edit`],
    ['experiment', () => `/e/${shown.key}`],
    ['charts of an experiment', () => `/e/${shown.key}?tab=charts`],
    ['runs of an experiment', () => `/e/${shown.key}?tab=runs`],
    ['comparison', () => `/e/${shown.key}/compare?runs=${shown.runs.join(',')}`],
    ['discussion', () => `/e/${shown.key}?tab=discussion`],
    ['run', () => `/r/${shown.runs[0]}`],
    ['metrics of a run', () => `/r/${shown.runs[0]}?tab=metrics`],
    ['config of a run', () => `/r/${shown.runs[0]}?tab=config`],
    ['artifacts of a run', () => `/r/${shown.runs[0]}?tab=artifacts`],
    ['console of a run', () => `/r/${shown.runs[0]}?tab=console`],
    ['system metrics of a run', () => `/r/${shown.runs[0]}?tab=system`],
    ['sign in', () => '/sign-in'],
    ['sign up', () => '/sign-up'],
    ['reset password', () => '/reset-password?token=none'],
    ['invitation', () => '/invitations/none'],
    ['shared result', () => shown.shared],
    ['shared result behind a password', () => shown.locked],
  ];

  test.each(PAGES)('%s: nothing for axe to find, nothing sideways, nothing on the console', async (_name, path) => {
    expect(await judge(path())).toEqual([]);
  });

  test('an address with nothing behind it says so, and is as fit to read', async () => {
    const complaints = await judge('/nothing/here');
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    await expectSeen(desk.page.getByRole('heading', { name: 'There is nothing here' }));
  });

  test('while the database is away a page says so calmly, and is read when one tries again', async () => {
    const { page, complaints } = desk;
    const away = (questions: RegExp) => page.route('**/graphql', (route) => (questions.test(route.request().postData() ?? '') ? route.fulfill({ status: 503, json: { errors: [{ message: PAUSE_TEXT, extensions: PAUSE_EXTENSIONS }] } }) : route.fallback()));
    await away(/./);
    for (const path of [`/r/${shown.runs[0]}`, `/e/${shown.key}`, '/p/digits']) {
      await page.goto(path);
      await expectSeen(page.getByRole('status').getByText('That passes by itself: try again in a moment.'));
    }
    expect(await violationsOf(page)).toEqual([]);
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectSeen(page.getByRole('heading', { level: 1 }));
    await expectGone(page.getByText('That passes by itself'));
    // A part of a page that could be read.
    await away(/query GridRuns/);
    await page.goto(`/e/${shown.key}?tab=charts`);
    await expectSeen(page.getByText('The runs could not be read.'));
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectSeen(page.getByRole('figure').first());
    await expectGone(page.getByText('The runs could not be read.'));
    complaints.length = 0;
  });

  test('what opens over a page is as fit to read', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/e/${shown.key}`, { waitUntil: 'networkidle' });
    const found: string[] = [];
    const judgeOpen = async (name: string) => {
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await violationsOf(page)).map((problem) => `${name}, ${colorScheme}: ${problem}`));
      }
      await page.keyboard.press('Escape');
      await expectGone(page.getByRole('dialog'));
    };
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('learning');
    await expectSeen(page.getByRole('option', { name: /Learning rate/ }));
    await judgeOpen('palette');
    for (const name of ['Share', 'Ask for a review', 'Discuss']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expectSeen(page.getByRole('dialog'));
      await judgeOpen(name);
    }
    expect(found).toEqual([]);
  });

  test('keys: the palette, the list of keys, and the way home', async () => {
    const { page } = desk;
    await page.goto(`/e/${shown.key}`, { waitUntil: 'networkidle' });
    for (const press of ['Meta+k', 'Control+k']) {
      await page.keyboard.press(press);
      await expectSeen(page.getByRole('dialog', { name: 'Search or run a command' }));
      await page.keyboard.press('Escape');
      await expectGone(page.getByRole('dialog'));
    }
    await page.keyboard.press('?');
    await expectSeen(page.getByRole('dialog', { name: 'Keys' }));
    // Keys of the page behind do nothing while something is open over it.
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expectSeen(page.getByRole('dialog', { name: 'Keys' }));
    await page.keyboard.press('Escape');
    await expectGone(page.getByRole('dialog'));
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.waitForURL(`${stack.url}/`);
    await expectSeen(page.getByRole('heading', { name: 'Recent verdicts' }));
  });

  test('a share page that is open closes when its link is taken back, says so, and is a 404 from then on', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: WIDTHS[1], height: 900 });
    await page.goto(shown.shared, { waitUntil: 'load' });
    await expectSeen(page.getByRole('heading', { name: 'What did we find?' }));
    const script = lemmaClient(stack.url);
    const { experiment } = await script.graphql<{ experiment: { shareLinks: { id: string; hasPassword: boolean }[] } }>('query($key: String!) { experiment(key: $key) { shareLinks { id hasPassword } } }', { key: shown.key });
    const open = experiment.shareLinks.find(({ hasPassword }) => !hasPassword);
    await script.graphql('mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }', { id: open?.id });
    await expectSeen(page.getByRole('heading', { name: 'This page is not available any more' }));
    await expectGone(page.getByRole('heading', { name: 'What did we find?' }));
    expect((await page.goto(shown.shared))?.status()).toBe(404);
  });

  test('the first press of Tab offers the way past the navigation', async () => {
    const { page } = desk;
    await page.goto('/people', { waitUntil: 'networkidle' });
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Go to the page' });
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
