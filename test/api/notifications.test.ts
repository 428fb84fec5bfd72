import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { smtpMail } from '../../adapters/mail/smtp-mail.ts';
import { httpWebhookPost, signatureOf } from '../../adapters/webhooks/http-webhook-post.ts';
import { gatherPostings } from '../../operations/notifications/gather-postings.ts';
import { sendDeliveries } from '../../operations/notifications/send-deliveries.ts';
import { spreadHappenings } from '../../operations/notifications/spread-happenings.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { clockAhead } from '../support/moved-clock.ts';
import { openPostOffice, type PostOffice } from '../support/post-office.ts';
import { mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

const MINUTE = 60_000;

let api: Api;
let office: PostOffice;
let olga: TestPerson;
let rita: TestPerson;
let mona: TestPerson;
let outi: TestPerson;
const heard: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = [];
let receiverAnswers = 204;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
  request.on('end', () => { heard.push({ headers: request.headers, body }); response.writeHead(receiverAnswers).end(); });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
  office = await openPostOffice();
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [olga, rita, mona, outi] = [await api.signUp('Olga'), await api.signUp('Rita'), await api.signUp('Mona'), await api.signUp('Outi')];
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, olga);
  for (const [person, role] of [[rita, 'REVIEWER'], [mona, 'MEMBER']] as const) await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: 'lab', email: person.email, role } }, olga);
});
afterAll(async () => {
  await api.stop();
  await office.close();
  receiver.close();
});

// The clock of each test begins anew, and with it who was written to when.
beforeEach(() => api.adapters.prisma.mailPace.deleteMany());

/** What workers/notify does in one turn, so many minutes from now. */
async function work(inMinutes = 0): Promise<void> {
  const ports = { ...api.adapters.ports, clock: clockAhead(inMinutes * MINUTE), mail: smtpMail(office.url), webhookPost: httpWebhookPost({ thisMachine: true }) };
  while ((await spreadHappenings(ports)) > 0) { /* until none is left */ }
  while (await gatherPostings(ports, { publicUrl: 'https://lemma.example', mailConfigured: true })) { /* until nobody waits */ }
  while ((await sendDeliveries(ports)) > 0) { /* until nothing is due */ }
}

interface Shown { readonly kind: string; readonly title: string; readonly text: string; readonly path: string; readonly occurrences: number; readonly readAt: string | null }
const told = async (as: As, unread = false): Promise<readonly Shown[]> =>
  (await api.ok<{ viewer: { notifications: { nodes: Shown[] } } }>('query($unread: Boolean) { viewer { notifications(unread: $unread) { nodes { kind title text path occurrences readAt } } } }', { unread }, as)).viewer.notifications.nodes;
const rule = (as: As, input: Record<string, unknown>) => api.ok('mutation($input: SaveNotificationRuleInput!) { saveNotificationRule(input: $input) { viewer { id } } }', { input }, as);
const end = (run: string, status: string) => mlflow(api, mona, ['POST', 'runs/update'], { run_id: run, status, end_time: 1_700_000_000_000 });
const facts = async (run: string) => {
  const { experiment: { id: experimentId, project } } = (await api.ok<{ run: { experiment: { id: string; project: { id: string } } } }>('query($run: ID!) { run(id: $run) { experiment { id project { id } } } }', { run }, mona)).run;
  return { experimentId, projectId: project.id };
};
const lettersTo = (person: TestPerson) => office.letters.filter(({ to }) => to === person.email);

describe('runs that end', () => {
  it('a sweep of five hundred is one message, told when the last has ended; the first failure is told at once', async () => {
    const experiment = await trackedExperiment(api, mona, 'lab/sweep');
    await rule(mona, { kind: 'RUN_FINISHED', reach: 'MINE', mail: 'AT_ONCE' });
    const runs: string[] = [];
    for (let n = 0; n < 6; n += 1) runs.push(await trackedRun(api, mona, { experiment }));
    await end(runs[0] ?? '', 'FAILED');
    await end(runs[1] ?? '', 'FINISHED');
    await work();
    await work(2);
    expect(lettersTo(mona).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Run .+ of LAB-1 “sweep” failed$/)]);
    for (const run of runs.slice(2, -1)) await end(run, 'FINISHED');
    const { experimentId, projectId } = await facts(runs[0] ?? '');
    // As the status of a run that ended writes it, without the five requests a run that make one.
    await api.adapters.ports.store.transaction(async (tx) => { for (let n = 0; n < 494; n += 1) await tx.happenings.add({ kind: 'RUN_FINISHED', projectId, experimentId, subjectId: `run-${n}`, actorId: null }); });
    await work(10);
    await work(20);
    expect(lettersTo(mona)).toHaveLength(1);
    await end(runs.at(-1) ?? '', 'FINISHED');
    await work(30);
    await work(40);
    await work(600);
    expect(lettersTo(mona)).toHaveLength(2);
    expect(lettersTo(mona)[1]).toMatchObject({ subject: '499 runs of LAB-1 “sweep” finished', from: 'lemma@example.org' });
    expect(lettersTo(mona)[1]?.text).toContain('https://lemma.example/e/LAB-1');
    expect((await told(mona)).map(({ title }) => title)).toEqual(expect.arrayContaining(['499 runs of LAB-1 “sweep” finished']));
    expect(await told(rita)).toEqual([]);
    expect(await told(outi)).toEqual([]);
  });

  it('what failed after the first letter is told in one more, once the sweep is quiet', async () => {
    const experiment = await trackedExperiment(api, mona, 'lab/failing');
    const runs: string[] = [];
    for (let n = 0; n < 5; n += 1) runs.push(await trackedRun(api, mona, { experiment }));
    const letters = () => lettersTo(mona).map(({ subject }) => subject).filter((subject) => subject.includes('“failing”'));
    await end(runs[0] ?? '', 'FAILED');
    await work();
    await work(2);
    for (const run of runs.slice(1, -1)) { await end(run, 'FAILED'); await work(2); }
    await work(20);
    expect(letters()).toHaveLength(1);
    await end(runs.at(-1) ?? '', 'FAILED');
    await work();
    await work(30);
    await work(60);
    await work(600);
    expect(letters()).toEqual([expect.stringMatching(/^Run .+ failed$/), expect.stringMatching(/^4 more runs of LAB-\d+ “failing” failed, 5 in all$/)]);
  });

  it('failures in many experiments are few letters, and each is told once', async () => {
    const first = await facts(await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/storm-0') }));
    const experiments = [first];
    for (let n = 1; n < 12; n += 1) experiments.push(await facts(await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, `lab/storm-${n}`) })));
    const before = lettersTo(mona).length;
    // One every six seconds, from ten hours on: long after what was told before.
    for (const [n, { projectId, experimentId }] of experiments.entries()) {
      await api.adapters.ports.store.transaction((tx) => tx.happenings.add({ kind: 'RUN_FAILED', projectId, experimentId, subjectId: `storm-${n}`, actorId: null }));
      await work(600 + n / 10);
    }
    for (let minute = 601.1; minute < 604; minute += 0.1) await work(minute);
    const letters = lettersTo(mona).slice(before);
    expect(letters).toHaveLength(2);
    for (let n = 0; n < 12; n += 1) expect(letters.filter(({ text }) => text.includes(`“storm-${n}”`)), `storm-${n}`).toHaveLength(1);
  });

  it('what was read before it is due is not mailed', async () => {
    const run = await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/read-before') });
    const before = office.letters.length;
    await end(run, 'FAILED');
    await work();
    expect((await told(mona, true)).some(({ kind, title }) => kind === 'RUN_FAILED' && title.includes('read-before'))).toBe(true);
    await api.ok('mutation { markNotificationsRead(input: {}) { viewer { unreadNotifications } } }', {}, mona);
    expect(await told(mona, true)).toEqual([]);
    await work(2);
    expect(office.letters).toHaveLength(before);
  });
});

describe('who is told', () => {
  it('a reviewer hears of a request at once and live, and nobody of what they did themselves', async () => {
    const events = api.subscribe<{ notificationsUpdated: { unreadNotifications: number } }>('subscription { notificationsUpdated { unreadNotifications } }', {}, rita);
    expect((await events.next()).value).toEqual({ notificationsUpdated: { unreadNotifications: 0 } });
    const { proposeHypothesis } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "lab", statement: "mixup helps", metric: "acc", direction: INCREASE }) { hypothesis { id } } }', {}, mona);
    const { createExperiment } = await api.ok<{ createExperiment: { experiment: { key: string } } }>('mutation($h: ID!) { createExperiment(input: { project: "lab", name: "mixup", hypothesis: $h }) { experiment { key } } }', { h: proposeHypothesis.hypothesis.id }, mona);
    await api.ok('mutation($input: RequestReviewInput!) { requestReview(input: $input) { experiment { id } } }', { input: { experiment: createExperiment.experiment.key, reviewers: [rita.email] } }, mona);
    await work();
    expect((await events.next()).value).toEqual({ notificationsUpdated: { unreadNotifications: 1 } });
    await events.return?.();
    expect(await told(rita)).toEqual([expect.objectContaining({ kind: 'REVIEW_REQUESTED', title: `Mona asks you to review ${createExperiment.experiment.key} “mixup”`, path: `/e/${createExperiment.experiment.key}` })]);
    await work(2);
    expect(lettersTo(rita)).toHaveLength(1);
    await api.ok('mutation($key: String!) { submitReview(input: { experiment: $key, decision: REQUEST_CHANGES, body: "More seeds." }) { experiment { id } } }', { key: createExperiment.experiment.key }, rita);
    await work();
    expect((await told(mona, true)).map(({ title, text }) => [title, text])).toContainEqual([`Rita asked for changes of ${createExperiment.experiment.key} “mixup”`, 'More seeds.']);
    expect((await told(rita)).map(({ kind }) => kind)).toEqual(['REVIEW_REQUESTED']);
  });

  it('who is mentioned hears of that, who follows a thread hears of comments, and who muted it of neither', async () => {
    const { createExperiment: { experiment } } = await api.ok<{ createExperiment: { experiment: { id: string; key: string } } }>(`mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { id key } } }`, { input: { project: 'lab', name: 'talked about', hypothesis: (await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "lab", statement: "talk helps" }) { hypothesis { id } } }', {}, mona)).proposeHypothesis.hypothesis.id } }, mona);
    const idOf = async (as: As) => (await api.ok<{ viewer: { person: { id: string } } }>('{ viewer { person { id } } }', {}, as)).viewer.person.id;
    await api.ok('mutation { markNotificationsRead(input: {}) { viewer { id } } }', {}, rita);
    await api.ok('mutation { markNotificationsRead(input: {}) { viewer { id } } }', {}, mona);
    const { startThread: { thread } } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($input: StartThreadInput!) { startThread(input: $input) { thread { id } } }', { input: { subject: experiment.id, body: `Look, [@Rita](lemma:person/${await idOf(rita)}) and [@Outi](lemma:person/${await idOf(outi)})` } }, olga);
    await work();
    expect((await told(rita, true)).map(({ kind, title, text }) => [kind, title, text])).toEqual([['MENTIONED', `Olga mentioned you in ${experiment.key} “talked about”`, 'Look, @Rita and @Outi']]);
    expect((await told(rita, true))[0]?.path).toMatch(new RegExp(`^/e/${experiment.key}\\?tab=discussion#comment-com_`));
    expect((await told(mona, true)).map(({ kind }) => kind)).toEqual(['REPLIED']);
    expect(await told(outi, true)).toEqual([]);
    await api.ok('mutation($id: ID!) { reply(input: { thread: $id, body: "I see." }) { thread { id } } }', { id: thread.id }, rita);
    await work();
    expect((await told(mona, true)).map(({ title, occurrences }) => [title, occurrences])).toEqual([[`2 new comments in ${experiment.key} “talked about”`, 2]]);
    expect((await told(olga, true)).map(({ title }) => title)).toEqual([`Rita answered in ${experiment.key} “talked about”`]);
    expect((await told(rita, true)).map(({ kind }) => kind)).toEqual(['MENTIONED']);
  });

  it('the right to see is asked again before mail leaves', async () => {
    await rule(rita, { kind: 'RUN_FAILED', reach: 'ALL', mail: 'AT_ONCE' });
    const run = await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/secret') });
    const before = lettersTo(rita).length;
    await end(run, 'FAILED');
    await work();
    expect((await told(rita, true)).some(({ title }) => title.includes('secret'))).toBe(true);
    const events = api.subscribe<{ notificationsUpdated: { unreadNotifications: number } }>('subscription { notificationsUpdated { unreadNotifications } }', {}, rita);
    expect((await events.next()).value?.notificationsUpdated.unreadNotifications).toBeGreaterThan(0);
    await api.ok('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { __typename } }', { input: { project: 'lab', email: rita.email } }, olga);
    expect((await events.next()).value).toEqual({ notificationsUpdated: { unreadNotifications: 0 } });
    await events.return?.();
    expect((await told(rita)).filter(({ title }) => title.includes('secret'))).toEqual([]);
    await work(2);
    expect(lettersTo(rita)).toHaveLength(before);
    await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: 'lab', email: rita.email, role: 'REVIEWER' } }, olga);
  });

  it('rules say what holds, are kept, and are one’s own', async () => {
    const rules = async (as: As) => (await api.ok<{ viewer: { notificationRules: { kind: string; reach: string; mail: string; chosen: boolean; project: { slug: string } | null }[] } }>('{ viewer { notificationRules { kind reach mail chosen project { slug } } } }', {}, as)).viewer.notificationRules;
    await rule(olga, { kind: 'NEW_BEST', reach: 'NONE', mail: 'NONE', project: 'lab' });
    expect(await rules(olga)).toContainEqual({ kind: 'NEW_BEST', reach: 'NONE', mail: 'NONE', chosen: true, project: { slug: 'lab' } });
    expect(await rules(olga)).toContainEqual({ kind: 'NEW_BEST', reach: 'ALL', mail: 'DIGEST', chosen: false, project: null });
    expect((await rules(outi)).every(({ chosen }) => !chosen)).toBe(true);
    expect(await api.refusal('mutation { saveNotificationRule(input: { kind: NEW_BEST, reach: ALL, mail: NONE, project: "lab" }) { viewer { id } } }', {}, outi)).toBe('project/unknown');
    expect(await api.refusal('mutation { saveNotificationHours(input: { timeZone: "Mars/Olympus", digestAt: 480 }) { viewer { id } } }', {}, olga)).toBe('notification/time-zone');
    await api.ok('mutation { forgetNotificationRules(input: { project: "lab" }) { viewer { id } } }', {}, olga);
    expect((await rules(olga)).filter(({ project }) => project !== null)).toEqual([]);
  });
});

describe('mail that cannot be delivered', () => {
  it('is tried again later, as the same letter', async () => {
    const run = await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/again') });
    await end(run, 'FAILED');
    await work();
    office.refusing = true;
    const before = lettersTo(mona).length;
    await work(2);
    expect(lettersTo(mona)).toHaveLength(before);
    office.refusing = false;
    await work(2);
    expect(lettersTo(mona)).toHaveLength(before);
    await work(5);
    expect(lettersTo(mona).slice(before).map(({ subject, messageId }) => [subject.includes('again'), messageId])).toEqual([[true, expect.stringMatching(/^<dlv_\w+@lemma>$/)]]);
    // Within the hour the digest may be due too, by the time of day.
    await work(60);
    const [again] = lettersTo(mona).slice(before);
    expect(lettersTo(mona).filter(({ messageId }) => messageId === again?.messageId)).toHaveLength(1);
  });
});

describe('webhooks', () => {
  const at = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  // This machine is no address that others may give; its receiver is put there beside the door.
  const create = async (input: Record<string, unknown>) => {
    const made = await createAt(input);
    await api.adapters.prisma.webhook.update({ where: { id: made.createWebhook.webhook.id }, data: { url: at() } });
    return made;
  };
  const createAt = (input: Record<string, unknown>) => api.ok<{ createWebhook: { secret: string | null; webhook: { id: string } } }>('mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { id } } }', { input: { project: 'lab', name: 'ops', url: 'https://chat.example/hook', kinds: ['RUN_FAILED'], ...input } }, olga);

  it('a generic receiver checks the signature; a failed attempt is logged and repeated under the same id', async () => {
    const { createWebhook: { secret, webhook } } = await create({ format: 'GENERIC' });
    const run = await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/hooked') });
    await end(run, 'FAILED');
    await work();
    receiverAnswers = 500;
    await work(1);
    const log = async () => (await api.ok<{ project: { webhooks: { id: string; deliveries: { state: string; attempts: number; problem: string | null }[] }[] } }>('{ project(slug: "lab") { webhooks { id deliveries { state attempts problem } } } }', {}, olga)).project.webhooks.find(({ id }) => id === webhook.id)?.deliveries;
    expect(await log()).toEqual([{ state: 'WAITING', attempts: 1, problem: 'the receiver answered 500' }]);
    receiverAnswers = 204;
    await work(5);
    expect(await log()).toEqual([{ state: 'SENT', attempts: 2, problem: null }]);
    const [first, second] = heard.slice(-2);
    const id = String(second?.headers['webhook-id']);
    expect(first?.headers['webhook-id']).toBe(id);
    expect(second?.headers['webhook-signature']).toBe(signatureOf(secret ?? '', { id, atSeconds: Number(second?.headers['webhook-timestamp']), body: second?.body ?? '' }));
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ id, notifications: [{ kind: 'RUN_FAILED', project: 'lab', title: expect.stringContaining('hooked'), url: expect.stringContaining('https://lemma.example/e/LAB-') }] });
  });

  it('a sweep of five hundred that ends within minutes is one post, with what failed in it; a run that fails alone is posted within half a minute', async () => {
    const { createWebhook: { webhook } } = await create({ format: 'SLACK', kinds: ['RUN_FINISHED', 'RUN_FAILED'] });
    const posts = async () => (await api.adapters.prisma.delivery.findMany({ where: { webhookId: webhook.id }, orderBy: { createdAt: 'asc' } })).map(({ message }) => (JSON.parse((message as { body: string }).body) as { text: string }).text);
    const { experimentId, projectId } = await facts(await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/short-trials') }));
    await api.adapters.prisma.run.updateMany({ where: { experimentId }, data: { status: 'FINISHED' } });
    const beganMs = Date.now();
    /** Runs end, so many seconds from now, and the worker looks. */
    const after = async (second: number, ends: Partial<Record<'RUN_FINISHED' | 'RUN_FAILED', number>> = {}) => {
      for (const [kind, runs] of Object.entries(ends)) {
        const rows = Array.from({ length: runs }, (_, n) => ({ id: `hap_short_${kind}_${second}_${n}`, kind, projectId, experimentId, subjectId: `short-${n}`, at: new Date(beganMs + second * 1000) }));
        await api.adapters.prisma.happening.createMany({ data: rows });
      }
      await work(second / 60);
    };
    // None is going at the moments in which the worker looks: each trial is short, and one follows the other.
    for (let second = 0; second < 150; second += 5) await after(second, { RUN_FINISHED: 16, ...(second === 60 ? { RUN_FAILED: 20 } : {}) });
    expect(await posts()).toEqual([]);
    for (let second = 150; second < 900; second += 5) await after(second);
    expect(await posts()).toEqual([expect.stringMatching(/480 runs of LAB-\d+ “short-trials” finished[^]*20 runs of LAB-\d+ “short-trials” failed/)]);

    const alone = await facts(await trackedRun(api, mona, { experiment: await trackedExperiment(api, mona, 'lab/alone') }));
    await api.adapters.prisma.happening.create({ data: { id: 'hap_alone', kind: 'RUN_FAILED', ...alone, subjectId: 'alone', at: new Date(beganMs + 900_000) } });
    await work(15);
    await work(15 + 32 / 60);
    expect((await posts()).slice(1)).toEqual([expect.stringContaining('“alone” failed')]);
  });

  it('a chat is told in its own form, with nothing that its markup could follow', async () => {
    const [slack, teams] = [(await create({ format: 'SLACK', kinds: ['NOTEWORTHY'] })).createWebhook, (await create({ format: 'TEAMS', kinds: ['NOTEWORTHY'] })).createWebhook];
    expect(slack.secret).toBeNull();
    for (const { webhook } of [slack, teams]) await api.ok('mutation($id: ID!) { tryWebhook(input: { webhook: $id }) { webhook { id } } }', { id: webhook.id }, olga);
    await work();
    const bodies = heard.slice(-2).map(({ body }) => JSON.parse(body) as { text?: string; attachments?: { contentType: string }[] });
    expect(bodies.map(({ text, attachments }) => text ?? attachments?.[0]?.contentType)).toEqual(expect.arrayContaining([expect.stringMatching(/^<http.+\/p\/lab\|Lemma will tell of “Lab” here>/), 'application/vnd.microsoft.card.adaptive']));
  });

  it('a name that leads where nothing is posted is given up at the first attempt', async () => {
    const { createWebhook: { webhook } } = await create({ format: 'SLACK' });
    await api.adapters.prisma.webhook.update({ where: { id: webhook.id }, data: { url: 'http://169.254.169.254/' } });
    await api.ok('mutation($id: ID!) { tryWebhook(input: { webhook: $id }) { webhook { id } } }', { id: webhook.id }, olga);
    await work();
    expect(await api.adapters.prisma.delivery.findMany({ where: { webhookId: webhook.id }, select: { state: true, attempts: true, lastProblem: true } })).toEqual([{ state: 'GIVEN_UP', attempts: 1, lastProblem: expect.stringContaining('does not post to') as string }]);
  });

  it('maintainers alone make, see and try them, and bad ones are refused with what to do', async () => {
    const attempt = (input: Record<string, unknown>, as: As) => api.refusal('mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }', { input: { project: 'lab', name: 'ops', format: 'SLACK', url: 'https://chat.example/hook', kinds: ['RUN_FAILED'], ...input } }, as);
    expect(await attempt({}, mona)).toBe('access/role-too-weak');
    expect(await attempt({}, outi)).toBe('project/unknown');
    expect(await attempt({ url: 'file:///etc/passwd' }, olga)).toBe('webhook/url');
    expect(await attempt({ url: 'https://me:secret@example.org/' }, olga)).toBe('webhook/url');
    for (const url of ['http://127.0.0.1:9/', 'http://0x7f.1/', 'http://localhost/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://169.254.169.254/latest', 'http://[fe80::1]/', 'http://0.0.0.0/']) expect([url, await attempt({ url }, olga)]).toEqual([url, 'webhook/address']);
    expect(await attempt({ kinds: [] }, olga)).toBe('webhook/kinds');
    expect(await attempt({ kinds: ['MENTIONED'] }, olga)).toBe('webhook/kinds');
    const { createWebhook: { webhook } } = await create({ format: 'SLACK' });
    const asMona = await api.ok<{ project: { webhooks: unknown[] } }>('{ project(slug: "lab") { webhooks { id url } } }', {}, mona);
    expect(asMona.project.webhooks).toEqual([]);
    expect(await api.refusal('mutation($id: ID!) { deleteWebhook(input: { webhook: $id }) { webhook { id } } }', { id: webhook.id }, outi)).toBe('webhook/unknown');
    await api.ok('mutation($id: ID!) { setWebhookEnabled(input: { webhook: $id, enabled: false }) { webhook { disabledAt } } }', { id: webhook.id }, olga);
    await api.ok('mutation($id: ID!) { deleteWebhook(input: { webhook: $id }) { webhook { id } } }', { id: webhook.id }, olga);
  });
});
