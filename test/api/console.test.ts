import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contracts/rest/resources.ts';
import { restRoutes } from '../../contracts/rest/routes.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { sendLines, type SentLine } from '../support/console.ts';
import { mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let member: TestPerson;
let reader: TestPerson;
let outsider: TestPerson;
let experiment: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [owner, member, reader, outsider] = [await api.signUp('Olga'), await api.signUp('Mia'), await api.signUp('Vera'), await api.signUp('Outi')];
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, owner);
  for (const [person, role] of [[member, 'MEMBER'], [reader, 'VIEWER']] as const) await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: 'lab', email: person.email, role } }, owner);
  experiment = await trackedExperiment(api, owner, 'lab/console');
});
afterAll(() => api.stop());

const newRun = (): Promise<string> => trackedRun(api, owner, { experiment });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const numbered = (from: number, to: number): SentLine[] => upTo(to - from).map((at) => ({ sequence: from + at, text: `line ${from + at}` }));

async function send(runId: string, lines: readonly SentLine[], as: As = owner) {
  const answer = await sendLines(api, as, runId, lines);
  expect(answer.status).toBe(200);
  return restRoutes.writeConsole.answer.parse(await answer.json());
}

async function read(runId: string, question = '', as: As = owner) {
  const answer = await api.fetch(`/api/v1/runs/${runId}/logs${question}`, { as });
  expect(answer.status).toBe(200);
  return restRoutes.readConsole.answer.parse(await answer.json());
}

interface News { readonly cursor: number; readonly lines: readonly { readonly number: number; readonly text: string }[] }
const FOLLOW = 'subscription($run: ID!, $after: Float) { consoleWritten(run: $run, after: $after) { cursor cut { from to } lines { number stream source time text } } }';
const follow = (variables: { readonly run: string; readonly after?: number }, as: As = owner) => api.subscribe<{ consoleWritten: News }>(FOLLOW, variables, as);

async function hear(enough: number, variables: Parameters<typeof follow>[0]): Promise<News[]> {
  const heard: News[] = [];
  for await (const { consoleWritten } of follow(variables)) {
    heard.push(consoleWritten);
    if (heard.flatMap(({ lines }) => lines).length >= enough) break;
  }
  return heard;
}

describe('lines of a console through REST', () => {
  it('are kept once, however often they are sent, and acknowledged with how far each source has come', async () => {
    const run = await newRun();
    expect(await send(run, numbered(0, 5))).toEqual({ added: 5, lineCount: 5, cut: null, acknowledged: [{ source: '', stream: 'stdout', lastSequence: 4 }] });
    expect(await send(run, numbered(3, 8))).toMatchObject({ added: 3, lineCount: 8 });
    expect(await send(run, [{ sequence: 0, text: 'careful', stream: 'stderr', source: 'rank 1', time: '2026-11-24T10:00:00.5+01:00' }])).toMatchObject({ added: 1, acknowledged: [{ source: 'rank 1', stream: 'stderr', lastSequence: 0 }] });
    expect(await send(run, [])).toMatchObject({ added: 0, lineCount: 9, acknowledged: [{}, {}] });
    const { lines } = await read(run);
    expect(lines.map(({ text }) => text)).toEqual([...upTo(8).map((at) => `line ${at}`), 'careful']);
    expect(lines.at(-1)).toEqual({ number: 9, sequence: 0, stream: 'stderr', source: 'rank 1', time: '2026-11-24T09:00:00.500Z', text: 'careful' });
  });

  it('come as a JSON array too', async () => {
    const run = await newRun();
    const answer = await api.fetch(`/api/v1/runs/${run}/logs`, { method: 'POST', as: owner, headers: { 'content-type': 'application/json' }, body: JSON.stringify(numbered(0, 3)) });
    expect(restRoutes.writeConsole.answer.parse(await answer.json())).toMatchObject({ added: 3 });
  });

  it('are read from either end, by page, by text and as a file', async () => {
    const run = await newRun();
    await send(run, [...numbered(0, 20), { sequence: 20, text: '\u001B[31mLoss is NaN\u001B[0m' }]);
    expect(await read(run, '?from=3&first=2')).toMatchObject({ lines: [{ number: 3 }, { number: 4 }], next: 5, lineCount: 21 });
    expect((await read(run, '?last=2')).lines.map(({ number }) => number)).toEqual([20, 21]);
    expect(await read(run, '?last=2000')).toMatchObject({ next: null });
    expect((await read(run, '?search=loss%20is')).lines.map(({ number }) => number)).toEqual([21]);
    const file = await api.fetch(`/api/v1/runs/${run}/logs.txt`, { as: owner });
    expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await file.text()).toBe(`${upTo(20).map((at) => `line ${at}\n`).join('')}Loss is NaN\n`);
  });

  it.each<[string, string | object, Record<string, string>, number, string]>([
    ['no JSON in its second line', '{"sequence":0,"text":"x"}\n{', {}, 400, 'http/malformed-json'],
    ['a line without a number', { text: 'x' }, {}, 400, 'rest/body'],
    ['a negative number', { sequence: -1, text: 'x' }, {}, 400, 'rest/body'],
    ['a stream there is none of', { sequence: 0, text: 'x', stream: 'stdin' }, {}, 400, 'rest/body'],
    ['an unknown field', { sequence: 0, text: 'x', level: 'INFO' }, {}, 400, 'rest/body'],
    ['a time that is none', { sequence: 0, text: 'x', time: 'yesterday' }, {}, 400, 'rest/body'],
    ['a time past all calendars', { sequence: 0, text: 'x', time: 1e300 }, {}, 400, 'console/bad-time'],
    ['NUL in the name of a source', { sequence: 0, text: 'x', source: 'a\0b' }, {}, 400, 'text/nul'],
    ['a form', 'sequence=0', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'http/content-type'],
    ['an object where an array belongs', { sequence: 0, text: 'x' }, { 'content-type': 'application/json' }, 400, 'http/no-array'],
    ['too many lines', Array.from({ length: 10_001 }, (_, sequence) => `{"sequence":${sequence},"text":""}`).join('\n'), {}, 400, 'rest/too-many-entries'],
    ['too many bytes', { sequence: 0, text: 'x'.repeat(4_000_001) }, {}, 413, 'http/body-too-large'],
  ])('are refused for %s, and nothing of the batch is kept', async (...[, body, headers, status, reason]) => {
    const run = await newRun();
    const answer = await api.fetch(`/api/v1/runs/${run}/logs`, { method: 'POST', as: owner, headers: { 'content-type': 'application/x-ndjson', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect(answer.status).toBe(status);
    expect(problem.parse(await answer.json()).error.reason).toBe(reason);
    expect((await read(run)).lineCount).toBe(0);
  });

  it.each([['?from=0', 'rest/query'], ['?first=2001', 'rest/query'], ['?from=1&last=2', 'console/one-question'], ['?search=', 'rest/query'], ['?page=2', 'rest/query']])('are not read by %s', async (question, reason) => {
    const answer = await api.fetch(`/api/v1/runs/${await newRun()}/logs${question}`, { as: owner });
    expect([answer.status, problem.parse(await answer.json()).error.reason]).toEqual([400, reason]);
  });

  it('are written by members, read by viewers, and do not exist for others', async () => {
    const run = await newRun();
    const statuses = async (as: As) => [(await sendLines(api, as, run, numbered(0, 1))).status, ...await Promise.all(['logs', 'logs.txt'].map(async (path) => (await api.fetch(`/api/v1/runs/${run}/${path}`, { as })).status))];
    expect(await statuses(member)).toEqual([200, 200, 200]);
    expect(await statuses(reader)).toEqual([403, 200, 200]);
    expect(await statuses(outsider)).toEqual([404, 404, 404]);
    expect(await statuses(null)).toEqual([401, 401, 401]);
  });

  it('are not taken by a run that is deleted', async () => {
    const run = await newRun();
    await mlflow(api, owner, ['POST', 'runs/delete'], { run_id: run });
    const answer = await sendLines(api, owner, run, numbered(0, 1));
    expect([answer.status, problem.parse(await answer.json()).error.reason]).toEqual([400, 'run/deleted']);
  });
});

describe('a console through GraphQL', () => {
  it('answers lines from either end, and where a text stands', async () => {
    const run = await newRun();
    await send(run, numbered(0, 30));
    const { run: found } = await api.ok<{ run: { console: Record<string, unknown> } }>(`query($run: ID!) { run(id: $run) { console {
      lineCount cut { from } end: lines(last: 1) { number stream text } middle: lines(from: 5, first: 2) { number } search(text: "LINE 2", first: 3) { numbers complete } } } }`, { run }, reader);
    expect(found.console).toEqual({
      lineCount: 30, cut: null, end: [{ number: 30, stream: 'STDOUT', text: 'line 29' }], middle: [{ number: 5 }, { number: 6 }], search: { numbers: [3, 21, 22], complete: false },
    });
  });

  it.each([['lines(first: 2001)', 'console/range'], ['lines(from: 0.5)', 'console/range'], ['lines(last: 0)', 'console/range'], ['search(text: "")', 'console/search'], ['search(text: "a", first: 0)', 'console/range']])('refuses %s', async (field, reason) => {
    const run = await newRun();
    expect(await api.refusal(`query($run: ID!) { run(id: $run) { console { ${field} { __typename } } } }`, { run }, owner)).toBe(reason);
  });

  it('begins with what is stored and goes on with what comes', async () => {
    const run = await newRun();
    await send(run, numbered(0, 2));
    const events = follow({ run });
    expect((await events.next()).value).toMatchObject({ consoleWritten: { cursor: 2, cut: null, lines: [{ number: 1, text: 'line 0' }, { number: 2 }] } });
    await send(run, numbered(2, 3));
    expect((await events.next()).value).toMatchObject({ consoleWritten: { cursor: 3, lines: [{ number: 3, text: 'line 2' }] } });
    await events.return?.();
  });

  it('reaches a reader whose connection drops again and again exactly once and in order, while several ranks print', async () => {
    const run = await newRun();
    const total = 120;
    const printing = Promise.all(upTo(4).map(async (rank) => { for (let at = 0; at < total / 4; at += 3) await send(run, upTo(3).map((more) => ({ sequence: at + more, text: `${rank}`, source: `rank ${rank}` }))); }));
    const heard: News[] = [];
    const count = () => heard.flatMap(({ lines }) => lines).length;
    while (count() < total) heard.push(...await hear(Math.min(17, total - count()), { run, after: heard.at(-1)?.cursor ?? 0 }));
    await printing;
    expect(heard.flatMap(({ lines }) => lines).map(({ number }) => number)).toEqual(upTo(total).map((at) => at + 1));
  });

  it('carries lines that are too many for one message', async () => {
    const run = await newRun();
    const heard = hear(40, { run });
    await send(run, upTo(40).map((sequence) => ({ sequence, text: 'x'.repeat(16_000) })));
    expect((await heard).flatMap(({ lines }) => lines)).toHaveLength(40);
  });

  it('stops for a reader who loses the right to see the run, and is not there for an outsider', async () => {
    const run = await newRun();
    await send(run, numbered(0, 1));
    await expect(follow({ run }, outsider).next()).rejects.toThrow('run/unknown');
    for (const after of [-1, 0.5]) await expect(follow({ run, after }).next()).rejects.toThrow('console/bad-cursor');
    const events = follow({ run }, reader);
    await events.next();
    await api.ok('mutation($email: String!) { removeMember(input: { project: "lab", email: $email }) { project { id } } }', { email: reader.email }, owner);
    const refused = events.next().then(() => 'not refused', String);
    await send(run, numbered(1, 2));
    expect(await refused).toContain('run/unknown');
  });
});
