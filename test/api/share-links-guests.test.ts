import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OpenSharePage, SharedComment } from '../../contracts/share-page.ts';
import { MOST_GUEST_COMMENTS } from '../../domain/sharing/guest-comment.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let shared: { readonly id: string; readonly key: string; readonly hypothesis: string };
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  shared = await lab.experiment('discussed');
  await lab.runs(shared.id, 'aug=none', [0.9, 0.91]);
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateShareLinkInput!) { createShareLink(input: $input) { url shareLink { id guestsMayComment } } }';
const REVOKE = 'mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }';
const REPLY = 'mutation($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { thread { id } } }';
const DELETE = 'mutation($comment: ID!) { deleteComment(input: { comment: $comment }) { thread { id } } }';
const THREADS = 'query($key: String!) { experiment(key: $key) { threads { nodes { id resolvedAt createdBy { id } outside { sharedBy { name } open } viewerCan { resolve } comments { id body guestName author { id } viewerCan { edit delete } } } } } }';

interface Link { readonly id: string; readonly token: string }
async function link(more: Record<string, unknown> = {}): Promise<Link> {
  const { createShareLink: { url, shareLink } } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string; guestsMayComment: boolean } } }>(CREATE, { input: { subject: shared.id, guestsMayComment: true, ...more } }, lab.ada);
  return { id: shareLink.id, token: url.slice(-43) };
}
const send = (token: string, body: unknown, headers: Record<string, string> = {}) => api.fetch(`/api/v1/share/${token}/comments`, { method: 'POST', as: null, headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const say = (token: string, comment: string, name = 'Dana') => send(token, { name, comment });
const reasonOf = async (response: Response): Promise<string> => ((await response.json()) as { error: { reason: string } }).error.reason;
const commentsOn = async (token: string): Promise<readonly SharedComment[] | null> => ((await (await api.fetch(`/api/v1/share/${token}`, { as: null })).json()) as OpenSharePage).comments;
interface Thread { readonly id: string; readonly resolvedAt: string | null; readonly createdBy: unknown; readonly outside: { readonly sharedBy: { readonly name: string }; readonly open: boolean } | null; readonly viewerCan: { readonly resolve: boolean }; readonly comments: readonly { readonly id: string; readonly body: string; readonly guestName: string | null; readonly author: unknown; readonly viewerCan: { readonly edit: boolean; readonly delete: boolean } }[] }
const threads = async (as = lab.ada): Promise<readonly Thread[]> => (await api.ok<{ experiment: { threads: { nodes: Thread[] } } }>(THREADS, { key: shared.key }, as)).experiment.threads.nodes;
async function threadSaying(body: string, as = lab.ada): Promise<Thread> {
  const found = (await threads(as)).find(({ comments }) => comments[0]?.body === body);
  if (!found) throw new Error(`Nobody said ${body}.`);
  return found;
}

describe('a guest’s comment', () => {
  test('is a thread about the subject that came from outside, and its answer is read on the page', async () => {
    const { token } = await link();
    const response = await say(token, 'Is this drop real?', '  Dana   Scully ');
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ comments: [{ name: 'Dana Scully', text: 'Is this drop real?', answers: [] }] });
    const thread = await threadSaying('Is this drop real?');
    expect(thread).toMatchObject({ createdBy: null, outside: { sharedBy: { name: lab.ada.name }, open: true }, comments: [{ guestName: 'Dana Scully', author: null }] });
    await api.ok(REPLY, { thread: thread.id, body: `Ask [@${lab.grace.name}](lemma:person/per_grace) about [${shared.key}](lemma:experiment/${shared.id}).` }, lab.ada);
    expect(await commentsOn(token)).toMatchObject([{ name: 'Dana Scully', answers: [{ name: lab.ada.name, text: `Ask @${lab.grace.name} about ${shared.key}.` }] }]);
  });

  test('is live for members, who are told of it with the name it was given', async () => {
    const { token } = await link();
    const leaving = new AbortController();
    const heard = (async () => { for await (const change of api.adapters.changes.subscribe(({ noun, subjectId }) => noun === 'thread' && subjectId === shared.id, leaving.signal)) return change.verb; return null; })();
    await say(token, 'Heard at once?');
    expect(await heard).toBe('started-outside');
    leaving.abort();
    const thread = await threadSaying('Heard at once?');
    const happening = await api.adapters.prisma.happening.findFirstOrThrow({ where: { subjectId: thread.id } });
    expect(happening).toMatchObject({ kind: 'REPLIED', actorId: null, detail: { about: 'Dana (guest): Heard at once?', byGuest: true } });
  });

  test('is read through its own link alone, and nothing else that was said is', async () => {
    const [mine, other] = [await link(), await link()];
    await api.ok('mutation($subject: ID!) { startThread(input: { subject: $subject, body: "Secret among us" }) { thread { id } } }', { subject: shared.id }, lab.ada);
    await say(mine.token, 'Said through mine');
    expect((await commentsOn(mine.token))?.map(({ text }) => text)).toEqual(['Said through mine']);
    expect(await commentsOn(other.token)).toEqual([]);
    for (const { token } of [mine, other]) expect(await (await api.fetch(`/api/v1/share/${token}`, { as: null })).text()).not.toContain('Secret among us');
    expect(await commentsOn((await link({ guestsMayComment: false })).token)).toBeNull();
    expect((await api.fetch(`/api/v1/share/${mine.token}/comments`, { as: null })).status).toBe(405);
  });

  test('names nobody where the sharer left people out, mentioned ones included', async () => {
    const { token } = await link({ redact: ['PEOPLE', 'ORGANIZATION'] });
    await say(token, 'Who did this?', 'Fox Mulder');
    const { id } = await threadSaying('Who did this?');
    await api.ok(REPLY, { thread: id, body: `[@${lab.grace.name}](lemma:person/per_grace) in [${shared.key}](lemma:experiment/${shared.id})` }, lab.ada);
    expect(await commentsOn(token)).toMatchObject([{ name: 'A guest', answers: [{ name: 'A member', text: 'somebody in an experiment' }] }]);
  });

  test('hostile text is kept as text: it mentions nobody and is no Markdown to anybody', async () => {
    const { token } = await link();
    const hostile = '<img src=x onerror=alert(1)> [@Ada](lemma:person/per_ada) ![p](https://example.org/p.png)';
    await send(token, { name: '<script>alert(1)</script>', comment: hostile });
    expect(await commentsOn(token)).toMatchObject([{ name: '<script>alert(1)</script>', text: hostile }]);
    const { comments: [comment] } = await threadSaying(hostile);
    expect(await api.adapters.prisma.mention.count({ where: { sourceId: comment?.id ?? '' } })).toBe(0);
  });

  test('is taken away by any member and by no reader, and settled by members; nobody changes it', async () => {
    const { token } = await link();
    await say(token, 'Take me away');
    const thread = await threadSaying('Take me away', lab.grace);
    const seenBy = await threadSaying('Take me away', lab.vera);
    expect([thread.comments[0]?.viewerCan, seenBy.comments[0]?.viewerCan, thread.viewerCan.resolve, seenBy.viewerCan.resolve]).toEqual([{ edit: false, delete: true }, { edit: false, delete: false }, true, false]);
    const comment = thread.comments[0]?.id ?? '';
    expect(await api.refusal(DELETE, { comment }, lab.vera)).toBe('comment/not-yours');
    expect(await api.refusal(DELETE, { comment }, lab.eve)).toBe('comment/unknown');
    expect(await api.refusal('mutation($comment: ID!) { editComment(input: { comment: $comment, body: "x" }) { thread { id } } }', { comment }, lab.ada)).toBe('comment/not-yours');
    await api.ok('mutation($thread: ID!) { resolveThread(input: { thread: $thread, resolved: true }) { thread { id } } }', { thread: thread.id }, lab.grace);
    await api.ok(DELETE, { comment }, lab.grace);
    expect(await commentsOn(token)).toEqual([]);
  });

  test('stands on a frozen page too, as what is said now', async () => {
    const { token } = await link({ freeze: true });
    expect(await commentsOn(token)).toEqual([]);
    await say(token, 'About the frozen one');
    expect((await commentsOn(token))?.map(({ text }) => text)).toEqual(['About the frozen one']);
  });
});

describe('who may leave one', () => {
  const cases: readonly { readonly of: string; readonly more: Record<string, unknown>; readonly spoil?: (link: Link) => Promise<unknown>; readonly status: number; readonly reason: string | null }[] = [
    { of: 'a link that takes them', more: {}, status: 201, reason: null },
    { of: 'a link that says nothing of them', more: { guestsMayComment: undefined }, status: 403, reason: 'guest/not-allowed' },
    { of: 'a locked page', more: { password: 'open sesame' }, status: 401, reason: 'share/locked' },
    { of: 'a revoked link', more: {}, spoil: ({ id }) => api.ok(REVOKE, { id }, lab.ada), status: 404, reason: 'share/unknown' },
    { of: 'an expired link', more: {}, spoil: ({ id }) => api.adapters.prisma.shareLink.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } }), status: 404, reason: 'share/unknown' },
    { of: 'a link whose views are used up', more: { maxViews: 1 }, spoil: ({ token }) => api.fetch(`/api/v1/share/${token}`, { as: null }), status: 404, reason: 'share/unknown' },
  ];
  test.each(cases)('through $of: $status', async ({ of, more, spoil, status, reason }) => {
    const made = await link(more);
    await spoil?.(made);
    const before = await api.adapters.prisma.thread.count();
    const response = await say(made.token, `Through ${of}`);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error?: { reason: string } }).error?.reason ?? null).toBe(reason);
    expect((await api.adapters.prisma.thread.count()) - before).toBe(status === 201 ? 1 : 0);
  });

  test('nobody whose page stands on another site, and nobody who sends what is no JSON', async () => {
    const { token } = await link();
    expect((await send(token, { name: 'Dana', comment: 'x' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await send(token, 'name=Dana&comment=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect((await send(token, 'name=Dana', { 'content-type': 'text/plain' })).status).toBe(400);
    expect(await commentsOn(token)).toEqual([]);
  });

  test('what is too long, missing or no text is refused in words, and counts for nothing', async () => {
    const { token } = await link();
    expect(await reasonOf(await say(token, 'x'.repeat(4001)))).toBe('guest/comment-too-long');
    expect(await reasonOf(await say(token, '   '))).toBe('guest/comment-empty');
    expect(await reasonOf(await say(token, 'fine', 'x'.repeat(81)))).toBe('guest/name-too-long');
    expect(await reasonOf(await send(token, { name: 7, comment: {} }))).toBe('guest/comment');
    expect((await say(token, 'x'.repeat(100_000))).status).toBe(413);
    expect(await commentsOn(token)).toEqual([]);
  });

  test('nobody more often than a person writes, also when all at once', async () => {
    const { token } = await link();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => say(token, `Again ${n}`)));
    expect(answers.filter(({ status }) => status === 201).length).toBe(5);
    expect(await reasonOf(answers.find(({ status }) => status === 429) as Response)).toBe('guest/too-many');
    expect(await commentsOn(token)).toHaveLength(5);
  });

  test('nobody when a page is full', async () => {
    const { id, token } = await link();
    const row = { projectId: lab.projectId, subjectId: 'exp_elsewhere', subjectKind: 'experiment', createdById: id };
    await api.adapters.prisma.thread.createMany({ data: Array.from({ length: MOST_GUEST_COMMENTS }, (_, n) => ({ ...row, id: `thr_full${n}`, number: n + 1 })) });
    expect(await reasonOf(await say(token, 'One more'))).toBe('guest/full');
  });

  test('a comment and the end of its link at the same moment are never both true', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, token } = await link();
      const [said] = await Promise.all([say(token, `Race ${round}`), api.ok(REVOKE, { id }, lab.ada)]);
      const kept = await api.adapters.prisma.thread.findFirst({ where: { createdById: id } });
      expect(kept !== null).toBe(said.status === 201);
      const { revokedAt } = await api.adapters.prisma.shareLink.findUniqueOrThrow({ where: { id } });
      expect(kept?.createdAt.getTime() ?? 0).toBeLessThanOrEqual(revokedAt?.getTime() ?? -1);
    }
  });
});
