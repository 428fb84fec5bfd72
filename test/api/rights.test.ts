import { create } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROLES, type ProjectRole } from '../../domain/access/viewer.ts';
import { LogLinesRequestSchema, LogMetricsRequestSchema, LogSystemSamplesRequestSchema, type Ingest } from '../../generated/proto/lemma/v1/ingest_pb.js';
import { schema } from '../../server/schema/schema.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { passageOf } from '../support/passage-in.ts';
import { grpcClient, type CallOutcome, type GrpcClient, type GrpcStream } from '../support/grpc-client.ts';

/** Who may at least: a role in the project, an owner of the organization, anybody with an account, only who made the thing, an owner of the organization while others cannot even see it, or one person (here the member) for whom alone it exists. */
type Weakest = ProjectRole | 'ORGANIZATION_OWNER' | 'ANYONE' | 'AUTHOR' | 'HIDDEN' | 'ITS_PERSON';
interface Case {
  readonly weakest: Weakest;
  /** A fresh input for one attempt, on things of the restricted project `lab`. */
  readonly input?: (caller: Caller) => Promise<Record<string, unknown>> | Record<string, unknown>;
}
interface Caller { readonly role: ProjectRole | 'OUTSIDER' | 'ORGANIZATION_OWNER'; readonly as: TestPerson }

let api: Api;
let callers: readonly Caller[];
let olga: TestPerson;
let extra: string;
let count = 0;

const unique = (): string => `n${(count += 1)}`;
const callerOf = (role: Caller['role']): TestPerson => callers.find((each) => each.role === role)?.as ?? olga;

async function made<Answer>(mutation: string, input: Record<string, unknown>, selection: string, as: As = olga): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return (await api.ok<Record<string, Answer>>(`mutation($input: ${type}!) { answer: ${mutation}(input: $input) { ${selection} } }`, { input }, as))['answer'] as Answer;
}

const hypothesis = async (statement = 'Mixing images raises accuracy.'): Promise<string> => (await made<{ hypothesis: { id: string } }>('proposeHypothesis', { project: 'lab', statement, metric: 'acc', direction: 'INCREASE' }, 'hypothesis { id }')).hypothesis.id;
const experiment = async (as: As = olga): Promise<{ key: string; id: string }> => (await made<{ experiment: { key: string; id: string } }>('createExperiment', { project: 'lab', name: unique(), hypothesis: await hypothesis() }, 'experiment { key id }', as)).experiment;

async function run(): Promise<{ readonly run: string; readonly variant: string; readonly key: string }> {
  const { id: experimentId, key } = await experiment();
  const { prisma, ports } = api.adapters;
  const variant = ports.ids.next('variant');
  await prisma.variant.create({ data: { id: variant, experimentId, fingerprint: unique(), label: 'plain', params: [] } });
  const id = ports.ids.run();
  await prisma.run.create({ data: { id, experimentId, variantId: variant, name: 'run', status: 'FINISHED', startedAt: new Date(0), endedAt: new Date(1) } });
  return { run: id, variant, key };
}

const thread = async (as: As = olga): Promise<{ id: string; comments: { id: string }[] }> => {
  const { id } = await experiment();
  return (await made<{ thread: { id: string; comments: { id: string }[] } }>('startThread', { subject: id, body: 'Why?' }, 'thread { id comments { id } }', as)).thread;
};
const shareLink = async (): Promise<string> => (await made<{ shareLink: { id: string } }>('createShareLink', { subject: (await experiment()).id }, 'shareLink { id }')).shareLink.id;

const newWebhook = () => ({ project: 'lab', name: unique(), format: 'SLACK', url: 'https://example.org/hook', kinds: ['RUN_FAILED'] });
/** One alone: a project has few. */
async function webhook(): Promise<string> {
  await api.adapters.prisma.webhook.deleteMany();
  return (await made<{ webhook: { id: string } }>('createWebhook', newWebhook(), 'webhook { id }')).webhook.id;
}
/** One alone: a project has few. */
async function dashboard(): Promise<string> {
  await api.adapters.prisma.dashboard.deleteMany();
  return (await made<{ dashboard: { id: string } }>('saveDashboard', { project: 'lab', name: unique(), panels: [] }, 'dashboard { id }')).dashboard.id;
}
const note = async (): Promise<string> => (await made<{ note: { id: string } }>('createNote', { subject: (await experiment()).id, title: 'Plan', markdown: 'Here is the passage.' }, 'note { id }')).note.id;
const personId = async ({ email }: TestPerson): Promise<string> => (await api.adapters.prisma.person.findUniqueOrThrow({ where: { email } })).id;
const meeting = async (): Promise<string> => (await made<{ meeting: { id: string } }>('createMeeting', { project: 'lab' }, 'meeting { id }')).meeting.id;
const topic = async (id: string): Promise<string> => (await made<{ item: { id: string } }>('addAgendaItem', { meeting: id, title: 'A topic' }, 'item { id }')).item.id;
/** An item of a meeting that is held. */
async function liveItem(): Promise<{ readonly meeting: string; readonly item: string }> {
  const id = await meeting();
  const item = await topic(id);
  await made('startMeeting', { meeting: id }, 'meeting { id }');
  return { meeting: id, item };
}
const withEvidence = async (): Promise<string> => {
  const { key, id } = await experiment();
  await api.adapters.prisma.experiment.update({ where: { id }, data: { evidenceDigest: 'digest' } });
  return key;
};
const decidedReview = async (): Promise<string> => (await made<{ review: { id: string } }>('submitReview', { experiment: (await experiment()).key, decision: 'COMMENT', body: 'Looks fair.' }, 'review { id }')).review.id;

const membersSearch = async (): Promise<string> => (await made<{ savedSearch: { id: string } }>('saveSearch', { name: unique(), state: 'q=mixup' }, 'savedSearch { id }', callerOf('MEMBER'))).savedSearch.id;

const CASES: Readonly<Record<string, Case>> = {
  createProject: { weakest: 'ANYONE', input: () => ({ slug: unique(), name: 'New' }) },
  updateProject: { weakest: 'MAINTAINER', input: () => ({ project: 'lab', name: 'Lab' }) },
  addMember: { weakest: 'OWNER', input: () => ({ project: 'lab', email: 'extra@example.org', role: 'MEMBER' }) },
  removeMember: { weakest: 'OWNER', input: async () => {
    await made('addMember', { project: 'lab', email: 'extra@example.org', role: 'MEMBER' }, 'member { role }');
    return { project: 'lab', email: 'extra@example.org' };
  } },
  invitePerson: { weakest: 'OWNER', input: () => ({ project: 'lab', email: `${unique()}@example.org`, role: 'VIEWER' }) },
  withdrawInvitation: { weakest: 'HIDDEN', input: async () => ({ invitation: (await made<{ invitation: { id: string } }>('invitePerson', { email: `${unique()}@example.org` }, 'invitation { id }')).invitation.id }) },
  disablePerson: { weakest: 'ORGANIZATION_OWNER', input: async () => ({ person: extra }) },
  enablePerson: { weakest: 'ORGANIZATION_OWNER', input: async () => ({ person: extra }) },
  createToken: { weakest: 'ANYONE', input: () => ({ name: 'laptop' }) },
  revokeToken: { weakest: 'ANYONE', input: async ({ as }) => ({ token: (await made<{ token: { id: string } }>('createToken', { name: 'x' }, 'token { id }', as)).token.id }) },
  resetPassword: { weakest: 'ORGANIZATION_OWNER', input: () => ({ email: 'extra@example.org' }) },
  proposeHypothesis: { weakest: 'MEMBER', input: () => ({ project: 'lab', statement: 'Warm-up helps.' }) },
  updateHypothesis: { weakest: 'MEMBER', input: async () => ({ hypothesis: await hypothesis(), because: 'of the theory' }) },
  createExperiment: { weakest: 'MEMBER', input: async () => ({ project: 'lab', name: unique(), hypothesis: await hypothesis() }) },
  updateExperiment: { weakest: 'MEMBER', input: async () => ({ experiment: (await experiment()).key, description: 'More.' }) },
  moveExperiment: { weakest: 'MAINTAINER', input: async () => ({ experiment: (await experiment()).key, project: 'sandbox' }) },
  setHypothesis: { weakest: 'MEMBER', input: async () => ({ experiment: (await experiment()).key, hypothesis: await hypothesis() }) },
  chooseBaseline: { weakest: 'MEMBER', input: async () => { const { key, variant } = await run(); return { experiment: key, variant }; } },
  excludeRun: { weakest: 'MEMBER', input: async () => ({ run: (await run()).run, reason: 'the disk was full' }) },
  includeRun: { weakest: 'MEMBER', input: async () => {
    const { run: id } = await run();
    await made('excludeRun', { run: id, reason: 'the disk was full' }, 'run { id }');
    return { run: id };
  } },
  updateRun: { weakest: 'MEMBER', input: async () => ({ run: (await run()).run, name: 'renamed' }) },
  moveRun: { weakest: 'MEMBER', input: async () => ({ run: (await run()).run, experiment: (await experiment()).key }) },
  startThread: { weakest: 'VIEWER', input: async () => ({ subject: (await experiment()).id, body: 'Why?' }) },
  reply: { weakest: 'VIEWER', input: async () => ({ thread: (await thread()).id, body: 'Because.' }) },
  resolveThread: { weakest: 'MEMBER', input: async () => ({ thread: (await thread()).id, resolved: true }) },
  deleteComment: { weakest: 'MAINTAINER', input: async () => ({ comment: (await thread()).comments[0]?.id }) },
  react: { weakest: 'VIEWER', input: async () => ({ comment: (await thread()).comments[0]?.id, reaction: 'AGREE' }) },
  followThread: { weakest: 'VIEWER', input: async () => ({ thread: (await thread()).id, following: 'MUTED' }) },
  followPassage: {
    weakest: 'MEMBER',
    input: async () => {
      const subject = await note();
      const anchor = await passageOf(api, subject, 'the passage', olga);
      const { thread: { id } } = await made<{ thread: { id: string } }>('startThread', { subject, anchor, body: 'Why?' }, 'thread { id }');
      return { thread: id, from: anchor.from, to: anchor.to };
    },
  },
  markRead: { weakest: 'VIEWER', input: async () => { const { id, comments } = await thread(); return { thread: id, comment: comments[0]?.id }; } },
  markAllRead: { weakest: 'VIEWER', input: async () => ({ subject: (await experiment()).id }) },
  tellTyping: { weakest: 'VIEWER', input: async () => ({ thread: (await thread()).id }) },
  editComment: { weakest: 'AUTHOR', input: async () => ({ comment: (await thread()).comments[0]?.id, body: 'Better said.' }) },
  requestReview: { weakest: 'MEMBER', input: async ({ role }) => ({ experiment: (await experiment()).key, reviewers: [callerOf(role === 'REVIEWER' ? 'MAINTAINER' : 'REVIEWER').email] }) },
  submitReview: { weakest: 'REVIEWER', input: async () => ({ experiment: (await experiment()).key, decision: 'COMMENT', body: 'Looks fair.' }) },
  dismissReview: { weakest: 'MAINTAINER', input: async () => ({ review: await decidedReview(), reason: 'Wrong split.' }) },
  tickCheck: { weakest: 'MEMBER', input: async () => ({ experiment: await withEvidence(), check: 'plausible', good: true }) },
  lookAtEvidence: { weakest: 'VIEWER', input: async () => ({ experiment: await withEvidence(), evidenceDigest: 'digest' }) },
  setDuplicatePolicy: { weakest: 'MAINTAINER', input: () => ({ project: 'lab', policy: 'WARN' }) },
  setChangesPolicy: { weakest: 'MAINTAINER', input: () => ({ project: 'lab', policy: 'WARN' }) },
  recordDuplicateReason: { weakest: 'MEMBER', input: async () => ({ run: (await run()).run, replication: true }) },
  setFileRule: { weakest: 'MAINTAINER', input: () => ({ project: 'lab', days: 90 }) },
  setReviewPolicy: { weakest: 'MAINTAINER', input: () => ({ project: 'lab', approvals: 1 }) },
  describeData: { weakest: 'MEMBER', input: () => ({ project: 'lab', name: 'digits' }) },
  saveTeam: { weakest: 'ORGANIZATION_OWNER', input: () => ({ name: unique(), members: [] }) },
  deleteTeam: { weakest: 'ORGANIZATION_OWNER', input: async () => ({ team: (await made<{ team: { id: string } }>('saveTeam', { name: unique(), members: [] }, 'team { id }')).team.id }) },
  createShareLink: { weakest: 'MEMBER', input: async () => ({ subject: (await experiment()).id }) },
  revokeShareLink: { weakest: 'MEMBER', input: async () => ({ shareLink: await shareLink() }) },
  createNote: { weakest: 'MEMBER', input: async () => ({ subject: (await experiment()).id, title: 'Plan' }) },
  renameNote: { weakest: 'MEMBER', input: async () => ({ note: await note(), title: unique() }) },
  deleteNote: { weakest: 'MEMBER', input: async () => ({ note: await note() }) },
  keepNoteVersion: { weakest: 'MEMBER', input: async () => ({ note: await note(), name: 'final' }) },
  restoreNoteVersion: { weakest: 'MEMBER', input: async () => {
    const id = await note();
    return { note: id, version: (await made<{ version: { id: string } }>('keepNoteVersion', { note: id, name: 'first' }, 'version { id }')).version.id };
  } },
  createWebhook: { weakest: 'MAINTAINER', input: newWebhook },
  setWebhookEnabled: { weakest: 'MAINTAINER', input: async () => ({ webhook: await webhook(), enabled: false }) },
  tryWebhook: { weakest: 'MAINTAINER', input: async () => ({ webhook: await webhook() }) },
  deleteWebhook: { weakest: 'MAINTAINER', input: async () => ({ webhook: await webhook() }) },
  saveNotificationRule: { weakest: 'VIEWER', input: () => ({ project: 'lab', kind: 'NEW_BEST', reach: 'NONE', mail: 'NONE' }) },
  forgetNotificationRules: { weakest: 'VIEWER', input: () => ({ project: 'lab' }) },
  saveNotificationHours: { weakest: 'ANYONE', input: () => ({ timeZone: 'UTC', digestAt: 480 }) },
  markNotificationsRead: { weakest: 'ANYONE', input: () => ({}) },
  lookAtHome: { weakest: 'ANYONE', input: () => ({}) },
  saveView: { weakest: 'MEMBER', input: () => ({ project: 'lab', name: unique(), state: 'sort=-m%3Aacc' }) },
  updateView: { weakest: 'MEMBER', input: async () => ({ savedView: (await made<{ savedView: { id: string } }>('saveView', { project: 'lab', name: unique(), state: '' }, 'savedView { id }')).savedView.id, name: unique() }) },
  deleteView: { weakest: 'MEMBER', input: async () => ({ savedView: (await made<{ savedView: { id: string } }>('saveView', { project: 'lab', name: unique(), state: '' }, 'savedView { id }')).savedView.id }) },
  saveSearch: { weakest: 'ANYONE', input: () => ({ name: unique(), state: 'q=mixup&project=lab' }) },
  renameSearch: { weakest: 'ITS_PERSON', input: async () => ({ savedSearch: await membersSearch(), name: unique() }) },
  deleteSearch: { weakest: 'ITS_PERSON', input: async () => ({ savedSearch: await membersSearch() }) },
  saveDashboard: { weakest: 'MEMBER', input: () => ({ project: 'lab', name: unique(), panels: [] }) },
  changeDashboard: { weakest: 'MEMBER', input: async () => ({ dashboard: await dashboard(), version: 1, name: unique() }) },
  deleteDashboard: { weakest: 'MEMBER', input: async () => ({ dashboard: await dashboard() }) },
  createMeeting: { weakest: 'MEMBER', input: () => ({ project: 'lab' }) },
  updateMeeting: { weakest: 'MEMBER', input: async () => ({ meeting: await meeting(), title: 'Monday' }) },
  draftAgenda: { weakest: 'MEMBER', input: async () => ({ meeting: await meeting() }) },
  startMeeting: { weakest: 'MEMBER', input: async () => ({ meeting: await meeting() }) },
  attendMeeting: { weakest: 'VIEWER', input: async () => ({ meeting: (await liveItem()).meeting }) },
  presentView: { weakest: 'MEMBER', input: async ({ role, as }) => {
    const { meeting: id, item } = await liveItem();
    // Only who presents moves the view; who may not present is refused before that.
    if (role !== 'OUTSIDER' && role !== 'VIEWER') await api.ok('mutation($id: ID!, $to: ID!) { handOverMeeting(input: { meeting: $id, to: $to }) { __typename } }', { id, to: await personId(as) }, olga);
    return { meeting: id, item };
  } },
  handOverMeeting: { weakest: 'MEMBER', input: async () => ({ meeting: (await liveItem()).meeting, to: await personId(olga) }) },
  pauseTimer: { weakest: 'MEMBER', input: async () => ({ meeting: (await liveItem()).meeting, paused: true }) },
  endMeeting: { weakest: 'MEMBER', input: async () => ({ meeting: (await liveItem()).meeting }) },
  addAgendaItem: { weakest: 'MEMBER', input: async () => ({ meeting: await meeting(), title: 'Holidays' }) },
  updateAgendaItem: { weakest: 'MEMBER', input: async () => ({ item: (await liveItem()).item, title: 'Holidays' }) },
  moveAgendaItem: { weakest: 'MEMBER', input: async () => ({ item: (await liveItem()).item }) },
  removeAgendaItem: { weakest: 'MEMBER', input: async () => ({ item: await topic(await meeting()) }) },
  castVote: { weakest: 'VIEWER', input: async () => ({ item: (await liveItem()).item, choice: 'ADOPT' }) },
  recordDecision: { weakest: 'MEMBER', input: async () => ({ meeting: (await liveItem()).meeting, body: 'Adopt it.' }) },
  addActionItem: { weakest: 'MEMBER', input: async () => ({ meeting: (await liveItem()).meeting, body: 'Finish it' }) },
  settleActionItem: { weakest: 'MEMBER', input: async () => ({ actionItem: (await made<{ actionItem: { id: string } }>('addActionItem', { meeting: (await liveItem()).meeting, body: 'Finish it' }, 'actionItem { id }')).actionItem.id, state: 'DONE' }) },
  startDemo: { weakest: 'ORGANIZATION_OWNER' },
};

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  const { email } = await api.signUp('Extra');
  extra = (await api.adapters.prisma.person.findUniqueOrThrow({ where: { email } })).id;
  await made('createProject', { slug: 'lab', name: 'Lab', restricted: true }, 'project { id }');
  const members: Caller[] = [];
  for (const role of PROJECT_ROLES) {
    const as = await api.signUp(`Person ${role}`);
    await made('addMember', { project: 'lab', email: as.email, role }, 'member { role }');
    members.push({ role, as });
  }
  callers = [{ role: 'OUTSIDER', as: await api.signUp('Outi') }, ...members, { role: 'ORGANIZATION_OWNER', as: olga }];
}, 120_000);
afterAll(() => api.stop());

type Alone = 'ORGANIZATION_OWNER' | 'HIDDEN' | 'ITS_PERSON';
const isAlone = (weakest: Weakest): weakest is Alone => weakest in ALONE;
/** Who alone may, and what everybody else is answered. */
const ALONE: Record<Alone, { readonly may: Caller['role']; readonly others: string }> = { ORGANIZATION_OWNER: { may: 'ORGANIZATION_OWNER', others: 'FORBIDDEN' }, HIDDEN: { may: 'ORGANIZATION_OWNER', others: 'NOT_FOUND' }, ITS_PERSON: { may: 'MEMBER', others: 'NOT_FOUND' } };

/** What the answer must be: "ok", or the code of the refusal. */
function expected({ role }: Caller, weakest: Weakest): string {
  if (weakest === 'ANYONE') return 'ok';
  if (isAlone(weakest)) return role === ALONE[weakest].may ? 'ok' : ALONE[weakest].others;
  if (role === 'OUTSIDER') return 'NOT_FOUND';
  if (weakest === 'AUTHOR') return role === 'ORGANIZATION_OWNER' ? 'ok' : 'FORBIDDEN';
  return role === 'ORGANIZATION_OWNER' || PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(weakest) ? 'ok' : 'FORBIDDEN';
}

async function attempt(name: string, input: Record<string, unknown> | null, as: As): Promise<string> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = input ? `mutation($input: ${type}!) { ${name}(input: $input) { __typename } }` : `mutation { ${name} { __typename } }`;
  const { errors } = await api.gql(query, input ? { input } : {}, as);
  const [error] = errors;
  return error ? (['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED'].includes(error.extensions.code) ? error.extensions.code : `${error.extensions.reason}: ${error.message}`) : 'ok';
}

it('the table has a row for every mutation there is', () => {
  const mutation = schema.getMutationType();
  expect(isObjectType(mutation) ? Object.keys(mutation.getFields()).toSorted() : []).toEqual(Object.keys(CASES).toSorted());
});

describe.each(Object.entries(CASES))('%s', (name, { weakest, input }) => {
  it(`is for ${weakest.toLowerCase().replace('_', ' ')} and stronger, and for nobody without a credential`, async () => {
    const answers: Record<string, string> = { NOBODY: await attempt(name, input ? await input({ role: 'ORGANIZATION_OWNER', as: olga }) : null, null) };
    const wanted: Record<string, string> = { NOBODY: 'UNAUTHENTICATED' };
    for (const caller of callers) {
      answers[caller.role] = await attempt(name, input ? await input(caller) : null, caller.as);
      wanted[caller.role] = expected(caller, weakest);
    }
    expect(answers).toEqual(wanted);
  });
});

/** What the fast door answers: "ok", or the code of the refusal. */
async function atFastDoor(path: (id: string) => string, init: RequestInit, as: As): Promise<string> {
  const answer = await api.fetch(path((await run()).run), { ...init, as });
  return answer.ok ? 'ok' : (await answer.json() as { error: { code: string } }).error.code;
}

describe.each<[string, Weakest, (id: string) => string, RequestInit]>([
  ['logging metrics as a stream', 'MEMBER', (id) => `/api/v1/runs/${id}/metrics`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: '{"key":"acc","value":1,"step":1,"timestamp":1}' }],
  ['asking where a stream stands', 'VIEWER', (id) => `/api/v1/runs/${id}/metrics/streams/s`, {}],
])('%s', (_name, weakest, path, init) => {
  it(`is for ${weakest.toLowerCase()} and stronger, and for nobody without a credential`, async () => {
    const answers: Record<string, string> = { NOBODY: await atFastDoor(path, init, null) };
    for (const { role, as } of callers) answers[role] = await atFastDoor(path, init, as);
    expect(answers).toEqual({ NOBODY: 'UNAUTHENTICATED', ...Object.fromEntries(callers.map((caller) => [caller.role, expected(caller, weakest)])) });
  });
});

type GrpcCall = (client: GrpcClient, runId: string, more: Readonly<Record<string, string>>) => Promise<CallOutcome<unknown>>;
const GRPC: Readonly<Record<keyof typeof Ingest.method, { readonly weakest: Weakest; readonly call: GrpcCall }>> = {
  logMetrics: { weakest: 'MEMBER', call: (client, runId, more) => sentOnce(client.logMetrics(more), create(LogMetricsRequestSchema, { runId })) },
  getMetricStream: { weakest: 'VIEWER', call: (client, runId, more) => client.acknowledged(runId, 's', more) },
  logLines: { weakest: 'MEMBER', call: (client, runId, more) => sentOnce(client.logLines(more), create(LogLinesRequestSchema, { runId, lines: [{ sequence: 0n, text: 'x' }] })) },
  getLineFeeds: { weakest: 'VIEWER', call: (client, runId, more) => client.lineFeeds(runId, more) },
  logSystemSamples: { weakest: 'MEMBER', call: (client, runId, more) => sentOnce(client.logSystemSamples(more), create(LogSystemSamplesRequestSchema, { runId, samples: [{ sequence: 0n, time: 0n, gauges: { 'cpu.utilisation': 1 } }] })) },
};

async function sentOnce<Batch>(stream: GrpcStream<Batch, unknown>, batch: Batch): Promise<CallOutcome<unknown>> {
  await stream.write(batch);
  return stream.end();
}

const GRPC_CODES: Readonly<Record<number, string>> = { [status.UNAUTHENTICATED]: 'UNAUTHENTICATED', [status.PERMISSION_DENIED]: 'FORBIDDEN', [status.NOT_FOUND]: 'NOT_FOUND' };

describe.each(Object.entries(GRPC))('%s over gRPC', (_name, { weakest, call }) => {
  it(`is for ${weakest.toLowerCase()} and stronger, and for nobody without a credential`, async () => {
    const client = grpcClient(api.grpcAddress);
    const answerTo = async (more: Readonly<Record<string, string>>): Promise<string> => {
      const outcome = await call(client, (await run()).run, more);
      return 'answer' in outcome ? 'ok' : GRPC_CODES[outcome.code] ?? outcome.message;
    };
    try {
      const answers: Record<string, string> = { NOBODY: await answerTo({}) };
      for (const { role, as } of callers) answers[role] = await answerTo({ authorization: `Bearer ${await api.token(as)}` });
      expect(answers).toEqual({ NOBODY: 'UNAUTHENTICATED', ...Object.fromEntries(callers.map((caller) => [caller.role, expected(caller, weakest)])) });
    } finally {
      client.close();
    }
  });
});

describe('who may see the project, and how', () => {
  it('is for its owners, though a maintainer may edit the rest', async () => {
    expect(await api.refusal('mutation { updateProject(input: { project: "lab", restricted: false }) { project { id } } }', {}, callerOf('MAINTAINER'))).toBe('access/role-too-weak');
    await api.ok('mutation { updateProject(input: { project: "lab", restricted: true }) { project { id } } }', {}, callerOf('OWNER'));
  });
});

describe('an id of a project one may not see', () => {
  it('is answered as an unknown one, whatever the noun and the door', async () => {
    const outsider = callerOf('OUTSIDER');
    const { run: runId, variant, key } = await run();
    const { id: experimentId } = await experiment();
    const { id: threadId } = await thread();
    const ids = [await hypothesis('Zebrafish help.'), experimentId, variant, runId, threadId, await shareLink()];
    for (const id of ids) {
      expect((await api.ok<{ node: unknown }>('query($id: ID!) { node(id: $id) { id } }', { id }, olga)).node, id).not.toBeNull();
      expect((await api.ok<{ node: unknown }>('query($id: ID!) { node(id: $id) { id } }', { id }, outsider)).node, id).toBeNull();
    }
    expect(await api.ok('query($key: String!, $run: ID!, $thread: ID!, $hypothesis: ID!) { experiment(key: $key) { id } run(id: $run) { id } thread(id: $thread) { id } hypothesis(id: $hypothesis) { id } project(slug: "lab") { id } }',
      { key, run: runId, thread: threadId, hypothesis: ids[0] }, outsider)).toEqual({ experiment: null, run: null, thread: null, hypothesis: null, project: null });
    const found = await api.ok<{ runs: { totalCount: number }; search: { totalCount: number } }>('{ runs(first: 5) { totalCount } search(text: "zebrafish", first: 5) { totalCount } }', {}, outsider);
    expect(found).toEqual({ runs: { totalCount: 0 }, search: { totalCount: 0 } });
    expect(await api.ok('{ search(text: "zebrafish", first: 5) { totalCount } }', {}, olga)).toEqual({ search: { totalCount: 1 } });
    expect(await api.refusal('query($runs: [ID!]!) { compare(runs: $runs) { runs { id } } }', { runs: [runId] }, outsider)).toMatch(/unknown$/);
    expect((await api.fetch(`/api/v1/runs/${runId}`, { as: outsider })).status).toBe(404);
    expect((await api.fetch(`/api/v1/experiments/${key}`, { as: outsider })).status).toBe(404);
    expect((await api.fetch(`/api/2.0/mlflow/runs/get?run_id=${runId}`, { as: outsider })).status).toBe(404);
  });
});
