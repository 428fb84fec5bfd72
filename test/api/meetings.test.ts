import { afterAll, beforeAll, expect, test } from 'vitest';
import { SECRET, startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { startReplica, type Replica } from '../support/replica.ts';

const ENVIRONMENT = { LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' };

let api: Api;
let lab: Lab;
let other: Replica;
beforeAll(async () => {
  api = await startApi(ENVIRONMENT);
  lab = await openLab(api);
  other = await startReplica(api, SECRET, ENVIRONMENT);
});
afterAll(async () => { await other.kill(); await api.stop(); });

const MEETING = `id title state currentItem version minutes presenter { name } viewerCan { hold vote } view { item search section within }
  items { id kind title reason question closedAt running spentSeconds voteCount viewerVote tally { choice count } subject { __typename } addedBy { name } movedBy { name } }
  decisions { id body item replaces recordedBy { name } subject { __typename } } actionItems { id body state dueOn note item owner { name } viewerCanSettle } attendance { person { name } cameAt seenAt }`;

interface Item { readonly id: string; readonly kind: string; readonly title: string; readonly reason: string; readonly running: boolean; readonly closedAt: string | null; readonly voteCount: number; readonly viewerVote: string | null; readonly tally: { choice: string; count: number }[] | null }
interface Meeting {
  readonly id: string; readonly title: string; readonly state: string; readonly currentItem: string | null; readonly minutes: string | null; readonly presenter: { name: string } | null; readonly version: number;
  readonly items: Item[]; readonly decisions: { id: string; body: string }[]; readonly actionItems: { id: string; body: string; state: string }[]; readonly attendance: { person: { name: string } }[];
  readonly view: { item: string | null; search: string; section: number; within: number } | null;
}

const typeOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
/** One mutation with the meeting as it is after it. */
async function act(name: string, input: Record<string, unknown>, as: As = lab.ada): Promise<Meeting> {
  return (await api.ok<Record<string, { meeting: Meeting }>>(`mutation($input: ${typeOf(name)}!) { answer: ${name}(input: $input) { meeting { ${MEETING} } } }`, { input }, as))['answer']?.meeting as Meeting;
}
const refused = (name: string, input: Record<string, unknown>, as: As = lab.ada): Promise<string> => api.refusal(`mutation($input: ${typeOf(name)}!) { ${name}(input: $input) { __typename } }`, { input }, as);
const read = async (id: string, as: As = lab.ada): Promise<Meeting | null> => (await api.ok<{ meeting: Meeting | null }>(`query($id: ID!) { meeting(id: $id) { ${MEETING} } }`, { id }, as)).meeting;

/** A meeting that is held, with topics of these names. */
async function held(topics: readonly string[], more: Record<string, unknown> = {}): Promise<{ readonly id: string; readonly items: readonly string[] }> {
  const { id, items: drafted } = await act('createMeeting', { project: lab.slug, ...more });
  for (const item of drafted) await act('removeAgendaItem', { item: item.id });
  const items: string[] = [];
  for (const title of topics) items.push((await act('addAgendaItem', { meeting: id, title, question: `What about ${title}?` })).items.at(-1)?.id ?? '');
  await act('startMeeting', { meeting: id });
  return { id, items };
}

const personId = async (email: string): Promise<string> => (await api.adapters.prisma.person.findUniqueOrThrow({ where: { email } })).id;

/** Somebody who watches a subscription on one of the servers. */
function watch<Data>(at: Api | Replica, query: string, id: string, as: As) {
  const client = at.socket(as);
  const seen: Data[] = [];
  const errors: unknown[] = [];
  const ended = (async () => {
    for await (const { data, errors: problems } of client.iterate<Data & Record<string, unknown>>({ query, variables: { id } })) {
      if (problems) errors.push(...problems);
      if (data) seen.push(data);
    }
  })().catch((error: unknown) => { errors.push(error); });
  return { seen, errors, ended, last: () => seen.at(-1), leave: async () => { await client.dispose(); } };
}
const UPDATED = `subscription($id: ID!) { meetingUpdated(id: $id) { ${MEETING} } }`;
const VIEW = 'subscription($id: ID!) { meetingView(id: $id) { item search section within } }';

test('the agenda is drafted from the week, with the reasons', async () => {
  const gain = await lab.experiment('warm-up gains');
  const { prisma, ports } = api.adapters;
  const verdict = { id: ports.ids.next('verdict'), experimentId: gain.id, outcome: 'SUPPORTED' as const, metric: 'val_acc', effect: 0.03, ciLow: 0.024, ciHigh: 0.036, pValue: 1e-6, correctedP: 1e-6, baselineRuns: 6, treatmentRuns: 6, method: 't', explanation: 'It rose.', comparisons: [], inputsDigest: 'd', inputsVersion: 1, softwareVersion: '0' };
  await prisma.verdict.create({ data: verdict });
  await prisma.experiment.update({ where: { id: gain.id }, data: { verdictId: verdict.id } });
  const meeting = await act('createMeeting', { project: lab.slug });
  expect(meeting).toMatchObject({ title: 'Weekly review', state: 'DRAFTED', presenter: null, minutes: null, viewerCan: { hold: true, vote: true } });
  expect(meeting.items[0]).toMatchObject({ kind: 'IMPROVEMENT', title: 'warm-up gains', reason: expect.stringMatching(/^Supported: val_acc rose by 0\.030/) as string, subject: { __typename: 'Experiment' }, addedBy: null });
});

test('what guests of a share link say is no interest of the team', async () => {
  const { prisma, ports } = api.adapters;
  const gain = await prisma.experiment.findFirstOrThrow({ where: { name: 'warm-up gains' } });
  const weekOf = async () => {
    const { results } = await ports.store.transaction((tx) => tx.meetings.week(gain.projectId, ports.clock.after(-3_600_000), ports.clock.after(60_000)));
    const { followers, people } = results.find(({ experimentId }) => experimentId === gain.id) ?? {};
    return { followers, people };
  };
  const before = await weekOf();
  const { createShareLink: { url } } = await api.ok<{ createShareLink: { url: string } }>('mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url } }', { input: { subject: gain.id, guestsMayComment: true } }, lab.ada);
  for (const comment of ['Is it real?', 'And with more data?']) {
    expect((await api.fetch(`/api/v1/share/${url.slice(-43)}/comments`, { method: 'POST', as: null, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Dana', comment }) })).status).toBe(201);
  }
  expect(await weekOf()).toEqual(before);
  await api.ok('mutation($subject: ID!) { startThread(input: { subject: $subject, body: "Shall we build on it?" }) { thread { id } } }', { subject: gain.id }, lab.grace);
  expect(await weekOf()).toEqual({ followers: (before.followers ?? 0) + 1, people: (before.people ?? 0) + 1 });
});

test('people order the agenda, add to it and take from it; drafting anew keeps what they touched', async () => {
  const { id } = await act('createMeeting', { project: lab.slug });
  const first = await act('addAgendaItem', { meeting: id, title: 'The new cluster', plannedMinutes: 7 });
  const [topic] = first.items.filter(({ kind }) => kind === 'TOPIC');
  const second = await act('addAgendaItem', { meeting: id, title: 'Holidays' });
  const moved = await act('moveAgendaItem', { item: second.items.at(-1)?.id });
  expect(moved.items[0]).toMatchObject({ title: 'Holidays', movedBy: { name: lab.ada.name } });
  expect((await act('moveAgendaItem', { item: moved.items[0]?.id, after: topic?.id })).items.map(({ title }) => title).slice(-2)).toEqual(['The new cluster', 'Holidays']);
  const again = await act('draftAgenda', { meeting: id });
  expect(again.items.map(({ title }) => title)).toContain('The new cluster');
  expect(again.items.map(({ title }) => title)).toContain('Holidays');
  expect((await act('removeAgendaItem', { item: topic?.id })).items.map(({ title }) => title)).not.toContain('The new cluster');
  expect(await refused('moveAgendaItem', { item: again.items.at(-1)?.id, after: 'agi_none' })).toBe('agenda-item/place');
  expect(await refused('addAgendaItem', { meeting: id, title: ' ' })).toBe('agenda-item/title-empty');
  expect(await refused('addAgendaItem', { meeting: id, title: 'x', subject: 'exp_none' })).toBe('agenda-item/subject');
});

test('a meeting begins once, is held, and ends with its record', async () => {
  const { id, items: [one, two] } = await held(['mixup', 'rotation']);
  expect(await refused('startMeeting', { meeting: id })).toBe('meeting/live');
  expect(await refused('draftAgenda', { meeting: id })).toBe('meeting/started');
  expect(await read(id)).toMatchObject({ state: 'LIVE', currentItem: one, presenter: { name: lab.ada.name }, view: { item: one, search: '', section: 0, within: 0 } });
  await act('castVote', { item: one, choice: 'ADOPT' });
  await act('castVote', { item: one, choice: 'WAIT' }, lab.vera);
  await act('castVote', { item: one, choice: 'ADOPT' }, lab.vera);
  await act('recordDecision', { meeting: id, item: one, body: 'Adopt mixup once it survives 80 epochs.' });
  await act('addActionItem', { meeting: id, item: one, body: 'Finish the 80-epoch pair', owner: await personId(lab.grace.email), dueOn: '2030-05-19' });
  await act('attendMeeting', { meeting: id }, lab.vera);
  await act('presentView', { meeting: id, item: two });
  expect((await read(id))?.items.map(({ running }) => running)).toEqual([false, true]);
  expect((await act('pauseTimer', { meeting: id, paused: true })).items.map(({ running }) => running)).toEqual([false, false]);
  const ended = await act('endMeeting', { meeting: id }, lab.grace);
  expect(ended).toMatchObject({ state: 'ENDED' });
  expect(ended.attendance.map(({ person }) => person.name)).toEqual([lab.ada.name, lab.vera.name]);
  for (const part of [`Present: ${lab.ada.name} (`, `, ${lab.vera.name} (`, '## 1. mixup', 'Votes on “What about mixup?”: adopt 2, wait 0, drop 0.', '**Decided**: Adopt mixup once it survives 80 epochs.', `- Finish the 80-epoch pair: ${lab.grace.name}, due 2030-05-19`]) expect(ended.minutes).toContain(part);
  expect(await api.ok('query($id: ID!) { meeting(id: $id) { minutesNote { title markdown subject { __typename } } notes { totalCount } } }', { id }, lab.vera)).toMatchObject({ meeting: { minutesNote: { title: expect.stringMatching(/^Minutes: Weekly review, /) as string, markdown: expect.stringContaining('Adopt mixup once it survives 80 epochs.') as string, subject: { __typename: 'Meeting' } }, notes: { totalCount: 1 } } });
  for (const [name, input] of [['castVote', { item: one, choice: 'DROP' }], ['recordDecision', { meeting: id, body: 'Too late' }], ['addActionItem', { meeting: id, body: 'Too late' }], ['presentView', { meeting: id, item: one }], ['endMeeting', { meeting: id }], ['addAgendaItem', { meeting: id, title: 'Late' }], ['updateAgendaItem', { item: one, title: 'Otherwise' }], ['updateMeeting', { meeting: id, title: 'Otherwise' }]] as const) {
    expect([name, await refused(name, input)]).toEqual([name, 'meeting/ended']);
  }
});

test('before it begins there is nothing to vote on or to decide', async () => {
  const { id, items } = await act('createMeeting', { project: lab.slug });
  const item = items[0]?.id ?? (await act('addAgendaItem', { meeting: id, title: 'x' })).items[0]?.id;
  expect(await refused('castVote', { item, choice: 'ADOPT' })).toBe('meeting/not-live');
  expect(await refused('recordDecision', { meeting: id, body: 'Early' })).toBe('meeting/not-live');
  expect(await refused('endMeeting', { meeting: id })).toBe('meeting/not-live');
});

test('a vote counts once a person, may be changed until the item is closed, and is there again when it opens', async () => {
  const { items: [item] } = await held(['dropout']);
  await act('castVote', { item, choice: 'ADOPT' });
  await act('castVote', { item, choice: 'DROP' }, lab.grace);
  const { items: [counted] } = await act('castVote', { item, choice: 'WAIT' });
  expect(counted).toMatchObject({ voteCount: 2, viewerVote: 'WAIT', tally: [{ choice: 'ADOPT', count: 0 }, { choice: 'WAIT', count: 1 }, { choice: 'DROP', count: 1 }] });
  await act('updateAgendaItem', { item, closed: true });
  expect(await refused('castVote', { item, choice: 'ADOPT' }, lab.vera)).toBe('agenda-item/closed');
  expect(await refused('updateAgendaItem', { item, question: 'Another one?' })).toBe('agenda-item/voted');
  await act('updateAgendaItem', { item, closed: false });
  expect((await act('castVote', { item, choice: 'ADOPT' }, lab.vera)).items[0]).toMatchObject({ voteCount: 3 });
});

test('votes that are kept back are shown when the item is closed, and one sees one’s own', async () => {
  const { items: [item], id } = await held(['secret'], { votesHidden: true });
  expect((await act('castVote', { item, choice: 'DROP' }, lab.vera)).items[0]).toMatchObject({ voteCount: 1, viewerVote: 'DROP', tally: null });
  expect((await read(id))?.items[0]).toMatchObject({ voteCount: 1, viewerVote: null, tally: null });
  await act('updateAgendaItem', { item, closed: true });
  expect((await read(id))?.items[0]?.tally).toEqual([{ choice: 'ADOPT', count: 0 }, { choice: 'WAIT', count: 0 }, { choice: 'DROP', count: 1 }]);
});

test('going on closes what was talked about, going back or passing by does not, and the end closes the rest', async () => {
  const { items: [one = '', two = '', three = '', four = ''], id } = await held(['one', 'two', 'three', 'four'], { votesHidden: true });
  const closed = (meeting: Meeting | null) => meeting?.items.map(({ closedAt }) => closedAt !== null);
  await act('castVote', { item: one, choice: 'DROP' }, lab.vera);
  expect(closed(await act('presentView', { meeting: id, item: two }))).toEqual([true, false, false, false]);
  expect((await read(id))?.items[0]?.tally).toEqual([{ choice: 'ADOPT', count: 0 }, { choice: 'WAIT', count: 0 }, { choice: 'DROP', count: 1 }]);
  expect(closed(await act('presentView', { meeting: id, item: three }))).toEqual([true, false, false, false]);
  await act('recordDecision', { meeting: id, item: three, body: 'Wait.' });
  await act('updateAgendaItem', { item: one, closed: false });
  expect(closed(await act('presentView', { meeting: id, item: two }))).toEqual([false, false, false, false]);
  await api.adapters.prisma.agendaItem.update({ where: { id: two }, data: { spentMs: 60_000 } });
  expect(closed(await act('presentView', { meeting: id, item: three }))).toEqual([false, true, false, false]);
  expect((await act('endMeeting', { meeting: id })).items.map(({ id: item, closedAt }) => [item, closedAt !== null])).toEqual([[one, true], [two, true], [three, true], [four, false]]);
});

test('a decision is put better by another one, which says so', async () => {
  const { id, items: [item] } = await held(['decided']);
  const { decisions: [first] } = await act('recordDecision', { meeting: id, item, body: 'Wait.' });
  const { decisions } = await act('recordDecision', { meeting: id, body: 'Wait for DIG-46.', replaces: first?.id });
  expect(decisions).toMatchObject([{ body: 'Wait for DIG-46.', replaces: first?.id, item }]);
  expect(await refused('recordDecision', { meeting: id, body: 'Otherwise.', replaces: first?.id })).toBe('decision/replaced');
  expect(await api.adapters.prisma.decision.count({ where: { meetingId: id } })).toBe(2);
});

test('what was decided about an experiment is read at the experiment', async () => {
  const { id: subject, key } = await lab.experiment('decided about');
  const { id } = await held([]);
  await act('recordDecision', { meeting: id, body: 'Make it the baseline.', subject });
  expect(await api.ok('query($key: String!) { experiment(key: $key) { decisions { body meeting { id } } } }', { key }, lab.vera)).toEqual({ experiment: { decisions: [{ body: 'Make it the baseline.', meeting: { id } }] } });
});

test('action items are their owner’s until settled, and open the next agenda until then', async () => {
  const { id } = await held(['follow-ups']);
  const vera = await personId(lab.vera.email);
  const { actionItems: [mine] } = await act('addActionItem', { meeting: id, body: 'Tick the check', owner: vera, dueOn: '2020-01-02' });
  const MINE = '{ viewer { actionItems { id body state dueOn meeting { id } } } }';
  expect(await api.ok(MINE, {}, lab.vera)).toEqual({ viewer: { actionItems: [{ id: mine?.id, body: 'Tick the check', state: 'OPEN', dueOn: '2020-01-02', meeting: { id } }] } });
  const next = await act('createMeeting', { project: lab.slug });
  expect(next.items[0]).toMatchObject({ kind: 'OPEN_ACTIONS', reason: expect.stringMatching(/late/) as string });
  expect(await refused('settleActionItem', { actionItem: mine?.id, state: 'DONE' }, lab.eve)).toBe('action-item/unknown');
  await act('settleActionItem', { actionItem: mine?.id, state: 'DONE', note: 'It was untouched.' }, lab.vera);
  expect(await api.ok(MINE, {}, lab.vera)).toEqual({ viewer: { actionItems: [] } });
  await act('endMeeting', { meeting: id });
  await act('settleActionItem', { actionItem: mine?.id, state: 'OPEN' });
  await act('settleActionItem', { actionItem: mine?.id, state: 'DROPPED', note: 'Not any more.' });
  for (const action of await api.adapters.prisma.actionItem.findMany({ where: { projectId: lab.projectId, state: 'OPEN' } })) await act('settleActionItem', { actionItem: action.id, state: 'DONE' });
  expect((await act('draftAgenda', { meeting: next.id })).items.map(({ kind }) => kind)).not.toContain('OPEN_ACTIONS');
  expect(await refused('addActionItem', { meeting: next.id, body: 'x', dueOn: '2030-02-30' })).toBe('action-item/due');
});

test('only a member’s action item may be settled by somebody else', async () => {
  const { id } = await held(['whose']);
  const { actionItems: [hers] } = await act('addActionItem', { meeting: id, body: 'Hers' });
  expect(await refused('settleActionItem', { actionItem: hers?.id, state: 'DONE' }, lab.vera)).toBe('action-item/not-yours');
  expect((await act('settleActionItem', { actionItem: hers?.id, state: 'DONE' }, lab.grace)).actionItems).toMatchObject([{ state: 'DONE' }]);
  expect(await refused('addActionItem', { meeting: id, body: 'x', owner: await personId(lab.eve.email) })).toBe('action-item/owner');
});

test('one presents, and hands over; somebody who only reads cannot', async () => {
  const { id, items: [, two] } = await held(['a', 'b']);
  expect(await refused('presentView', { meeting: id, item: two }, lab.grace)).toBe('meeting/not-presenter');
  expect(await refused('handOverMeeting', { meeting: id, to: await personId(lab.vera.email) })).toBe('meeting/cannot-present');
  expect((await act('handOverMeeting', { meeting: id, to: await personId(lab.grace.email) })).presenter).toEqual({ name: lab.grace.name });
  expect((await act('presentView', { meeting: id, item: two }, lab.grace)).currentItem).toBe(two);
  expect(await refused('presentView', { meeting: id, item: two })).toBe('meeting/not-presenter');
  // Who presented may have lost their connection: any member takes over.
  expect((await act('handOverMeeting', { meeting: id, to: await personId(lab.ada.email) })).presenter).toEqual({ name: lab.ada.name });
});

test('everybody follows the presenter on every server, and who comes late lands in the right place', async () => {
  const { id, items: [one, two] } = await held(['first', 'second']);
  type Seen = { meetingView: NonNullable<Meeting['view']> };
  const follower = watch<Seen>(other, VIEW, id, lab.vera);
  await expect.poll(() => follower.last()?.meetingView.item).toBe(one);
  await act('presentView', { meeting: id, item: two, search: 'tab=charts&metric=val_acc', section: 2, within: 0.5 });
  const there = { item: two, search: 'tab=charts&metric=val_acc', section: 2, within: 0.5 };
  await expect.poll(() => follower.last()?.meetingView).toEqual(there);
  const late = watch<Seen>(other, VIEW, id, lab.grace);
  await expect.poll(() => late.last()?.meetingView).toEqual(there);
  await Promise.all([follower.leave(), late.leave()]);
});

test('what is presented is a place in Lemma and nothing else', async () => {
  const { id } = await held(['x']);
  for (const search of ['https://evil.example/ x', '"><script>', 'a b', '#x', 'x'.repeat(2001)]) expect([search, await refused('presentView', { meeting: id, search })]).toEqual([search, 'meeting/view']);
  expect(await refused('presentView', { meeting: id, section: -1 })).toBe('meeting/view');
  expect(await refused('presentView', { meeting: id, within: 2 })).toBe('meeting/view');
  expect(await refused('presentView', { meeting: id, item: 'agi_none' })).toBe('agenda-item/unknown');
});

test('votes are seen on every server as they are counted, and nothing is shown to those who lost the right', async () => {
  const { id, items: [item] } = await held(['live']);
  const vera = watch<{ meetingUpdated: Meeting }>(other, UPDATED, id, lab.vera);
  await expect.poll(() => vera.last()?.meetingUpdated.items[0]?.voteCount).toBe(0);
  await act('castVote', { item, choice: 'ADOPT' });
  await expect.poll(() => vera.last()?.meetingUpdated.items[0]?.voteCount).toBe(1);
  const views = watch(other, VIEW, id, lab.vera);
  await expect.poll(() => views.seen.length).toBe(1);
  await api.ok('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { project { id } } }', { input: { project: lab.slug, email: lab.vera.email } }, lab.ada);
  await Promise.all([vera.ended, views.ended]);
  expect(await read(id, lab.vera)).toBeNull();
  await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email: lab.vera.email, role: 'VIEWER' } }, lab.ada);
});

test('a meeting of another project is unknown, at every door', async () => {
  const { id, items: [item] } = await held(['private']);
  expect(await read(id, lab.eve)).toBeNull();
  expect(await api.ok('query($id: ID!) { node(id: $id) { id } }', { id }, lab.eve)).toEqual({ node: null });
  for (const [name, input] of [['startMeeting', { meeting: id }], ['attendMeeting', { meeting: id }], ['endMeeting', { meeting: id }], ['recordDecision', { meeting: id, body: 'x' }]] as const) expect([name, await refused(name, input, lab.eve)]).toEqual([name, 'meeting/unknown']);
  for (const [name, input] of [['castVote', { item, choice: 'ADOPT' }], ['moveAgendaItem', { item }], ['updateAgendaItem', { item }]] as const) expect([name, await refused(name, input, lab.eve)]).toEqual([name, 'agenda-item/unknown']);
  const watcher = watch(api, UPDATED, id, lab.eve);
  await watcher.ended;
  expect(JSON.stringify(watcher.errors)).toContain('meeting/unknown');
  await watcher.leave();
  expect((await api.fetch(`/api/v1/meetings/${id}.ics`, { as: lab.eve })).status).toBe(404);
});

test('the calendar file says when, where and what, and a project’s meetings can be subscribed to', async () => {
  const { id } = await act('createMeeting', { project: lab.slug, title: 'Review, with; marks', scheduledAt: '2030-05-17T10:00:00.000Z', plannedMinutes: 45 });
  const answer = await api.fetch(`/api/v1/meetings/${id}.ics`, { as: lab.vera });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const text = await answer.text();
  for (const line of ['BEGIN:VCALENDAR', 'DTSTART:20300517T100000Z', 'DTEND:20300517T104500Z', String.raw`SUMMARY:Review\, with\; marks`, `UID:${id}`, `/m/${id}`]) expect(text).toContain(line);
  const all = await api.fetch(`/api/v1/projects/${lab.slug}/meetings.ics`, { headers: { authorization: `Basic ${Buffer.from(`vera:${await api.token(lab.vera)}`).toString('base64')}` } });
  expect(await all.text()).toContain(`UID:${id}`);
  expect((await api.fetch(`/api/v1/projects/${lab.slug}/meetings.ics`)).status).toBe(401);
});

test('a server that is killed in the middle of votes loses none that it acknowledged', async () => {
  const { id, items: [item] } = await held(['stormy']);
  const third = await startReplica(api, SECRET, ENVIRONMENT);
  const voters = [lab.ada, lab.grace, lab.vera];
  const acknowledged = new Map<As, string>();
  const CAST = 'mutation($input: CastVoteInput!) { castVote(input: $input) { item { viewerVote } } }';
  const CHOICES = ['ADOPT', 'WAIT', 'DROP'] as const;
  let stopped = false;
  const voting = voters.map(async (as, which) => {
    for (let round = which; !stopped; round += 1) {
      const choice = CHOICES[round % 3] ?? 'ADOPT';
      const answer = await third.gql<{ castVote: { item: { viewerVote: string } } }>(CAST, { input: { item, choice } }, as).catch(() => null);
      if (answer === null) return;
      if (answer.data) acknowledged.set(as, choice);
    }
  });
  await expect.poll(() => api.adapters.prisma.vote.count({ where: { itemId: String(item) } }), { timeout: 30_000 }).toBeGreaterThan(12);
  await third.kill();
  stopped = true;
  await Promise.all(voting);
  expect(acknowledged.size).toBe(3);
  for (const [as, choice] of acknowledged) {
    // One that was under way may have been committed without its answer: then it is the next in turn.
    const counted = (await read(id, as))?.items[0]?.viewerVote;
    expect([choice, CHOICES[(CHOICES.indexOf(choice as 'ADOPT') + 1) % 3]]).toContain(counted);
  }
  expect((await act('castVote', { item, choice: 'WAIT' }, lab.vera)).items[0]).toMatchObject({ voteCount: 3, viewerVote: 'WAIT' });
});

test('ten people who vote in the same instant are ten votes', async () => {
  const { items: [item] } = await held(['crowd']);
  const people = await Promise.all(Array.from({ length: 7 }, (_, at) => api.signUp(`Voter ${lab.slug} ${at}`)));
  for (const { email } of people) await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email, role: 'VIEWER' } }, lab.ada);
  await Promise.all([...people, lab.ada, lab.grace, lab.vera].map((as, at) => act('castVote', { item, choice: at % 2 === 0 ? 'ADOPT' : 'WAIT' }, as)));
  expect((await act('castVote', { item, choice: 'ADOPT' })).items[0]).toMatchObject({ voteCount: 10 });
});
