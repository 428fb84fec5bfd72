import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenSharePage, SharedGist, SharedResultPage, SharePreview } from '../../contracts/share-page.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let shared: { readonly id: string; readonly key: string; readonly hypothesis: string };
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  shared = await lab.experiment('shared');
  await lab.runs(shared.id, 'aug=none', [0.9, 0.91, 0.92]);
  await lab.runs(shared.id, 'aug=cutmix', [0.95, 0.96, 0.97]);
  await analyseExperiment(api.adapters.ports, shared.id, 'test');
  const baseline = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: shared.id, runs: { some: { params: { some: { value: 'aug=none' } } } } } });
  await api.ok('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { id } } }', { key: shared.key, variant: baseline.id }, lab.ada);
  await analyseExperiment(api.adapters.ports, shared.id, 'test');
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id expiresAt hasPassword redact viewCount revokedAt createdBy { email } subject { __typename } } } }';
const REVOKE = 'mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { revokedAt } } }';

interface Link { readonly id: string; readonly token: string; readonly expiresAt: string }
async function link(more: Record<string, unknown> = {}): Promise<Link> {
  const { createShareLink: { url, shareLink } } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string; expiresAt: string } } }>(CREATE, { input: { subject: shared.id, ...more } }, lab.ada);
  return { ...shareLink, token: url.slice(url.lastIndexOf('/') + 1) };
}
const get = (token: string, init: RequestInit = {}) => api.fetch(`/api/v1/share/${token}`, init);
const read = async (token: string) => (await (await get(token)).json()) as OpenSharePage;
const unlock = (token: string, password: unknown) => api.fetch(`/api/v1/share/${token}/unlock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password }) });

describe('making links', () => {
  test('a link lasts thirty days, and only its digest is kept', async () => {
    const { createShareLink } = await api.ok<{ createShareLink: { url: string; shareLink: { expiresAt: string } } }>(CREATE, { input: { subject: shared.id } }, lab.ada);
    expect(createShareLink.shareLink).toMatchObject({ hasPassword: false, redact: [], viewCount: 0, revokedAt: null, createdBy: { email: lab.ada.email }, subject: { __typename: 'Experiment' } });
    const days = (Date.parse(createShareLink.shareLink.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    const [, token] = /^http:\/\/[^/]+\/s\/([A-Za-z0-9_-]{43})$/.exec(createShareLink.url) ?? [];
    expect(token).toBeDefined();
    const kept = JSON.stringify([await api.adapters.prisma.shareLink.findMany(), await api.adapters.prisma.auditEvent.findMany(), await api.adapters.prisma.outboxEvent.findMany()]);
    expect(kept).not.toContain(token);
  });

  test('those who may not share, and what may not be shared', async () => {
    const refused = (input: object, as = lab.ada) => api.refusal(CREATE, { input: { subject: shared.id, ...input } }, as);
    expect(await refused({}, lab.vera)).toBe('access/role-too-weak');
    expect(await refused({}, lab.eve)).toBe('share/unknown-subject');
    expect(await refused({ subject: 'exp_none' })).toBe('share/unknown-subject');
    expect(await refused({ subject: lab.projectId })).toBe('share/subject-kind');
    expect(await refused({ expiresAt: '2020-01-01T00:00:00Z' })).toBe('share/expiry-past');
    expect(await refused({ expiresAt: '2999-01-01T00:00:00Z' })).toBe('share/expiry-far');
    for (const password of ['', '1234567']) expect(await refused({ password })).toBe('share/password');
    const { id } = await lab.experiment('exploratory');
    await api.adapters.prisma.experiment.update({ where: { id }, data: { hypothesisId: null } });
    expect(await refused({ subject: id })).toBe('experiment/exploratory');
  });

  test('only those who may share see the links', async () => {
    await link();
    const LINKS = 'query($key: String!) { experiment(key: $key) { shareLinks { id } } }';
    expect((await api.ok<{ experiment: { shareLinks: unknown[] } }>(LINKS, { key: shared.key }, lab.grace)).experiment.shareLinks).not.toHaveLength(0);
    expect(await api.ok(LINKS, { key: shared.key }, lab.vera)).toEqual({ experiment: { shareLinks: [] } });
  });
});

describe('the page', () => {
  test('tells a stranger the hypothesis, the verdict with its interval, and the curves', async () => {
    const { id, token } = await link();
    const response = await get(token);
    expect(response.status).toBe(200);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = await response.json() as SharedResultPage;
    expect(page).toMatchObject({ state: 'open', subject: 'experiment', title: 'shared', project: lab.slug, sharedBy: lab.ada.name, leftOut: [], hypothesis: { statement: 'CutMix raises validation accuracy', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01 } });
    const [experiment] = page.experiments;
    expect(experiment).toMatchObject({ key: shared.key, owner: lab.ada.name, verdictPending: false, approval: { state: 'NONE' }, verdict: { outcome: 'SUPPORTED', metric: 'val_acc', baselineRuns: 3, treatmentRuns: 3 }, evidence: { countedRuns: 6 } });
    expect(experiment?.verdict?.effect).toBeCloseTo(0.05, 10);
    expect(experiment?.verdict?.ciLow).not.toBeNull();
    expect(experiment?.variants.map(({ role, runs, estimate }) => [role, runs, estimate?.n])).toEqual([['BASELINE', 3, 3], ['TREATMENT', 3, 3]]);
    expect(experiment?.curves.map(({ variant, steps, n }) => ({ variant, steps, n }))).toEqual([0, 1].map((variant) => ({ variant, steps: [0, 1], n: [3, 3] })));
    expect(experiment?.curves.map(({ mean }) => mean.at(-1))).toEqual(experiment?.variants.map(({ estimate }) => expect.closeTo(estimate?.mean ?? Number.NaN, 10) as number));
    expect(experiment?.curves.every(({ mean, ciLow, ciHigh }) => mean.every((value, at) => Number(ciLow[at]) < Number(value) && Number(value) < Number(ciHigh[at])))).toBe(true);
    expect(experiment?.changedVariables).toEqual([{ kind: 'CONFIG', name: 'aug', from: 'aug=none', to: 'aug=cutmix' }]);
    // Looking is counted.
    expect(await api.ok('query($id: ID!) { node(id: $id) { ... on ShareLink { viewCount lastViewedAt } } }', { id }, lab.ada)).toEqual({ node: { viewCount: 1, lastViewedAt: expect.any(String) as string } });
  });

  test('of a hypothesis shows what tested it', async () => {
    const { createShareLink: { url } } = await api.ok<{ createShareLink: { url: string } }>(CREATE, { input: { subject: shared.hypothesis } }, lab.ada);
    expect(await read(url.slice(-43))).toMatchObject({ subject: 'hypothesis', title: 'CutMix raises validation accuracy', experiments: [{ key: shared.key }] });
  });

  test('leaves out on the server what the sharer left out', async () => {
    const { token } = await link({ redact: ['PEOPLE', 'PARAMS', 'CODE'] });
    const text = await (await get(token)).text();
    for (const secret of [lab.ada.name, lab.ada.email, 'aug=none', 'aug=cutmix']) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ sharedBy: null, leftOut: ['PEOPLE', 'PARAMS', 'CODE'], experiments: [{ owner: null, changedVariables: [], variants: [{ label: 'Baseline' }, { label: 'Treatment A' }] }] });
  });

  test('revoked, expired and unknown links are the same real 404, for the owner too', async () => {
    const [revoked, expired] = [await link(), await link()];
    expect((await get(revoked.token)).status).toBe(200);
    await api.ok(REVOKE, { id: revoked.id }, lab.ada);
    await api.adapters.prisma.shareLink.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    const answers = new Set<string>();
    for (const token of [revoked.token, expired.token, 'A'.repeat(43), 'short', '..%2f..%2fetc', "' OR 1=1 --"]) {
      for (const as of [null, lab.ada]) {
        const response = await api.fetch(`/api/v1/share/${encodeURIComponent(token)}`, { as });
        expect(response.status).toBe(404);
        answers.add(await response.text());
      }
    }
    expect(answers.size).toBe(1);
  });

  test('shows nobody more than its maker may see', async () => {
    const { createShareLink } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string } } }>(CREATE, { input: { subject: shared.id } }, lab.grace);
    const token = createShareLink.url.slice(createShareLink.url.lastIndexOf('/') + 1);
    const byAda = await link();
    expect((await get(token)).status).toBe(200);
    await api.ok('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { project { id } } }', { input: { project: lab.slug, email: lab.grace.email } }, lab.ada);
    expect([(await get(token)).status, (await get(byAda.token)).status]).toEqual([404, 200]);
    await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: lab.slug, email: lab.grace.email, role: 'REVIEWER' } }, lab.ada);
    // Whoever lets her in again does not open what ended with her leaving.
    expect([(await get(token)).status, (await api.adapters.prisma.auditEvent.findMany({ where: { action: 'share-link.revoked' } })).map(({ detail }) => detail)]).toEqual([404, expect.arrayContaining([{ shareLinkId: createShareLink.shareLink.id }])]);
  });

  test('is gone when its experiment is deleted', async () => {
    const { id } = await lab.experiment('short-lived');
    const { createShareLink: { url } } = await api.ok<{ createShareLink: { url: string } }>(CREATE, { input: { subject: id } }, lab.ada);
    expect((await get(url.slice(-43))).status).toBe(200);
    await api.adapters.prisma.experiment.update({ where: { id }, data: { deletedAt: new Date() } });
    expect((await get(url.slice(-43))).status).toBe(404);
  });

  test('only the right methods, and no token in what is logged', async () => {
    const { token } = await link();
    expect((await get(token, { method: 'DELETE' })).status).toBe(405);
    expect((await api.fetch(`/api/v1/share/${token}/unlock`)).status).toBe(405);
    expect(JSON.stringify(api.logged)).not.toContain(token);
  });
});

describe('revoking', () => {
  test('again changes nothing; strangers cannot', async () => {
    const { id } = await link();
    expect(await api.refusal(REVOKE, { id }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.refusal(REVOKE, { id }, lab.eve)).toBe('share/unknown');
    expect(await api.refusal(REVOKE, { id: 'shl_none' }, lab.ada)).toBe('share/unknown');
    const first = await api.ok(REVOKE, { id }, lab.grace);
    expect(await api.ok(REVOKE, { id }, lab.ada)).toEqual(first);
  });
});

describe('a password', () => {
  test('locks the page until it is given, in that browser and for that link only', async () => {
    const [one, other] = [await link({ password: 'open sesame' }), await link({ password: 'open sesame' })];
    const locked = await get(one.token);
    expect(locked.status).toBe(401);
    expect(await locked.json()).toEqual({ state: 'locked', expiresAt: one.expiresAt });
    expect((await unlock(one.token, 'wrong')).status).toBe(401);
    const opened = await unlock(one.token, 'open sesame');
    expect(opened.status).toBe(204);
    const cookies = opened.headers.getSetCookie();
    expect(cookies.map((cookie) => /Path=([^;]+)/.exec(cookie)?.[1])).toEqual([`/s/${one.token}`, `/api/v1/share/${one.token}`]);
    for (const cookie of cookies) expect(cookie).toContain('HttpOnly');
    const cookie = String(cookies[0]).split(';', 1)[0] ?? '';
    expect((await get(one.token, { headers: { cookie } })).status).toBe(200);
    expect((await get(other.token, { headers: { cookie } })).status).toBe(401);
    expect((await get(other.token, { headers: { cookie: cookie.replace(one.id, other.id) } })).status).toBe(401);
    await api.adapters.prisma.shareLink.update({ where: { id: one.id }, data: { passwordHash: await api.adapters.ports.secrets.hashPassword('changed') } });
    expect((await get(one.token, { headers: { cookie } })).status).toBe(401);
  });

  test('is kept as a slow hash, and never told', async () => {
    const { id, token } = await link({ password: 'correct horse' });
    const { passwordHash } = await api.adapters.prisma.shareLink.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^scrypt\$/);
    expect(await (await get(token)).text()).not.toContain(String(passwordHash));
  });

  test('cannot be guessed at leisure', async () => {
    const { token } = await link({ password: 'open sesame' });
    const statuses = [];
    for (let index = 0; index < 11; index += 1) statuses.push((await unlock(token, `guess ${index}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect((await unlock(token, 'open sesame')).status).toBe(429);
  });

  test('many guesses at the same moment are counted like guesses one by one', async () => {
    const { token } = await link({ password: 'open sesame' });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => unlock(token, `guess ${index}`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test('must be sent as JSON text', async () => {
    const { token } = await link({ password: 'open sesame' });
    expect((await unlock(token, 7)).status).toBe(400);
    expect((await unlock(token, undefined)).status).toBe(400);
    expect((await api.fetch(`/api/v1/share/${token}/unlock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).status).toBe(400);
    expect((await api.fetch(`/api/v1/share/${token}/unlock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password: 'x'.repeat(10_000) }) })).status).toBe(413);
  });
});

/** The events of an open page, as an EventSource hears them. */
async function* eventsOf(token: string, signal: AbortSignal): AsyncGenerator<string> {
  const response = await get(`${token}/events`, { signal });
  expect(response.status).toBe(200);
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = /^event: (\w+)/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (event !== undefined) yield event;
    }
  }
}

describe('limits and promises of a link', () => {
  test('a link for two views opens twice, also when five ask at once, and each look is kept', async () => {
    const { id, token } = await link({ maxViews: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => get(token)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 404, 404, 404]);
    expect((await get(token)).status).toBe(404);
    const { experiment } = await api.ok<{ experiment: { shareLinks: { id: string; viewCount: number; maxViews: number; viewedAt: string[] }[] } }>('query($key: String!) { experiment(key: $key) { shareLinks { id viewCount maxViews viewedAt } } }', { key: shared.key }, lab.ada);
    expect(experiment.shareLinks.find((each) => each.id === id)).toEqual({ id, viewCount: 2, maxViews: 2, viewedAt: [expect.any(String), expect.any(String)] });
    expect(await api.refusal(CREATE, { input: { subject: shared.id, maxViews: 0 } }, lab.ada)).toBe('share/max-views');
  });

  test('a frozen page stays what it was, redacted, while the live one goes on, and ends with what it shows', async () => {
    const [frozen, live] = [await link({ freeze: true, redact: ['PEOPLE'] }), await link()];
    const before = await read(frozen.token);
    const { name, evidenceDigest } = await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id: shared.id } });
    expect(before).toMatchObject({ sharedBy: null, frozenAt: expect.any(String), frozenDigest: evidenceDigest, leftOut: ['PEOPLE'] });
    await api.adapters.prisma.experiment.update({ where: { id: shared.id }, data: { name: 'renamed since' } });
    try {
      expect(await read(frozen.token)).toEqual(before);
      expect((await read(live.token)).title).toBe('renamed since');
      await api.adapters.prisma.experiment.update({ where: { id: shared.id }, data: { deletedAt: new Date() } });
      expect((await get(frozen.token)).status).toBe(404);
    } finally {
      await api.adapters.prisma.experiment.update({ where: { id: shared.id }, data: { name, deletedAt: null } });
    }
  });

  test('for a blind review neither people nor the organization, the project or its key are told', async () => {
    const { token } = await link({ redact: ['PEOPLE', 'ORGANIZATION'] });
    const page = await read(token);
    expect(page).toMatchObject({ organization: null, project: null, sharedBy: null, experiments: [{ key: null, owner: null }] });
    expect(JSON.stringify(page)).not.toContain(shared.key);
  });

  test('recipients stand on the page, and a watermark needs them', async () => {
    const { token } = await link({ recipients: ['Dana Scully'], watermark: true });
    expect(await read(token)).toMatchObject({ recipients: ['Dana Scully'], watermark: true });
    expect(await api.refusal(CREATE, { input: { subject: shared.id, watermark: true } }, lab.ada)).toBe('share/watermark');
  });

  test('an open page hears that its link was taken back, and nothing else ends it', async () => {
    const leaving = new AbortController();
    const [mine, other] = [await link({ maxViews: 1 }), await link()];
    await get(mine.token);
    const events = eventsOf(mine.token, leaving.signal);
    expect((await events.next()).value).toBe('open');
    await api.ok(REVOKE, { id: other.id }, lab.ada);
    await api.ok(REVOKE, { id: mine.id }, lab.ada);
    expect((await events.next()).value).toBe('gone');
    expect((await events.next()).done).toBe(true);
    expect((await get(`${mine.token}/events`)).status).toBe(404);
    leaving.abort();
  });

  test('a page behind a password tells nothing before it is unlocked', async () => {
    const { token } = await link({ password: 'open sesame' });
    expect((await get(`${token}/events`)).status).toBe(401);
  });
});

describe('what a picture beside a link shows', () => {
  const preview = (token: string, init: RequestInit = {}) => get(`${token}/preview`, init);
  const shownOf = async (token: string): Promise<SharedGist | null> => ((await (await preview(token)).json()) as SharePreview).shown;

  test('is a part of the page, is no view, and is kept by no cache', async () => {
    const { id, token } = await link();
    const response = await preview(token);
    expect([response.status, response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual([200, 'no-store', 'no-referrer']);
    const { shown } = await response.json() as SharePreview;
    const page = await read(token) as SharedResultPage;
    expect(shown).toMatchObject({ subject: 'experiment', question: 'Does CutMix increase val_acc?', about: null, hypothesis: { direction: 'INCREASE', minEffect: 0.01 }, findings: [{ key: shared.key, name: 'shared', verdict: page.experiments[0]?.verdict }] });
    expect(await api.ok('query($id: ID!) { node(id: $id) { ... on ShareLink { viewCount } } }', { id }, lab.ada)).toEqual({ node: { viewCount: 1 } });
    expect((await preview(token, { method: 'POST' })).status).toBe(405);
  });

  test('is nothing where the page is not for everybody: behind a password, unlocked or not, for named people, and where views are counted out', async () => {
    const [locked, named, counted] = [await link({ password: 'open sesame' }), await link({ recipients: ['Dana Scully'] }), await link({ maxViews: 1 })];
    for (const { token } of [locked, named, counted]) expect(await (await preview(token)).json()).toEqual({ shown: null });
    const cookie = (await unlock(locked.token, 'open sesame')).headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ');
    expect(await (await preview(locked.token, { headers: { cookie } })).json()).toEqual({ shown: null });
    // It took no view away.
    expect((await get(counted.token)).status).toBe(200);
  });

  test('leaves out what the page leaves out, and names nobody', async () => {
    const { token } = await link({ redact: ['ORGANIZATION', 'PARAMS'] });
    const text = JSON.stringify(await shownOf(token));
    for (const secret of [shared.key, 'aug=', lab.ada.name]) expect(text).not.toContain(secret);
    expect(text).toContain('Treatment A');
  });

  test('of a frozen page is what was frozen', async () => {
    const [frozen, live] = [await link({ freeze: true }), await link()];
    const before = await shownOf(frozen.token);
    const { verdictId } = await api.adapters.prisma.experiment.findUniqueOrThrow({ where: { id: shared.id } });
    await api.adapters.prisma.experiment.update({ where: { id: shared.id }, data: { verdictId: null } });
    try {
      expect((await shownOf(live.token))?.findings).toMatchObject([{ verdict: null }]);
      expect(await shownOf(frozen.token)).toEqual(before);
      expect(before?.findings).toMatchObject([{ verdict: { outcome: 'SUPPORTED' } }]);
    } finally {
      await api.adapters.prisma.experiment.update({ where: { id: shared.id }, data: { verdictId } });
    }
  });

  test('ends with its link', async () => {
    const [revoked, expired] = [await link(), await link()];
    await api.ok(REVOKE, { id: revoked.id }, lab.ada);
    await api.adapters.prisma.shareLink.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    for (const token of [revoked.token, expired.token, 'u'.repeat(43)]) expect((await preview(token)).status).toBe(404);
  });
});
