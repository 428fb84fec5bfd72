import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { chromium, type Page } from 'playwright-core';
import type { Bench, Row } from '../bench.ts';
import { ask } from '../drive/ask.ts';
import { callToDom } from '../drive/call-to-dom.ts';
import { longestTask, openDiscussion, readEarlier, scrollThrough, watchBytes } from '../drive/talk-page.ts';
import { LAST_WORDS, loadComments, LONG_THREAD, TALK } from '../load-comments.ts';
import { ms, quantile } from '../units.ts';

const NAME = '10,000 comments on one experiment: interactive; longest task; a comment appears, p95';
const [INTERACTIVE_MS, TASK_MS, APPEARS_MS] = [1500, 200, 300];
const SAID = `one thread of ${TALK.long.toLocaleString('en-US')} comments and ${TALK.threads.toLocaleString('en-US')} of ${TALK.each}`;

export const comments: Bench = {
  name: 'comments', answers: [NAME], needs: ['chromium'], seconds: { quick: 15, full: 60 },
  async measure(lab) {
    const database = await (await lab.postgres()).urlOf('comments');
    const { url } = await lab.lemma({ DATABASE_URL: database });
    const { proposeHypothesis: { hypothesis } } = await ask<{ proposeHypothesis: { hypothesis: { id: string } } }>(url, 'mutation { proposeHypothesis(input: { project: "sandbox", statement: "It will increase acc by at least 0.01", metric: "acc", direction: INCREASE, minEffect: 0.01 }) { hypothesis { id } } }');
    const { createExperiment: { experiment } } = await ask<{ createExperiment: { experiment: { id: string; key: string } } }>(url, 'mutation ($hypothesis: ID!) { createExperiment(input: { project: "sandbox", name: "talked about", hypothesis: $hypothesis }) { experiment { id key } } }', { hypothesis: hypothesis.id });
    const client = new Client({ connectionString: database });
    await client.connect();
    await lab.keep(() => client.end());
    await loadComments(client, experiment.id);

    const browser = await chromium.launch({ executablePath: lab.chromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
    await lab.keep(() => browser.close());
    const address = `${url}/e/${experiment.key}?tab=discussion`;
    // The first one also brings the page into the server; a person's does not often.
    const first = await openDiscussion(browser, address, LAST_WORDS);
    await first.page.context().close();
    const openings: number[] = [];
    for (let turn = 1; turn < (lab.quick ? 3 : 6); turn += 1) {
      const opened = await openDiscussion(browser, address, LAST_WORDS);
      openings.push(opened.interactiveInMs);
      await opened.page.context().close();
    }
    const bytes = watchBytes();
    const { page } = await openDiscussion(browser, address, LAST_WORDS, bytes.watch);
    const interactive = Math.max(...openings);
    return [
      { name: NAME, part: 'interactive', measured: ms(interactive), kept: interactive <= INTERACTIVE_MS, note: `${SAID}; the slowest of ${openings.length}, each with an empty cache: the newest words drawn and an editor opened; the first of all took ${ms(first.interactiveInMs)}` },
      ...await tasks(page, lab.quick ? 3 : 20),
      ...await appearing(page, url, { times: lab.quick ? 5 : 40, counted: bytes.counted }),
    ];
  },
};

const task = (what: string, longest: number, note: string): Row => ({ name: NAME, part: `longest task while ${what}`, measured: longest < 50 ? 'under 50 ms' : ms(longest), kept: longest <= TASK_MS, note });

async function tasks(page: Page, pages: number): Promise<readonly Row[]> {
  const reading = await longestTask(page, () => readEarlier(page, LONG_THREAD, pages));
  const scrolling = await longestTask(page, () => scrollThrough(page, 120));
  const typing = await longestTask(page, async () => {
    await page.locator('.discussion .thread').last().locator('.tiptap').pressSequentially('What one writes while others write is one\'s own, and costs no more than that.', { delay: 15 });
  });
  const shown = await page.locator('.cm').count();
  return [
    task('reading earlier comments', reading, `${pages} pages of 50, one after the other`),
    task('scrolling', scrolling, `${shown} comments in the page, from end to end at 120 pixels a frame`),
    task('typing', typing, 'an answer, 15 ms a key'),
  ];
}

interface Appearing { readonly times: number; readonly counted: () => { readonly bytes: number; readonly requests: number } }

async function appearing(page: Page, url: string, { times, counted }: Appearing): Promise<readonly Row[]> {
  const say = (words: string) => callToDom(page, words, () => ask(url, 'mutation ($thread: ID!, $words: String!) { reply(input: { thread: $thread, body: $words }) { comment { id } } }', { thread: LONG_THREAD, words }));
  await say('The first one brings code into memory.');
  await pause(500);
  const before = counted();
  const delays: number[] = [];
  for (let turn = 1; turn <= times; turn += 1) delays.push(await say(`Appears as number ${turn}.`));
  const after = counted();
  const p95 = quantile(delays, 0.95);
  return [
    { name: NAME, part: 'a comment appears', measured: ms(p95), kept: p95 <= APPEARS_MS, note: `p50 ${ms(quantile(delays, 0.5))}; from the call to the page that shows all of it` },
    { name: 'what one comment costs a page that shows the discussion', measured: `${Math.round((after.bytes - before.bytes) / times).toLocaleString('en-US')} bytes`, note: `and ${((after.requests - before.requests) / times).toFixed(1)} requests, over all that the page listens to` },
  ];
}
