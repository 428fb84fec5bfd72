import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectListening, expectSeen, openBrowser, PATIENTLY, type Desk, type RealBrowser } from '../support/browser.ts';
import { lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;

beforeAll(async () => { [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]); });
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

/** In every text of the project. */
const SECRET = 'marmalade';

test('what stands on open pages of a project goes when one is taken out of it', async () => {
  const script = lemmaClient(stack.url);
  await script.graphql('mutation { createProject(input: { slug: "secret", name: "Secret", restricted: true }) { project { id } } }');
  const { proposeHypothesis: { hypothesis } } = await script.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation($s: String!) { proposeHypothesis(input: { project: "secret", statement: $s }) { hypothesis { id } } }', { s: `More ${SECRET} helps` });
  const { createExperiment: { experiment } } = await script.graphql<{ createExperiment: { experiment: { id: string; key: string } } }>('mutation($name: String!, $h: ID!) { createExperiment(input: { project: "secret", name: $name, hypothesis: $h }) { experiment { id key } } }', { name: SECRET, h: hypothesis.id });
  await script.graphql('mutation($id: ID!, $body: String!) { startThread(input: { subject: $id, body: $body }) { thread { id } } }', { id: experiment.id, body: `Why ${SECRET}?` });
  const { experiment: { experiment_id } } = await script.trackGet<{ experiment: { experiment_id: string } }>('experiments/get-by-name', { experiment_name: `secret/${SECRET}` });
  const { run } = await script.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, run_name: SECRET });
  await script.track('runs/update', { run_id: run.info.run_id, status: 'FINISHED', end_time: Date.now() });
  const { createNote: { note } } = await script.graphql<{ createNote: { note: { id: string } } }>('mutation($subject: ID!, $title: String!, $text: String!) { createNote(input: { subject: $subject, title: $title, markdown: $text }) { note { id } } }', { subject: experiment.id, title: `On ${SECRET}`, text: `We bought ${SECRET}.` });
  const { createMeeting: { meeting } } = await script.graphql<{ createMeeting: { meeting: { id: string } } }>('mutation { createMeeting(input: { project: "secret", title: "Review", scheduledAt: "2030-05-17T10:00:00.000Z", plannedMinutes: 45 }) { meeting { id } } }');
  await script.graphql('mutation($meeting: ID!, $title: String!) { addAgendaItem(input: { meeting: $meeting, title: $title }) { item { id } } }', { meeting: meeting.id, title: `The price of ${SECRET}` });
  await script.graphql('mutation($meeting: ID!) { startMeeting(input: { meeting: $meeting }) { meeting { id } } }', { meeting: meeting.id });

  const grace = await browser.newDesk(stack.url);
  expect((await grace.context.request.post('/api/auth/sign-up/email', { data: { name: 'Grace', email: 'grace@example.org', password: 'the password of Grace' } })).ok()).toBe(true);
  await script.graphql('mutation { addMember(input: { project: "secret", email: "grace@example.org", role: MEMBER }) { member { id } } }');
  const open = async (path: string): Promise<Page> => {
    const page = await grace.context.newPage();
    let heard = 0;
    page.on('websocket', (socket) => socket.on('framereceived', () => { heard += 1; }));
    await page.goto(path);
    await expectListening({ ...grace, page, heard: () => heard } satisfies Desk);
    await expectSeen(page.getByText(SECRET));
    return page;
  };
  const pages: [string, Page][] = [];
  for (const [what, path] of [['note', `/n/${note.id}`], ['meeting', `/m/${meeting.id}`], ['run', `/r/${run.info.run_id}`], ['experiment', `/e/${experiment.key}?tab=discussion`], ['hypothesis', `/h/${hypothesis.id}`]] as const) pages.push([what, await open(path)]);

  await script.graphql('mutation { removeMember(input: { project: "secret", email: "grace@example.org" }) { project { id } } }');

  for (const [what, page] of pages) {
    await expectSeen(page.getByText(`There is no such ${what}, or you may not see it.`));
    await expect.poll(async () => [what, (await page.locator('body').innerText()).includes(SECRET)], PATIENTLY).toEqual([what, false]);
  }
  expect(grace.complaints).toEqual([]);
});
