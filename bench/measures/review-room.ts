import { Client } from 'pg';
import { chromium } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Row } from '../bench.ts';
import { ask, residentBytes } from '../drive/ask.ts';
import { callToDom } from '../drive/call-to-dom.ts';
import { subscribers } from '../drive/subscribers.ts';
import { makePeople } from '../people.ts';
import { ms, quantile } from '../units.ts';

const NAME = '500 subscribers on one experiment: what one says to the browser of another, p95';
const MEMORY = 'memory of the server per connection, and its growth';
const PEOPLE = 500;
/** What the page of an experiment follows, with its discussion open. */
const FOLLOWING = [`subscription ($key: String!) { experimentChanged(key: $key) {
  experiment { id }
  reviewed { id evidenceDigest approval staleReason changesSinceLook { since sentence changes { kind words } } ethics { risk needed approved reasons } viewerCan { approve requestChanges commentInReview approveRefusal } }
  review { id state body evidenceDigest stale ethics createdAt decidedAt dismissal { reason at by { id name } } changesSince { since sentence changes { kind words } } reviewer { id name initials } requestedBy { id name } }
  checked { id checks { key state sentence detail required byPeople tick { good note at person { id name } } } }
} }`, `subscription ($subject: ID!) { discussionChanged(subject: $subject) { verb
  thread { id number anchor commentCount resolvedAt resolvedBy { id name } following unread { count first } }
  comment { id number body guestName createdAt editedAt deletedAt deletedBy { id name } author { id name initials } reactions { kind word count viewerReacted people { id name } } viewerCan { edit delete } }
} }`];

export const reviewRoom: Bench = {
  name: 'review-room', answers: [NAME, MEMORY], needs: ['chromium'], seconds: { quick: 35, full: 110 },
  async measure(lab) {
    const databaseUrl = await (await lab.postgres()).urlOf('room');
    const { url } = await lab.lemma({ DATABASE_URL: databaseUrl });
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const tokens = await makePeople(client, PEOPLE);
    await client.end();
    const { proposeHypothesis: { hypothesis } } = await ask<{ proposeHypothesis: { hypothesis: { id: string } } }>(url, 'mutation { proposeHypothesis(input: { project: "sandbox", statement: "It will increase acc by at least 0.01", metric: "acc", direction: INCREASE, minEffect: 0.01 }) { hypothesis { id } } }');
    const { createExperiment: { experiment } } = await ask<{ createExperiment: { experiment: { id: string; key: string } } }>(url, 'mutation ($hypothesis: ID!) { createExperiment(input: { project: "sandbox", name: "followed", hypothesis: $hypothesis }) { experiment { id key } } }', { hypothesis: hypothesis.id });
    const browser = await chromium.launch({ executablePath: lab.chromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'] });
    await lab.keep(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/e/${experiment.key}?tab=discussion`, { waitUntil: 'networkidle' });
    await page.getByRole('complementary', { name: 'Review' }).waitFor();

    const times = lab.quick ? 6 : 30;
    const comment = (words: string) => callToDom(page, words, () => ask(url, 'mutation ($id: ID!, $words: String!) { startThread(input: { subject: $id, body: $words }) { thread { id } } }', { id: experiment.id, words }));
    const review = (words: string) => callToDom(page, words, () => ask(url, 'mutation ($key: String!, $words: String!) { submitReview(input: { experiment: $key, decision: COMMENT, body: $words }) { review { id } } }', { key: experiment.key, words }));
    await comment('The first one brings code into memory.');
    await review('So does this.');

    // What they take is read before anybody says a word: what talking leaves behind for the collector is not a connection's.
    const alone = await residentBytes(url);
    const bytes: number[] = [];
    const halves: { kill: (signal: 'SIGKILL') => void }[] = [];
    for (const from of [0, PEOPLE / 2]) {
      const others = await subscribers(url, PEOPLE / 2, { queries: FOLLOWING, variables: { key: experiment.key, subject: experiment.id }, tokens: tokens.slice(from, from + PEOPLE / 2) });
      await lab.keep(async () => { others.kill('SIGKILL'); });
      halves.push(others);
      await pause(1000);
      bytes.push(await residentBytes(url) - alone);
    }
    const said = async (people: number): Promise<{ readonly comments: readonly number[]; readonly reviews: readonly number[] }> => {
      const [comments, reviews]: [number[], number[]] = [[], []];
      for (let turn = 1; turn <= times; turn += 1) {
        comments.push(await comment(`Comment ${turn} before ${people}.`));
        reviews.push(await review(`Review ${turn} before ${people}.`));
      }
      return { comments, reviews };
    };
    const all = await said(PEOPLE);
    halves[1]?.kill('SIGKILL');
    await pause(1000);
    const half = await said(PEOPLE / 2);
    const kib = (all: number, people: number): string => `${Math.round(Math.max(0, all) / people / 1024)} KiB`;
    const told = (part: string, delays: readonly number[], before: readonly number[]): Row => ({
      name: NAME, part, measured: ms(quantile(delays, 0.95)), kept: quantile(delays, 0.95) <= 300,
      note: `p50 ${ms(quantile(delays, 0.5))}; with half of them p95 ${ms(quantile(before, 0.95))}; every subscriber is a person of their own with a connection of their own, on the same cores`,
    });
    return [
      told('a comment', all.comments, half.comments),
      told('a review', all.reviews, half.reviews),
      { name: MEMORY, part: 'of a subscriber to an experiment', measured: kib(bytes[1] ?? 0, PEOPLE), note: `${kib(bytes[0] ?? 0, PEOPLE / 2)} with half of them` },
    ];
  },
};
