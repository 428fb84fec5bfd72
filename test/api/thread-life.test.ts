import { setTimeout as pause } from 'node:timers/promises';
import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SubjectThreadsQuery } from '../../app/_features/threads/thread-documents.ts';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';
import { passageOf } from '../support/passage-in.ts';

let api: Api;
let lab: Lab;
let other: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); other = await openLab(api); });
afterAll(() => api.stop());

const COMMENT = 'id body editedAt deletedAt deletedBy { email } edits { body } reactions { kind emoji word count viewerReacted people { email } } viewerCan { edit delete } author { email }';
const THREAD = `id number anchor resolvedAt resolvedBy { email } commentCount following subscribers { email } unread { count first } place { words seen now movedOn } comments { ${COMMENT} }`;
const START = `mutation($input: StartThreadInput!) { startThread(input: $input) { thread { ${THREAD} } } }`;
const REPLY = `mutation($thread: ID!, $body: String!) { reply(input: { thread: $thread, body: $body }) { thread { ${THREAD} } } }`;
const READ = `query($id: ID!) { thread(id: $id) { ${THREAD} } }`;
const DELETE = `mutation($comment: ID!) { deleteComment(input: { comment: $comment }) { thread { ${THREAD} } } }`;
const EDIT = `mutation($comment: ID!, $body: String!) { editComment(input: { comment: $comment, body: $body }) { thread { ${THREAD} } } }`;
const REACT = `mutation($comment: ID!, $reaction: ReactionKind!) { react(input: { comment: $comment, reaction: $reaction }) { thread { ${THREAD} } } }`;
const FOLLOW = 'mutation($thread: ID!, $following: Following) { followThread(input: { thread: $thread, following: $following }) { thread { following } } }';
const MARK = 'mutation($thread: ID!, $comment: ID!) { markRead(input: { thread: $thread, comment: $comment }) { thread { unread { count first } } } }';

interface Thread { readonly id: string; readonly number: number; readonly unread: { readonly count: number; readonly first: string | null }; readonly comments: readonly { readonly id: string; readonly body: string }[]; readonly place: { readonly movedOn: boolean; readonly seen: string | null; readonly now: string | null } | null }
const start = async (subject: string, more: Record<string, unknown> = {}, as = lab.vera): Promise<Thread> => (await api.ok<{ startThread: { thread: Thread } }>(START, { input: { subject, body: 'Is this noise?', ...more } }, as)).startThread.thread;
const reply = async (thread: string, body: string, as = lab.grace): Promise<Thread> => (await api.ok<{ reply: { thread: Thread } }>(REPLY, { thread, body }, as)).reply.thread;
const read = async (id: string, as = lab.ada): Promise<Thread> => (await api.ok<{ thread: Thread }>(READ, { id }, as)).thread;
const first = (thread: Thread): string => String(thread.comments[0]?.id);

describe('anchors', () => {
  test('each keeps what stood there, and says so when something else does', async () => {
    const { id } = await lab.experiment('anchored everywhere');
    const [run, second] = await lab.runs(id, 'aug=none', [0.9, 0.8]);
    const { prisma } = api.adapters;
    const sha256 = 'ab'.repeat(32);
    await prisma.blob.create({ data: { sha256, size: 12n } });
    await prisma.artifact.create({ data: { ownerId: String(run), path: 'plots/loss.png', sha256, size: 12n } });
    await prisma.run.updateMany({ where: { id: { in: [String(run), String(second)] } }, data: { codeCommit: 'a91f3c2' } });

    const config = await start(String(run), { anchor: { kind: 'config', key: 'aug' } });
    expect(config.place).toEqual({ words: 'on aug', seen: 'aug=none', now: 'aug=none', movedOn: false });
    const file = await start(String(run), { anchor: { kind: 'artifact', path: 'plots/loss.png', line: 3, quote: 'x' } });
    expect(file.place).toMatchObject({ words: 'on plots/loss.png, line 3', seen: '12 bytes, abababab', movedOn: false });
    const code = await start(id, { anchor: { kind: 'code', name: 'commit', runs: [run, second] } });
    expect(code.place).toMatchObject({ seen: 'a91f3c2 · a91f3c2', movedOn: false });
    const row = await start(id, { anchor: { kind: 'comparison', of: 'metric', name: 'val_acc', runs: [run, second] } });
    expect(row.place).toMatchObject({ seen: '0.9 · 0.8', movedOn: false });
    const range = await start(String(run), { anchor: { kind: 'range', metric: 'val_acc', from: 0, to: 1 } });
    expect(range.place).toMatchObject({ words: 'on val_acc, steps 0 to 1', movedOn: false });
    const verdict = await start(id, { anchor: { kind: 'verdict' } });
    expect(verdict.place).toMatchObject({ seen: 'no verdict yet', movedOn: false });
    const values = await start(id, { anchor: { kind: 'config', key: 'aug' } });
    expect(values.place).toMatchObject({ seen: 'aug=none' });

    await prisma.artifact.delete({ where: { ownerId_path: { ownerId: String(run), path: 'plots/loss.png' } } });
    await prisma.run.update({ where: { id: String(second) }, data: { codeCommit: 'ffffff0' } });
    await api.adapters.ports.metrics.append(String(run), [{ key: 'val_acc', value: 0.99, step: 2n, timestamp: 3n }]);
    expect((await read(file.id)).place).toMatchObject({ seen: '12 bytes, abababab', now: null, movedOn: true });
    expect((await read(code.id)).place).toMatchObject({ now: 'a91f3c2 · ffffff0', movedOn: true });
    expect((await read(row.id)).place).toMatchObject({ seen: '0.9 · 0.8', now: '0.99 · 0.8', movedOn: true });
    expect((await read(range.id)).place).toMatchObject({ movedOn: true });
    expect((await read(config.id)).place).toMatchObject({ movedOn: false });
  });

  test('a forged anchor is refused: what it names is not of the subject, be it somewhere else or nowhere', async () => {
    const { id } = await lab.experiment('forged');
    const [run] = await lab.runs(id, 'aug=none', [0.9]);
    const elsewhere = await lab.experiment('elsewhere');
    const [stranger] = await lab.runs(elsewhere.id, 'aug=none', [0.9]);
    const hidden = await other.experiment('hidden');
    const [secret] = await other.runs(hidden.id, 'aug=secret', [0.9]);
    const refused = (subject: string, anchor: object) => api.refusal(START, { input: { subject, body: 'here', anchor } }, lab.vera);
    for (const alien of [stranger, secret, 'ff'.repeat(16), 'nonsense']) {
      expect(await refused(id, { kind: 'point', metric: 'val_acc', step: 1, run: alien })).toBe('thread/anchor-unknown');
      expect(await refused(id, { kind: 'config', key: 'aug', run: alien })).toBe('thread/anchor-unknown');
      expect(await refused(id, { kind: 'artifact', path: 'a.png', run: alien })).toBe('thread/anchor-unknown');
      expect(await refused(id, { kind: 'code', name: 'commit', runs: [run, alien] })).toBe('thread/anchor-unknown');
      expect(await refused(id, { kind: 'comparison', of: 'metric', name: 'val_acc', runs: [run, alien] })).toBe('thread/anchor-unknown');
    }
    expect(await refused(id, { kind: 'point', metric: 'invented', step: 1 })).toBe('thread/anchor-unknown');
    expect(await refused(String(run), { kind: 'range', metric: 'invented', from: 0, to: 1 })).toBe('thread/anchor-unknown');
    expect(await refused(lab.projectId, { kind: 'point', metric: 'invented', step: 1 })).toBe('thread/anchor-unknown');
    for (const subject of [id, String(run)]) {
      for (const step of [2, 500, 1e300, -1]) expect(await refused(subject, { kind: 'point', metric: 'val_acc', step })).toBe('thread/anchor-unknown');
      expect(await refused(subject, { kind: 'range', metric: 'val_acc', from: 5, to: 9 })).toBe('thread/anchor-unknown');
    }
    expect(await refused(String(run), { kind: 'config', key: 'invented' })).toBe('thread/anchor-unknown');
    expect(await refused(id, { kind: 'config', key: 'invented' })).toBe('thread/anchor-unknown');
    expect(await refused(String(run), { kind: 'artifact', path: '../../etc/passwd' })).toBe('thread/anchor-unknown');
    expect(await refused(id, { kind: 'comparison', of: 'environment', name: 'torch', runs: [run] })).toBe('thread/anchor-unknown');
    expect(await refused(id, { kind: 'review', review: 'rev_none' })).toBe('thread/anchor-unknown');
    expect(await refused(String(run), { kind: 'verdict' })).toBe('thread/anchor-unknown');
    expect(await refused(id, { kind: 'text', from: 'AA', to: 'AB', quote: 'x' })).toBe('thread/anchor-unknown');
    expect(await api.adapters.prisma.thread.count({ where: { subjectId: { in: [id, String(run), lab.projectId] } } })).toBe(0);
    // What reaches over the steps that were logged is of them.
    expect((await start(id, { anchor: { kind: 'range', metric: 'val_acc', from: 1, to: 9 } })).place).toMatchObject({ words: 'on val_acc, steps 1 to 9' });
  });

  const NEW_NOTE = 'mutation($id: ID!) { createNote(input: { subject: $id, title: "Plan", markdown: "Here is the passage, written and written again." }) { note { id } } }';
  const newNote = async (subject: string): Promise<string> => (await api.ok<{ createNote: { note: { id: string } } }>(NEW_NOTE, { id: subject }, lab.ada)).createNote.note.id;

  test('a passage of a note is pointed at by its places and its words', async () => {
    const note = await newNote((await lab.experiment('written about')).id);
    const thread = await start(note, { anchor: await passageOf(api, note, 'the passage', lab.vera) });
    expect(thread.place).toEqual({ words: 'on a passage', seen: '“the passage”', now: '“the passage”', movedOn: false });
    expect(await api.ok('query($id: ID!) { note(id: $id) { threads { totalCount } unreadComments } }', { id: note }, lab.ada)).toEqual({ note: { threads: { totalCount: 1 }, unreadComments: 1 } });
  });

  test('the letters of a passage get other names from who may edit the note; the quote stays, and no other thread has letters', async () => {
    const { id } = await lab.experiment('written anew');
    const note = await newNote(id);
    const [anchor, anew] = [await passageOf(api, note, 'the passage', lab.vera), await passageOf(api, note, 'written again', lab.vera)];
    const thread = await start(note, { anchor });
    const FOLLOW_PASSAGE = `mutation($input: FollowPassageInput!) { followPassage(input: $input) { thread { ${THREAD} } } }`;
    const input = { thread: thread.id, from: anew.from, to: anew.to };
    expect(await api.ok(FOLLOW_PASSAGE, { input }, lab.ada)).toMatchObject({ followPassage: { thread: { anchor: { ...anew, quote: 'the passage' }, place: { seen: '“the passage”', now: '“written again”' } } } });
    expect(await api.refusal(FOLLOW_PASSAGE, { input }, lab.vera)).toMatch(/^access\//);
    expect(await api.refusal(FOLLOW_PASSAGE, { input: { ...input, from: '<b>' } }, lab.ada)).toBe('thread/anchor');
    expect(await api.refusal(FOLLOW_PASSAGE, { input: { ...input, thread: (await start(id)).id } }, lab.ada)).toBe('thread/no-passage');
    expect(await api.refusal(FOLLOW_PASSAGE, { input: { ...input, thread: 'thr_none' } }, lab.ada)).toBe('thread/unknown');
  });

  test('numbers count up within a subject, also when many start at the same moment', async () => {
    const { id } = await lab.experiment('numbered');
    const threads = await Promise.all(Array.from({ length: 8 }, () => start(id)));
    expect(threads.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('what was said', () => {
  test('an edit shows what was said before; a deleted comment leaves only that it was there', async () => {
    const { id } = await lab.experiment('said and unsaid');
    const thread = await start(id, { body: 'a zebracorn appears' });
    await api.ok(EDIT, { comment: first(thread), body: 'a quaggacorn appears' }, lab.vera);
    expect(await api.ok(EDIT, { comment: first(thread), body: 'it appears' }, lab.vera)).toMatchObject({ editComment: { thread: { comments: [{ body: 'it appears', edits: [{ body: 'a zebracorn appears' }, { body: 'a quaggacorn appears' }] }] } } });
    await reply(thread.id, 'Agreed.');
    const find = (text: string) => api.ok<{ search: { totalCount: number } }>('query($text: String!) { search(text: $text) { totalCount } }', { text }, lab.ada);
    expect((await find('quaggacorn')).search.totalCount).toBe(0);
    await api.ok(EDIT, { comment: first(thread), body: 'a unicorn appears' }, lab.vera);
    expect((await find('unicorn')).search.totalCount).toBeGreaterThan(0);

    expect(await api.refusal(DELETE, { comment: first(thread) }, lab.grace)).toBe('comment/not-yours');
    expect(await api.ok(DELETE, { comment: first(thread) }, lab.vera)).toMatchObject({ deleteComment: { thread: { commentCount: 1, comments: [{ body: '', edits: [], deletedAt: expect.any(String) as string, deletedBy: { email: lab.vera.email }, viewerCan: { edit: false, delete: false } }, { body: 'Agreed.' }] } } });
    expect((await find('unicorn')).search.totalCount).toBe(0);
    expect(await api.refusal(EDIT, { comment: first(thread), body: 'back' }, lab.vera)).toBe('comment/deleted');
    expect(await api.refusal(DELETE, { comment: first(thread) }, lab.vera)).toBe('comment/deleted');
    expect(await api.refusal(REACT, { comment: first(thread), reaction: 'AGREE' }, lab.ada)).toBe('comment/deleted');
    const kept = await api.adapters.prisma.$queryRaw<{ text: string }[]>`SELECT body AS text FROM comments WHERE id = ${first(thread)} UNION ALL SELECT body FROM comment_edits WHERE comment_id = ${first(thread)}`;
    expect(kept).toEqual([{ text: '' }]);
    expect(await api.adapters.prisma.auditEvent.count({ where: { subjectId: thread.id, action: 'thread.comment-deleted' } })).toBe(1);
  });

  test('who keeps order may delete what others wrote', async () => {
    const { id } = await lab.experiment('kept in order');
    const thread = await start(id, { body: 'rude' });
    expect(await api.ok(DELETE, { comment: first(thread) }, lab.ada)).toMatchObject({ deleteComment: { thread: { comments: [{ body: '', deletedBy: { email: lab.ada.email } }] } } });
  });

  test('reactions are put on and taken back, and say whose they are', async () => {
    const { id } = await lab.experiment('reacted to');
    const thread = await start(id);
    await api.ok(REACT, { comment: first(thread), reaction: 'AGREE' }, lab.grace);
    expect(await api.ok(REACT, { comment: first(thread), reaction: 'AGREE' }, lab.ada)).toMatchObject({ react: { thread: { comments: [{ reactions: [{ kind: 'AGREE', word: 'agree', emoji: '👍', count: 2, viewerReacted: true, people: [{ email: lab.grace.email }, { email: lab.ada.email }] }] }] } } });
    expect(await api.ok(REACT, { comment: first(thread), reaction: 'AGREE' }, lab.ada)).toMatchObject({ react: { thread: { comments: [{ reactions: [{ count: 1, viewerReacted: false }] }] } } });
    await Promise.all(Array.from({ length: 6 }, () => api.ok(REACT, { comment: first(thread), reaction: 'LOOKING' }, lab.vera)));
    expect(await api.adapters.prisma.commentReaction.count({ where: { commentId: first(thread), reaction: 'LOOKING' } })).toBe(0);
    expect((await api.gql(REACT, { comment: first(thread), reaction: 'ROCKET' }, lab.ada)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('two people who answer, edit and delete at the same instant lose nothing', async () => {
    const { id } = await lab.experiment('all at once');
    const thread = await start(id, { body: 'mine' });
    await Promise.all([
      ...Array.from({ length: 6 }, (_, at) => reply(thread.id, `grace ${at}`)),
      ...Array.from({ length: 6 }, (_, at) => reply(thread.id, `ada ${at}`, lab.ada)),
      api.ok(EDIT, { comment: first(thread), body: 'mine, better' }, lab.vera),
    ]);
    const { comments } = await read(thread.id);
    expect(comments.map(({ body }) => body).toSorted()).toEqual(['mine, better', ...Array.from({ length: 6 }, (_, at) => [`grace ${at}`, `ada ${at}`]).flat()].toSorted());
  });

  test('pages of comments go both ways and leave nothing out', async () => {
    const { id } = await lab.experiment('talked about at length');
    const thread = await start(id, { body: '0' });
    for (let at = 1; at < 12; at += 1) await reply(thread.id, String(at));
    const page = async (args: string) => (await api.ok<{ thread: { commentPage: { totalCount: number; nodes: { body: string }[]; pageInfo: { hasPreviousPage: boolean; hasNextPage: boolean; startCursor: string; endCursor: string } } } }>(`query($id: ID!) { thread(id: $id) { commentPage(${args}) { totalCount nodes { body } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } } } }`, { id: thread.id }, lab.ada)).thread.commentPage;
    const bodies = (found: { readonly nodes: readonly { readonly body: string }[] }) => found.nodes.map(({ body }) => body).join(' ');
    const newest = await page('last: 5');
    expect([bodies(newest), newest.totalCount, newest.pageInfo.hasPreviousPage, newest.pageInfo.hasNextPage]).toEqual(['7 8 9 10 11', 12, true, false]);
    const before = await page(`last: 5, before: "${newest.pageInfo.startCursor}"`);
    expect(bodies(before)).toBe('2 3 4 5 6');
    const oldest = await page(`last: 5, before: "${before.pageInfo.startCursor}"`);
    expect([bodies(oldest), oldest.pageInfo.hasPreviousPage]).toEqual(['0 1', false]);
    const forwards = await page('first: 4');
    expect([bodies(forwards), bodies(await page(`first: 4, after: "${forwards.pageInfo.endCursor}"`))]).toEqual(['0 1 2 3', '4 5 6 7']);
    expect((await api.gql(`query($id: ID!) { thread(id: $id) { commentPage(first: 1, last: 1) { totalCount } } }`, { id: thread.id }, lab.ada)).errors[0]?.extensions.reason).toBe('page/both-ways');
    expect((await api.gql(`query($id: ID!) { thread(id: $id) { commentPage(after: "x") { totalCount } } }`, { id: thread.id }, lab.ada)).errors[0]?.extensions.reason).toBe('page/cursor');
  });
});

describe('who hears and who has read', () => {
  test('who writes and who owns the subject follow; muting is kept, whatever comes', async () => {
    const { id } = await lab.experiment('followed');
    const thread = await start(id);
    expect(thread).toMatchObject({ following: 'SUBSCRIBED' });
    const { subscribers } = await api.ok<{ thread: { subscribers: { email: string }[] } }>('query($id: ID!) { thread(id: $id) { subscribers { email } } }', { id: thread.id }, lab.vera).then((data) => data.thread);
    expect(subscribers.map(({ email }) => email).toSorted()).toEqual([lab.ada.email, lab.vera.email].toSorted());
    expect(await api.ok(FOLLOW, { thread: thread.id, following: 'MUTED' }, lab.grace)).toEqual({ followThread: { thread: { following: 'MUTED' } } });
    expect(await reply(thread.id, 'Once more.')).toMatchObject({ following: 'MUTED' });
    expect(await api.ok(FOLLOW, { thread: thread.id, following: null }, lab.grace)).toEqual({ followThread: { thread: { following: null } } });
    expect(await reply(thread.id, 'And more.')).toMatchObject({ following: 'SUBSCRIBED' });
  });

  test('whom a comment mentions hears of the thread, if they may read it; a storm of mentions is cut, and a link back goes with the words', async () => {
    const { id } = await lab.experiment('mentioned');
    const idOf = async (as: typeof lab.vera) => (await api.adapters.prisma.person.findUniqueOrThrow({ where: { email: as.email } })).id;
    const [grace, eve] = [await idOf(lab.grace), await idOf(lab.eve)];
    const thread = await start(id, { body: `[@Grace](lemma:person/${grace}) and [@Eve](lemma:person/${eve}), look` });
    const followers = () => api.adapters.prisma.threadFollower.findMany({ where: { threadId: thread.id }, select: { personId: true, reason: true } });
    expect(await followers()).toContainEqual({ personId: grace, reason: 'MENTIONED' });
    expect((await followers()).some(({ personId }) => personId === eve)).toBe(false);
    const kept = (comment: string) => api.adapters.prisma.mention.count({ where: { sourceId: comment } });
    expect(await kept(first(thread))).toBe(2);
    const storm = await reply(thread.id, Array.from({ length: 300 }, (_, at) => `[@x](lemma:person/per_${at})`).join(' '));
    expect(await kept(String(storm.comments[1]?.id))).toBe(50);
    await api.ok(DELETE, { comment: first(thread) }, lab.vera);
    expect(await kept(first(thread))).toBe(0);
  });

  test('what others wrote since is unread, for each person; marks never move back', async () => {
    const { id } = await lab.experiment('read');
    const thread = await start(id);
    expect((await read(thread.id, lab.grace)).unread).toEqual({ count: 1, first: first(thread) });
    const answered = await reply(thread.id, 'two');
    expect(answered.unread).toEqual({ count: 0, first: null });
    const second = answered.comments[1]?.id;
    expect((await read(thread.id, lab.vera)).unread).toEqual({ count: 1, first: second });
    const about = async (as = lab.vera) => {
      const { node, viewer } = await api.ok<{ node: { unreadComments: number }; viewer: { unreadThreads: { id: string }[] } }>('query($id: ID!) { node(id: $id) { ... on Experiment { unreadComments } } viewer { unreadThreads { id } } }', { id }, as);
      return [node.unreadComments, viewer.unreadThreads.some((each) => each.id === thread.id)];
    };
    expect(await about()).toEqual([1, true]);
    expect(await api.ok(MARK, { thread: thread.id, comment: second }, lab.vera)).toEqual({ markRead: { thread: { unread: { count: 0, first: null } } } });
    expect(await api.ok(MARK, { thread: thread.id, comment: first(thread) }, lab.vera)).toEqual({ markRead: { thread: { unread: { count: 0, first: null } } } });
    expect(await about()).toEqual([0, false]);
    const elsewhere = await start(id);
    expect(await api.refusal(MARK, { thread: elsewhere.id, comment: second }, lab.vera)).toBe('comment/unknown');
    await api.ok('mutation($id: ID!) { markAllRead(input: { subject: $id }) { subject { __typename } } }', { id }, lab.ada);
    expect(await about(lab.ada)).toEqual([0, false]);
  });

  test('typing is told to those who look, but to oneself, and ends with the right to look', async () => {
    const { id } = await lab.experiment('typed in');
    const thread = await start(id);
    const heard: { person: { email: string }; typing: boolean; thread: string }[] = [];
    const client = api.socket(lab.grace);
    client.subscribe<{ threadTyping: (typeof heard)[number] }>({ query: 'subscription($id: ID!) { threadTyping(subject: $id) { thread typing person { email } } }', variables: { id } }, { next: ({ data }) => { if (data) heard.push(data.threadTyping); }, error: () => {}, complete: () => {} });
    const tell = (as: typeof lab.vera, typing = true) => api.ok('mutation($thread: ID!, $typing: Boolean) { tellTyping(input: { thread: $thread, typing: $typing }) { thread } }', { thread: thread.id, typing }, as);
    await expect.poll(async () => { await tell(lab.vera, false); await tell(lab.vera); return heard.length; }).toBeGreaterThan(0);
    expect(heard.at(-1)).toMatchObject({ thread: thread.id, person: { email: lab.vera.email } });
    await tell(lab.grace);
    // Within a second the same is said once.
    await expect.poll(async () => { await tell(lab.vera, false); return heard.at(-1)?.typing; }).toBe(false);
    const begun = () => heard.filter(({ typing }) => typing).length;
    // What was said before is heard a moment later: only then is it counted.
    for (let known = -1; known !== heard.length;) { known = heard.length; await pause(200); }
    const before = begun();
    await Promise.all([tell(lab.vera), tell(lab.vera), tell(lab.vera)]);
    await expect.poll(begun).toBe(before + 1);
    await pause(50);
    expect(begun()).toBe(before + 1);
    expect(heard.every(({ person }) => person.email === lab.vera.email)).toBe(true);
    await client.dispose();
    const { errors } = await api.gql('mutation($thread: ID!) { tellTyping(input: { thread: $thread }) { thread } }', { thread: thread.id }, lab.eve);
    expect(errors[0]?.extensions.reason).toBe('thread/unknown');
  });

  test('listening for who types ends with the right to look, though nobody types', async () => {
    const { id } = await other.experiment('nobody types');
    const thread = await start(id, {}, other.ada);
    const client = api.socket(other.vera);
    let [heard, ended] = [false, false];
    client.subscribe({ query: 'subscription($id: ID!) { threadTyping(subject: $id) { thread } }', variables: { id } }, { next: () => { heard = true; }, error: () => {}, complete: () => { ended = true; } });
    await expect.poll(async () => {
      for (const typing of [true, false]) await api.ok('mutation($thread: ID!, $typing: Boolean) { tellTyping(input: { thread: $thread, typing: $typing }) { thread } }', { thread: thread.id, typing }, other.ada);
      return heard;
    }).toBe(true);
    expect(ended).toBe(false);
    await api.ok('mutation($input: RemoveMemberInput!) { removeMember(input: $input) { project { id } } }', { input: { project: other.slug, email: other.vera.email } }, other.ada);
    await expect.poll(() => ended).toBe(true);
    await client.dispose();
  });

  test('resolving names who did', async () => {
    const { id } = await lab.experiment('settled by');
    const thread = await start(id);
    await api.ok('mutation($thread: ID!) { resolveThread(input: { thread: $thread }) { thread { id } } }', { thread: thread.id }, lab.ada);
    expect(await read(thread.id)).toMatchObject({ resolvedBy: { email: lab.ada.email } });
    const by = (state: string) => api.ok(`query($id: ID!) { node(id: $id) { ... on Experiment { threads(state: ${state}) { totalCount } } } }`, { id }, lab.vera);
    expect([await by('OPEN'), await by('RESOLVED')]).toEqual([{ node: { threads: { totalCount: 0 } } }, { node: { threads: { totalCount: 1 } } }]);
  });
});

test('what the discussion of a page asks for is not too costly', async () => {
  const { id } = await lab.experiment('asked for whole');
  await start(id);
  const data = await api.ok<{ node: { threads: { nodes: unknown[] } } }>(print(SubjectThreadsQuery), { id, first: 20, after: null }, lab.vera);
  expect(data.node.threads.nodes).toHaveLength(1);
});
