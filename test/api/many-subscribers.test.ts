import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { logBatch, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let members: readonly TestPerson[];
let experiment: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  owner = await api.signUp('Olga Owner');
  members = await Promise.all(['Mia', 'Max', 'Moe', 'Mei'].map((name) => api.signUp(name)));
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, owner);
  for (const { email } of members) await member('addMember', email);
  experiment = await trackedExperiment(api, owner, 'lab/live');
});
afterAll(() => api.stop());

const member = (verb: 'addMember' | 'removeMember', email: string) =>
  api.ok(`mutation($email: String!) { ${verb}(input: { project: "lab", email: $email${verb === 'addMember' ? ', role: MEMBER' : ''} }) { __typename } }`, { email }, owner);
const logged = (run: string, step: number, more: readonly { readonly key: string; readonly value: number; readonly step: number }[] = []) => logBatch(api, owner, run, { metrics: [{ key: 'loss', value: step / 2, step }, ...more] });

const FOLLOW = 'subscription($run: ID!, $keys: [String!], $after: String) { metricsLogged(run: $run, keys: $keys, after: $after) { cursor series { key steps } } }';
interface Heard { readonly metricsLogged: { readonly cursor: string; readonly series: readonly { readonly key: string; readonly steps: readonly number[] }[] } }

/** Subscribers who have all been told where the run stands. */
async function following(run: string, as: readonly As[]): Promise<readonly AsyncIterableIterator<Heard>[]> {
  const all = as.map((each) => api.subscribe<Heard>(FOLLOW, { run }, each));
  await Promise.all(all.map((each) => each.next()));
  return all;
}

const stepsIn = ({ metricsLogged }: Heard): number[] => metricsLogged.series.flatMap(({ steps }) => steps);
async function leave(all: readonly AsyncIterableIterator<unknown>[]): Promise<void> {
  for (const each of all) await each.return?.();
}

/** Questions put to the database about runs and their projects, and about people, while `act` goes on. */
async function looks(act: () => Promise<unknown>): Promise<{ readonly atRuns: number; readonly atPeople: number }> {
  const { reader } = api.adapters;
  const { $queryRaw: queryRaw, person: { findMany } } = reader;
  let [atRuns, atPeople] = [0, 0];
  Object.assign(reader, { $queryRaw: (...asked: Parameters<typeof queryRaw>) => { atRuns += 1; return queryRaw.apply(reader, asked); } });
  Object.assign(reader.person, { findMany: (...asked: Parameters<typeof findMany>) => { atPeople += 1; return findMany.apply(reader.person, asked); } });
  try {
    await act();
    return { atRuns, atPeople };
  } finally {
    Object.assign(reader, { $queryRaw: queryRaw });
    Object.assign(reader.person, { findMany });
  }
}

test('forty subscribers of a run share their looks at rights', async () => {
  const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1, step: 0 }] });
  const one = await following(run, [members[0] ?? null]);
  const heardBy = async (all: readonly AsyncIterableIterator<Heard>[], step: number) => {
    const next = Promise.all(all.map((each) => each.next()));
    await logged(run, step);
    expect((await next).map(({ value }) => stepsIn(value as Heard))).toEqual(all.map(() => [step]));
  };
  const alone = await looks(() => heardBy(one, 1));
  const forty = [...one, ...(await following(run, Array.from({ length: 39 }, (_, at) => members[at % members.length] ?? null)))];
  const together = await looks(() => heardBy(forty, 2));
  // Those who are woken together share one look. On a busy machine forty sockets take several turns to wake, yet far fewer than one each.
  expect(together.atRuns).toBeLessThan(alone.atRuns + 15);
  expect(together.atPeople).toBeLessThan(alone.atPeople + 15);
  await leave(forty);
});

test('twelve people who show an experiment are each told of a review and of a comment, and what these are to each of them is not read for each', async () => {
  const people = [owner, ...members, ...(await Promise.all(['Nia', 'Ned', 'Nan', 'Nat', 'Nic', 'Noa', 'Nell'].map((name) => api.signUp(name))))];
  for (const { email } of people.slice(5)) await member('addMember', email);
  const { proposeHypothesis: { hypothesis } } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "lab", statement: "It will fall." }) { hypothesis { id } } }', {}, owner);
  const { createExperiment: { experiment: { key, id } } } = await api.ok<{ createExperiment: { experiment: { key: string; id: string } } }>('mutation($id: ID!) { createExperiment(input: { project: "lab", name: "reviewed", hypothesis: $id }) { experiment { key id } } }', { id: hypothesis.id }, owner);
  const asked = 'subscription($key: String!) { experimentChanged(key: $key) { reviewed { changesSinceLook { sentence } reviews { body reviewer { name } } viewerCan { approve } } } }';
  const all = people.map((each) => api.subscribe<{ experimentChanged: { reviewed: { reviews: readonly { body: string }[] } | null } }>(asked, { key }, each));
  await Promise.all(all.map((each) => each.next()));
  const looks = readsOf('evidenceLook');
  const heard = Promise.all(all.map((each) => each.next()));
  await api.ok('mutation($key: String!) { submitReview(input: { experiment: $key, decision: COMMENT, body: "Seen." }) { review { id } } }', { key }, owner);
  for (const { value } of await heard) expect(value).toMatchObject({ experimentChanged: { reviewed: { changesSinceLook: null, reviews: [{ body: 'Seen.' }] } } });
  expectShared(looks(), people.length);
  await leave(all);

  interface Said { readonly discussionChanged: { readonly thread: unknown; readonly comment: { readonly body: string } } }
  const talk = people.map((each) => api.subscribe<Said>('subscription($subject: ID!) { discussionChanged(subject: $subject) { thread { following unread { count } } comment { body } } }', { subject: id }, each));
  const start = (body: string) => api.ok('mutation($id: ID!, $body: String!) { startThread(input: { subject: $id, body: $body }) { thread { id } } }', { id, body }, owner);
  const heardOf = (body: string) => Promise.all(talk.map(async (each) => {
    for (;;) {
      const { discussionChanged } = (await each.next()).value as Said;
      if (discussionChanged.comment.body === body) return discussionChanged.thread;
    }
  }));
  // Nothing is told at once: threads are started until everybody was heard to listen.
  let listening = false;
  const first = Promise.all(talk.map((each) => each.next())).then(() => { listening = true; });
  while (!listening) await start('Does everybody hear?');
  await first;
  const everybody = heardOf('Now.');
  await start('Now.');
  await everybody;
  const follows = readsOf('threadFollower');
  const told = heardOf('Why?');
  await start('Why?');
  expect(await told).toEqual(people.map((_, at) => (at === 0 ? { following: 'SUBSCRIBED', unread: { count: 0 } } : { following: null, unread: { count: 1 } })));
  expectShared(follows(), people.length);
  await leave(talk);
});

/** Counts the questions about rows of a kind until it is asked how many there were. */
function readsOf(kind: 'evidenceLook' | 'threadFollower'): () => number {
  const model = api.adapters.reader[kind] as { findMany: (...given: unknown[]) => unknown };
  const { findMany } = model;
  let reads = 0;
  Object.assign(model, { findMany: (...given: unknown[]) => { reads += 1; return findMany.apply(model, given); } });
  return () => { Object.assign(model, { findMany }); return reads; };
}

function expectShared(reads: number, people: number): void {
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThan(people);
}

test('one of many who loses the right hears nothing more, and the others hear on', async () => {
  const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1, step: 0 }] });
  const [gone, ...staying] = members;
  if (!gone) throw new Error('nobody is there');
  const [leaving, ...others] = await following(run, [gone, ...staying]);
  await member('removeMember', gone.email);
  const refused = leaving?.next().then(() => 'not refused', String);
  const heard = Promise.all(others.map((each) => each.next()));
  await logged(run, 1);
  expect(await refused).toContain('run/unknown');
  expect((await heard).map(({ value }) => stepsIn(value as Heard))).toEqual(staying.map(() => [1]));
  await leave(others);
  await member('addMember', gone.email);
});

test('each is told in the shape they asked for', async () => {
  const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1, step: 0 }] });
  const asked: readonly (readonly [query: string, variables: Record<string, unknown>, told: unknown])[] = [
    [FOLLOW, { run }, { metricsLogged: { cursor: '2', series: [{ key: 'loss', steps: [1] }, { key: 'acc', steps: [5] }] } }],
    [FOLLOW, { run, after: '0' }, { metricsLogged: { cursor: '2', series: [{ key: 'loss', steps: [1] }, { key: 'acc', steps: [5] }] } }],
    [FOLLOW, { run, keys: ['acc'] }, { metricsLogged: { cursor: '2', series: [{ key: 'acc', steps: [5] }] } }],
    ['subscription($run: ID!) { metricsLogged(run: $run) { cursor } }', { run }, { metricsLogged: { cursor: '2' } }],
    ['subscription($run: ID!) { points: metricsLogged(run: $run) { __typename at: cursor series { values } } }', { run }, { points: { __typename: 'MetricPoints', at: '2', series: [{ values: [0.5] }, { values: [3] }] } }],
  ];
  const all = asked.map(([query, variables], at) => api.subscribe<unknown>(query, variables, members[at % members.length] ?? null));
  await Promise.all(all.map((each) => each.next()));
  const heard = Promise.all(all.map((each) => each.next()));
  await logged(run, 1, [{ key: 'acc', value: 3, step: 5 }]);
  expect((await heard).map(({ value }) => value as unknown)).toEqual(asked.map(([, , told]) => told));
  await leave(all);
});

test('a subscriber who does not read holds nobody up, and misses and repeats nothing when reading again', async () => {
  const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1, step: 0 }] });
  const slow = await slowSubscriber(run);
  const [quick] = await following(run, [members[1] ?? null]);
  const wide = (round: number) => Array.from({ length: 900 }, (_, at) => ({ key: `wide ${'x'.repeat(200)} ${at}`, value: at, step: round }));
  const heard: number[] = [];
  for (let step = 1; step <= 40; step += 1) {
    await logged(run, step, wide(step));
    while (quick && heard.at(-1) !== step) heard.push(...((await quick.next()).value as Heard).metricsLogged.series.filter(({ key }) => key === 'loss').flatMap(({ steps }) => steps));
  }
  const everything = Array.from({ length: 40 }, (_, at) => at + 1);
  expect(heard).toEqual(everything);
  expect(slow.steps.length).toBeLessThan(41);
  slow.read();
  await expect.poll(() => slow.steps.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(41);
  expect(slow.steps).toEqual([0, ...everything]);
  slow.close();
  await leave(quick ? [quick] : []);
}, 60_000);

/** Follows a run, and after the first message leaves everything on its socket unread until told to. */
async function slowSubscriber(run: string): Promise<{ readonly steps: readonly number[]; read(): void; close(): void }> {
  const steps: number[] = [];
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers: { cookie: members[0]?.cookie ?? '' } });
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject).on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as { readonly type: string; readonly payload: { readonly data: Heard } };
      if (message.type === 'connection_ack') socket.send(JSON.stringify({ id: 'slow', type: 'subscribe', payload: { query: FOLLOW, variables: { run } } }));
      if (message.type !== 'next') return;
      steps.push(...message.payload.data.metricsLogged.series.filter(({ key }) => key === 'loss').flatMap((each) => each.steps));
      if (steps.length === 1) { socket.pause(); resolve(); }
    });
  });
  return { steps, read: () => socket.resume(), close: () => socket.terminate() };
}
