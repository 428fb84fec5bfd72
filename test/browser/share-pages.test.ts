import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { showExperiment, type ShownExperiment } from '../support/shown-experiment.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let script: LemmaClient;
let shown: ShownExperiment;
let projectId: string;
let experimentId: string;
let member: Desk;
const notes = new Map<'note' | 'minutes', string>();

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  script = lemmaClient(stack.url);
  shown = await showExperiment(script);
  const { experiment } = await script.graphql<{ experiment: { id: string; project: { id: string } } }>('query($key: String!) { experiment(key: $key) { id project { id } } }', { key: shown.key });
  experimentId = experiment.id;
  projectId = experiment.project.id;
  const { createMeeting: { meeting } } = await script.graphql<{ createMeeting: { meeting: { id: string } } }>('mutation { createMeeting(input: { project: "digits", scheduledAt: "2027-01-04T10:00:00Z" }) { meeting { id } } }');
  for (const [kind, subject] of [['note', experiment.project.id], ['minutes', meeting.id]] as const) {
    const { createNote: { note } } = await script.graphql<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject, title: `The ${kind}`, markdown: '# What we saw\n\n| key | value |\n|---|---|\n| a | b |\n\n- [x] done\n- [ ] to do\n\nWith $a^2$:\n\n$$\n\\frac{1}{n}\n$$\n\n```\nlet x = 1;\n```' } });
    notes.set(kind, note.id);
  }
  member = await browser.newDesk(stack.url);
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** What the link shows, where members discuss it, and words that only this kind of page has. */
const KINDS: Readonly<Record<string, () => { readonly input: Record<string, unknown>; readonly discussedAt: string; readonly words: RegExp }>> = {
  run: () => ({ input: { subject: shown.runs[0] }, discussedAt: `/r/${shown.runs[0]}?tab=discussion`, words: /one run proves nothing/i }),
  comparison: () => ({ input: { subject: experimentId, compare: shown.runs.slice(0, 2) }, discussedAt: `/e/${shown.key}?tab=discussion`, words: /What differs between the runs/ }),
  note: () => ({ input: { subject: notes.get('note') }, discussedAt: `/n/${notes.get('note')}`, words: /What we saw/ }),
  minutes: () => ({ input: { subject: notes.get('minutes') }, discussedAt: `/n/${notes.get('minutes')}`, words: /Meeting minutes/ }),
  lineage: () => ({ input: { subject: experimentId, lineage: true }, discussedAt: `/e/${shown.key}?tab=discussion`, words: /What was tried/ }),
  'lineage of a project': () => ({ input: { subject: projectId, lineage: true }, discussedAt: '/p/digits/lineage', words: /What was tried/ }),
  hypothesis: () => ({ input: { subject: shown.hypothesis }, discussedAt: `/h/${shown.hypothesis}`, words: /What did we ask/ }),
};

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id } } }';
async function share(input: Record<string, unknown>): Promise<{ readonly path: string; readonly id: string }> {
  const { createShareLink: { url, shareLink } } = await script.graphql<{ createShareLink: { url: string; shareLink: { id: string } } }>(CREATE, { input: { ...input, guestsMayComment: true } });
  return { path: new URL(url).pathname, id: shareLink.id };
}
const revoke = (id: string) => script.graphql('mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }', { id });
const threadOf = async (page: Page, words: string): Promise<string> => ((await page.getByRole('article').filter({ hasText: words }).last().getAttribute('id')) ?? '').replace('thread-', '');
const scriptBytes = (page: Page): Promise<number> => page.evaluate(() => performance.getEntriesByType('resource').filter((entry) => (entry as PerformanceResourceTiming).initiatorType === 'script').reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0));

test.each(Object.keys(KINDS))('a shared %s is read on a telephone, commented on, answered, and closed with its link', async (kind) => {
  const { input, discussedAt, words } = KINDS[kind]?.() ?? { input: {}, discussedAt: '', words: /^$/ };
  const link = await share(input);
  const guest = await browser.newDesk(stack.url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  expect((await guest.page.goto(link.path))?.status()).toBe(200);
  await expectSeen(guest.page.getByText(words));
  // Formulas are drawn, without a script; a picture of a chart has none.
  expect(await guest.page.locator('math').count()).toBe(notes.has(kind as 'note') ? 2 : 0);
  expect(await axe(guest.page)).toEqual([]);
  expect(await guest.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await guest.page.waitForLoadState('load');
  const bytes = await scriptBytes(guest.page);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(200_000);

  await member.page.goto(discussedAt);
  const discussion = member.page.locator('.discussion');
  await expectSeen(discussion);
  await member.page.waitForLoadState('networkidle');
  const said = `Is the ${kind} right? <img src=x onerror="document.title='hacked'"> **bold**`;
  await guest.page.getByLabel('Your name').fill('Dana Scully');
  await guest.page.getByLabel('Your comment').fill(said);
  await guest.page.getByRole('button', { name: 'Send the comment' }).click();
  await expectSeen(guest.page.getByText(said, { exact: true }));
  await expectSeen(discussion.getByText(said, { exact: true }));
  await expectSeen(discussion.getByText(/^From outside, through a share link/));
  expect(await discussion.locator('img').count()).toBe(0);
  expect(await member.page.title()).not.toBe('hacked');
  expect(await axe(member.page)).toEqual([]);

  await script.graphql('mutation($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { thread { id } } }', { thread: await threadOf(member.page, said), body: `Yes, the ${kind} is.` });
  await expectSeen(guest.page.getByText(`Yes, the ${kind} is.`));
  // With what is new the page's title comes anew, a moment after it.
  await expect.poll(() => guest.page.title(), PATIENTLY).not.toBe('');
  expect(await axe(guest.page)).toEqual([]);

  await revoke(link.id);
  await expectSeen(guest.page.getByRole('heading', { name: 'This page is not available any more' }));
  await expectGone(guest.page.getByText(said, { exact: true }));
  await expect.poll(async () => (await guest.context.request.get(link.path)).status(), PATIENTLY).toBe(404);
  expect(guest.complaints.filter((each) => !each.includes('404'))).toEqual([]);
  await guest.context.close();
});

/** As a chat fetches it: the page's own words for where its picture is, and the picture. */
async function pictureOf(path: string): Promise<{ readonly html: string; readonly address: string; readonly response: Response; readonly png: Buffer }> {
  const html = await (await fetch(stack.url + path)).text();
  const address = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(address).toBe(`${stack.url}${path}/picture.png`);
  const response = await fetch(address);
  return { html, address, response, png: Buffer.from(await response.arrayBuffer()) };
}
const viewsOf = async (id: string): Promise<number> => (await script.graphql<{ node: { viewCount: number } }>('query($id: ID!) { node(id: $id) { ... on ShareLink { viewCount } } }', { id })).node.viewCount;

test('a chat shows a picture of what was found beside the link, and one that tells nothing of a page that is not for everybody', async () => {
  const open = await share({ subject: experimentId });
  const { html, address, response, png } = await pictureOf(open.path);
  expect(html).toContain('<meta name="twitter:card" content="summary_large_image"');
  expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual([200, 'image/png', 'no-store', 'no-referrer']);
  expect([png.subarray(0, 8).toString('latin1'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['\u0089PNG\r\n\u001A\n', 1200, 630]);
  // The page was looked at, its picture was not.
  expect(await viewsOf(open.id)).toBe(1);
  const chat = { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' } };
  expect(await (await fetch(stack.url + open.path, chat)).text()).toContain(address);
  expect((await fetch(stack.url + open.path, { method: 'HEAD' })).status).toBe(200);
  expect(await viewsOf(open.id)).toBe(1);

  // A link for one view is not used up by whoever shows it, and tells nothing to who calls himself so.
  const once = await share({ subject: experimentId, maxViews: 1 });
  const previewed = await (await fetch(stack.url + once.path, chat)).text();
  expect(previewed).toContain('This page opens only so many times.');
  expect(previewed).not.toContain('learning rate');
  expect((await fetch(stack.url + once.path, { method: 'HEAD' })).status).toBe(200);
  expect(await viewsOf(once.id)).toBe(0);
  expect(await (await fetch(stack.url + once.path)).text()).toContain('learning rate');
  expect((await fetch(stack.url + once.path)).status).toBe(404);

  const [locked, named] = [await share({ subject: experimentId, password: 'open sesame' }), await share({ subject: experimentId, recipients: ['Dana Scully'] })];
  const [nothing, another] = [await pictureOf(locked.path), await pictureOf(named.path)];
  // Words beside the link tell no more than the picture.
  const toldBeside = (page: string): string => [...page.matchAll(/<title>.*?<\/title>|<meta [^>]*>/g)].join(' ');
  expect(toldBeside(html)).toMatch(/og:title" content="Does .*og:description" content="\w/);
  for (const page of [nothing, another]) expect(toldBeside(page.html)).not.toMatch(/Does |learning rate|test_acc/);
  expect(another.html).toContain('Dana Scully');
  expect(nothing.png.equals(another.png)).toBe(true);
  expect(nothing.png.equals(png)).toBe(false);

  await revoke(open.id);
  for (const path of [`${open.path}/picture.png`, `${locked.path}/picture.png/more`, `/s/${'u'.repeat(43)}/picture.png`]) expect((await fetch(stack.url + path)).status).toBe(404);
});

test('a guest who writes through a link that ended meanwhile is told so, and keeps the words', async () => {
  const link = await share({ subject: experimentId, maxViews: 1 });
  const guest = await browser.newDesk(stack.url, { viewport: { width: 390, height: 844 } });
  await guest.page.goto(link.path);
  await guest.page.getByLabel('Your name').fill('Fox');
  await guest.page.getByLabel('Your comment').fill('Too late');
  await guest.page.getByRole('button', { name: 'Send the comment' }).click();
  await expectSeen(guest.page.getByText('It was not sent: this link has ended.'));
  expect(await guest.page.getByLabel('Your comment').inputValue()).toBe('Too late');
  await guest.context.close();
});

test('a hypothesis is shared from its page, with comments allowed', async () => {
  await member.page.goto(`/h/${shown.hypothesis}`);
  await member.page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = member.page.getByRole('dialog');
  await dialog.getByLabel('Guests may comment').check();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expectSeen(dialog.getByText('The link is ready. It is shown only this once.'));
  await expectSeen(dialog.getByText(/open for comments/));
  await expectSeen(dialog.getByText(/^Opens until \d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d …[\w-]{4}$/).first());
  await expectSeen(dialog.getByText('Chats that are known to preview links count for none; any other opening counts, a reader’s second one too.'));
  expect(await axe(member.page)).toEqual([]);
});

test('whoever shared a page sees when it was looked at', async () => {
  const { path } = await share({ subject: shown.hypothesis });
  const guest = await browser.newDesk(stack.url);
  await guest.page.goto(path);
  await expectSeen(guest.page.getByText(/What now/));
  await guest.context.close();
  await member.page.goto(`/h/${shown.hypothesis}`);
  await member.page.getByRole('button', { name: 'Share', exact: true }).click();
  const newest = member.page.getByRole('dialog').getByRole('region', { name: 'Links made so far' }).getByRole('listitem').filter({ hasText: 'Opens until' }).first();
  await newest.getByText(/^\d+ views?$/).click();
  await expectSeen(newest.locator('details time').first());
  expect(await axe(member.page)).toEqual([]);
});

test('an open page whose server was away asks again, shows what it missed, and closes when its link is taken back', async () => {
  const link = await share({ subject: shown.hypothesis });
  const { page, context } = await browser.newDesk(stack.url);
  let asked = 0;
  await page.route(/\/events(\?again)?$/, async (route) => {
    if (route.request().method() === 'GET') asked += 1;
    if (asked > 2) { await route.continue(); return; }
    // As a server that starts, and what stands before it, say.
    await route.fulfill({ status: asked === 1 ? 503 : 204 });
  });
  const reopened = page.waitForResponse((response) => response.url().endsWith('/events?again') && response.status() === 200, PATIENTLY);
  const read = page.waitForResponse((response) => response.request().headers()['rsc'] !== undefined, PATIENTLY);
  await page.goto(link.path);
  await reopened;
  await read;
  await revoke(link.id);
  await expectSeen(page.getByRole('heading', { name: 'This page is not available any more' }));
  await context.close();
});

test('an open page closes by itself at its last moment, whatever the reader’s clock says and without news', async () => {
  const { path } = await share({ subject: shown.hypothesis, expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  const { page, context } = await browser.newDesk(stack.url);
  await page.clock.install({ time: new Date('2031-01-01T00:00:00Z') });
  await page.route(/\/events(\?again)?$/, (route) => route.abort());
  await page.goto(path);
  await expectSeen(page.getByText(/What did we ask/));
  const closed = page.getByRole('heading', { name: 'This page is not available any more' });
  await page.clock.fastForward(600_000);
  await expectSeen(page.getByText(/What did we ask/));
  // Its timer stands once the page's script runs.
  await expect.poll(async () => { await page.clock.fastForward(3_700_000); return closed.isVisible(); }, PATIENTLY).toBe(true);
  await context.close();
});

test.each(Object.keys(KINDS))('a shared %s prints, and nothing is cut off', async (kind) => {
  const { input } = KINDS[kind]?.() ?? { input: {} };
  const { path } = await share(input);
  const { page, context } = await browser.newDesk(stack.url, { viewport: { width: 720, height: 900 } });
  await page.goto(path, { waitUntil: 'load' });
  // From a dark screen too: ink on white.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5_000);
  await expectGone(page.getByLabel('Your comment'));
  expect(await page.getByRole('heading', { level: 1 }).evaluate((heading) => getComputedStyle(heading).color)).toBe('rgb(27, 26, 23)');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await context.close();
});

/** Whether anything of it is drawn in a part of what is seen: hiding it makes a difference there. */
async function isDrawnIn(page: Page, what: string, clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Promise<boolean> {
  const seen = await page.screenshot({ clip });
  await page.addStyleTag({ content: `${what} { visibility: hidden; }` });
  const bare = await page.screenshot({ clip });
  await page.locator('style').last().evaluate((style) => { style.remove(); });
  return !seen.equals(bare);
}

test.each([['a telephone', 390, 'screen'], ['a laptop', 1024, 'screen'], ['a wide screen', 1920, 'screen'], ['paper', 1440, 'print']] as const)('a watermark lies all over the page on %s', async (_, width, media) => {
  const { path } = await share({ subject: shown.hypothesis, recipients: ['Dana Scully', 'Ministry of Works'], watermark: true });
  const { page, context } = await browser.newDesk(stack.url, { viewport: { width, height: 900 } });
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.emulateMedia({ media, reducedMotion: 'reduce' });
  await expectSeen(page.getByText(/What did we ask/));
  const part = { width: 300, height: 300 };
  expect(await isDrawnIn(page, '.nothing', { x: 0, y: 0, ...part })).toBe(false);
  for (const x of [0, (width - part.width) / 2, width - part.width]) for (const y of [0, 300, 600]) expect(await isDrawnIn(page, '.watermark', { x, y, ...part }), `${x} ${y}`).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await context.close();
});
