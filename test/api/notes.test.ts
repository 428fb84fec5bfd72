import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeStateAsUpdate, XmlElement } from 'yjs';
import { noteFile } from '../../contracts/rest/notes.ts';
import { CLOSE_CODES, MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';
import { startApi, SECRET, type Api, type TestPerson } from '../support/api.ts';
import { openLab } from '../support/lab.ts';
import { openNote, type NoteClient } from '../support/note-client.ts';
import { startReplica } from '../support/replica.ts';

let api: Api;
let olga: TestPerson;
let max: TestPerson;
let vera: TestPerson;
let subject: string;
const clients: NoteClient[] = [];

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  max = await api.signUp('Max');
  vera = await api.signUp('Vera');
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", restricted: true }) { project { id } } }', {}, olga);
  for (const [person, role] of [[max, 'MEMBER'], [vera, 'VIEWER']] as const) await join(person, role);
  const { proposeHypothesis } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation { proposeHypothesis(input: { project: "lab", statement: "Mixing raises accuracy." }) { hypothesis { id } } }', {}, olga);
  const { createExperiment } = await api.ok<{ createExperiment: { experiment: { id: string } } }>('mutation($hypothesis: ID!) { createExperiment(input: { project: "lab", name: "cutmix", hypothesis: $hypothesis }) { experiment { id } } }', { hypothesis: proposeHypothesis.hypothesis.id }, olga);
  subject = createExperiment.experiment.id;
}, 120_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await api.stop();
});

const join = (person: TestPerson, role: string) => api.ok('mutation($email: String!, $role: ProjectRole!) { addMember(input: { project: "lab", email: $email, role: $role }) { member { role } } }', { email: person.email, role }, olga);
const newNote = async (markdown: string | null = null, title = 'Notes'): Promise<string> =>
  (await api.ok<{ createNote: { note: { id: string } } }>('mutation($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }', { input: { subject, title, markdown } }, max)).createNote.note.id;
const markdownOf = async (note: string): Promise<string | undefined> => (await api.ok<{ note: { markdown: string } | null }>('query($note: ID!) { note(id: $note) { markdown } }', { note }, olga)).note?.markdown;
const open = async (note: string, as: TestPerson, url = api.url): Promise<NoteClient> => {
  const client = await openNote(url, note, as);
  clients.push(client);
  return client;
};
const withinASecond = { timeout: 1_000, interval: 10 };

test('two people write in one note and see each other, and what is said to be saved is in the store', async () => {
  const note = await newNote('# Plan\n\nfirst');
  const [one, two] = [await open(note, olga), await open(note, max)];
  expect(one.words()).toEqual(['Plan', 'first']);
  const mine = one.write('from Olga');
  const his = two.write('from Max');
  await expect.poll(() => [one.saved.has(mine), two.saved.has(his)]).toEqual([true, true]);
  const stored = await markdownOf(note);
  expect(stored).toContain('from Olga');
  expect(stored).toContain('from Max');
  await expect.poll(() => [one.words(), two.words()].map((words) => words.toSorted())).toEqual(Array.from({ length: 2 }, () => ['Plan', 'first', 'from Max', 'from Olga']));
});

test('nothing is said to be saved before its commit: while the note is locked elsewhere, nobody hears of the edit', async () => {
  const note = await newNote();
  const [one, two] = [await open(note, olga), await open(note, max)];
  await api.adapters.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM notes WHERE id = ${note} FOR UPDATE`;
    one.write('not yet');
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect([one.saved.size, two.words()]).toEqual([0, []]);
  });
  await expect.poll(() => [one.saved.size, two.words()]).toEqual([1, ['not yet']]);
});

test('two server processes stay in step; one is killed in the middle of writing and no keystroke shown as saved is lost', async () => {
  const note = await newNote();
  const replica = await startReplica(api, SECRET, { LEMMA_AUTH: 'required' });
  const here = await open(note, olga);
  const there = await open(note, max, replica.url);
  here.write('here');
  there.write('there');
  await expect.poll(() => [here.words().toSorted(), there.words().toSorted()]).toEqual([['here', 'there'], ['here', 'there']]);
  const sent = new Map<number, string>();
  let killed: Promise<void> | null = null;
  for (let word = 0; word < 300 && there.socket.readyState === there.socket.OPEN; word += 1) {
    sent.set(there.write(`word ${word}`), `word ${word}`);
    if (word === 100) killed = replica.kill();
    if (word % 5 === 0) await new Promise((resolve) => { setTimeout(resolve, 2); });
  }
  await killed;
  await there.closed;
  const stored = await markdownOf(note);
  const shownAsSaved = [...there.saved].map((sequence) => sent.get(sequence)).filter((words) => words !== undefined);
  expect(shownAsSaved.length).toBeGreaterThan(0);
  for (const words of shownAsSaved) expect(stored).toContain(`${words}\n`);
  // The client comes back elsewhere with everything it has: nothing is lost that was not saved either.
  const back = await openNote(api.url, note, max, there.doc);
  clients.push(back);
  const all = back.push(encodeStateAsUpdate(there.doc));
  await expect.poll(() => back.saved.has(all)).toBe(true);
  await expect.poll(() => here.words().toSorted()).toEqual(there.words().toSorted());
}, 120_000);

test('a note edited on both sides of a lost connection is merged', async () => {
  const note = await newNote('start');
  const [one, two] = [await open(note, olga), await open(note, max)];
  two.close();
  await two.closed;
  const away = one.write('while Max was away');
  await expect.poll(() => one.saved.has(away)).toBe(true);
  const again = await openNote(api.url, note, max, two.doc);
  clients.push(again);
  expect(again.words()).toContain('while Max was away');
  const late = again.write('written in the train');
  await expect.poll(() => again.saved.has(late)).toBe(true);
  await expect.poll(() => one.words()).toEqual(['start', 'while Max was away', 'written in the train']);
});

test('what is not a message, not an update or too large is refused, nothing of it is stored, and others write on', async () => {
  const note = await newNote('kept');
  const other = await open(note, olga);
  for (const bytes of [Uint8Array.of(), Uint8Array.of(9, 9), Uint8Array.of(2, 255), Uint8Array.of(0, 255, 255, 255), Uint8Array.of(4, 200, 1), Uint8Array.of(3, 1), 'GET / HTTP/1.1', Uint8Array.of(2, 1, 7, 7, 7, 7)]) {
    const bad = await open(note, max);
    bad.sendBytes(bytes);
    expect(await bad.closed).toBe(CLOSE_CODES.malformed);
    expect(bad.refusals[0]?.message).toMatch(/not/);
  }
  const large = await open(note, max);
  large.push(new Uint8Array(MOST_UPDATE_BYTES + 1));
  expect(await large.closed).toBe(CLOSE_CODES.tooLarge);
  expect(large.refusals[0]).toMatchObject({ code: 'note/update-too-large' });
  const huge = await open(note, max);
  huge.sendBytes(new Uint8Array(50_000_000));
  expect(await huge.closed).toBe(1009);
  const mine = other.write('still here');
  await expect.poll(() => other.saved.has(mine)).toBe(true);
  expect(await markdownOf(note)).toBe('kept\n\nstill here\n');
});

test('who may only read sees every edit and makes none; who may not even read, or has no session, gets nothing', async () => {
  const note = await newNote('secret');
  const reader = await open(note, vera);
  const writer = await open(note, max);
  writer.write('seen');
  await expect.poll(() => reader.words()).toEqual(['secret', 'seen']);
  reader.write('not mine to say');
  expect(await reader.closed).toBe(CLOSE_CODES.forbidden);
  expect(await markdownOf(note)).toBe('secret\n\nseen\n');
  const outsider = await open(note, await api.signUp('Outi'));
  expect([await outsider.closed, outsider.words()]).toEqual([CLOSE_CODES.unknown, []]);
  const nobody = await openNote(api.url, note, null);
  expect([await nobody.closed, nobody.words()]).toEqual([CLOSE_CODES.unauthenticated, []]);
  expect(await (await open('not_0', olga)).closed).toBe(CLOSE_CODES.unknown);
});

test('the socket is closed within a second when the right, the account, the session or the note goes', async () => {
  const note = await newNote('mine');
  const eve = await api.signUp('Eve');
  await join(eve, 'MEMBER');
  const closedSoon = async (client: NoteClient, code: number, take: () => Promise<unknown>): Promise<void> => {
    let closedWith = 0;
    void client.closed.then((each) => { closedWith = each; });
    await take();
    await expect.poll(() => closedWith, withinASecond).toBe(code);
  };
  await closedSoon(await open(note, eve), CLOSE_CODES.forbidden, () => api.ok('mutation { removeMember(input: { project: "lab", email: "eve@example.org" }) { project { id } } }', {}, olga));
  await join(eve, 'MEMBER');
  await closedSoon(await open(note, eve), CLOSE_CODES.unauthenticated, () => api.fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', as: eve }));
  const frank = await api.signUp('Frank');
  await join(frank, 'MEMBER');
  const { id } = await api.adapters.prisma.person.findUniqueOrThrow({ where: { email: frank.email } });
  await closedSoon(await open(note, frank), CLOSE_CODES.unauthenticated, () => api.ok('mutation($id: ID!) { disablePerson(input: { person: $id }) { person { id } } }', { id }, olga));
  await closedSoon(await open(note, max), CLOSE_CODES.forbidden, () => api.ok('mutation($note: ID!) { deleteNote(input: { note: $note }) { deleted } }', { note }, olga));
  expect(await (await open(note, olga)).closed).toBe(CLOSE_CODES.unknown);
});

test('nobody can speak for another: names are the server\'s, a caret has one owner, and who leaves is gone', async () => {
  const note = await newNote();
  const [one, two] = [await open(note, olga), await open(note, max)];
  const ids = Object.fromEntries((await api.adapters.prisma.person.findMany()).map(({ id, name }) => [name, id]));
  two.say(7, { user: { id: ids['Olga'], name: 'Olga', color: '#123456' }, cursor: { at: 1 } });
  await expect.poll(() => one.others.get(7)).toEqual({ user: { id: ids['Max'], name: 'Max', color: '#123456' }, cursor: { at: 1 } });
  one.say(8, { user: { name: 'x', color: 'red;background:url(//evil)' } });
  await expect.poll(() => two.others.get(8)).toEqual({ user: { id: ids['Olga'], name: 'Olga' } });
  // Olga cannot move or remove the caret that Max's socket owns.
  one.say(7, { user: { name: 'Max' }, cursor: { at: 99 } }, 50);
  one.say(7, null, 51);
  one.say(8, { cursor: { at: 2 } });
  await expect.poll(() => two.others.get(8)).toMatchObject({ cursor: { at: 2 } });
  expect(one.others.get(7)).toMatchObject({ cursor: { at: 1 } });
  two.close();
  await expect.poll(() => one.others.get(7)).toBeNull();
});

test('a storm of mentions makes as many links back as a text may, a mention is found from what it mentions, and search finds the words at once', async () => {
  const people = Array.from({ length: 400 }, (_, at) => `[@p${at}](lemma:person/per_${at})`).join(' ');
  const note = await newNote(`[VIS-1](lemma:experiment/${subject}) zebrafish, [val_acc](lemma:metric/${subject}/val_acc)\n\n${people}`);
  expect(await api.adapters.prisma.mention.count({ where: { sourceId: note } })).toBe(50);
  const { node } = await api.ok<{ node: { backlinks: { totalCount: number; nodes: { source: { id: string; title: string }; metric: string | null }[] } } }>('query($id: ID!) { node(id: $id) { ... on Experiment { backlinks { totalCount nodes { source { ... on Note { id title } } author { name } metric } } } } }', { id: subject }, vera);
  expect(node.backlinks.nodes.filter(({ source }) => source.id === note), 'once, though the note means one of its metrics too').toMatchObject([{ metric: null }]);
  const beside = await api.ok<{ note: { backlinks: { totalCount: number; nodes: { source: { id: string } }[] } } }>('query($id: ID!) { note(id: $id) { backlinks { totalCount nodes { source { ... on Note { id } ... on Thread { id } } } } } }', { id: note }, vera);
  expect(beside.note.backlinks.nodes.map(({ source }) => source.id), 'beside the note itself').not.toContain(note);
  expect(beside.note.backlinks.totalCount).toBe(node.backlinks.totalCount - 1);
  const { search } = await api.ok<{ search: { nodes: { id: string }[] } }>('{ search(text: "zebrafish") { nodes { ... on Note { id } } } }', {}, vera);
  expect(search.nodes).toEqual([{ id: note }]);
  expect((await api.ok<{ search: { nodes: unknown[] } }>('{ search(text: "zebrafish") { nodes { __typename } } }', {}, await api.signUp('Nina'))).search.nodes).toEqual([]);
});

test('what a note or a comment mentions finds it in search, by the words that a reader sees, and the run that is mentioned leads back to both', async () => {
  const run = await api.adapters.prisma.run.create({ data: { id: api.adapters.ports.ids.run(), experimentId: subject, name: 'odd-axolotl', status: 'FINISHED' } });
  const note = await newNote(`It began with [odd-axolotl](lemma:run/${run.id}), says [@Wilhelmina Fleming](lemma:person/per_wilhelmina).`);
  const { startThread } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($subject: ID!, $body: String!) { startThread(input: { subject: $subject, body: $body }) { thread { id } } }', { subject, body: `As in [odd-axolotl](lemma:run/${run.id}).` }, max);
  const found = async (text: string): Promise<string[]> => (await api.ok<{ search: { nodes: { id: string }[] } }>('query($text: String!) { search(text: $text) { nodes { ... on Note { id } ... on Thread { id } } } }', { text }, vera)).search.nodes.map(({ id }) => id);
  expect((await found('odd-axolotl')).filter((id) => id !== undefined).toSorted()).toEqual([note, startThread.thread.id].toSorted());
  expect(await found('Wilhelmina Fleming')).toEqual([note]);
  const { node } = await api.ok<{ node: { backlinks: { nodes: { source: { id: string } }[] } } }>('query($id: ID!) { node(id: $id) { ... on Run { backlinks { nodes { source { ... on Note { id } ... on Thread { id } } } } } } }', { id: run.id }, vera);
  expect(node.backlinks.nodes.map(({ source }) => source.id).toSorted()).toEqual([note, startThread.thread.id].toSorted());
});

test('what is typed is found, mentioned and told to watchers a moment later', async () => {
  const note = await newNote();
  const watching = api.subscribe<{ noteUpdated: { id: string; excerpt: string } }>('subscription($subject: ID!) { noteUpdated(subject: $subject) { id excerpt } }', { subject: note }, vera);
  const first = watching.next();
  const writer = await open(note, max);
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  writer.write('quokka');
  expect((await first).value).toEqual({ noteUpdated: { id: note, excerpt: 'quokka' } });
  await watching.return?.();
  const { search } = await api.ok<{ search: { nodes: { id: string }[] } }>('{ search(text: "quokka") { nodes { ... on Note { id } } } }', {}, vera);
  expect(search.nodes).toEqual([{ id: note }]);
});

test('a version is kept under a name, shows what changed, and is restored as an edit that keeps what others write', async () => {
  const note = await newNote('# Plan\n\none\n\ntwo');
  const writer = await open(note, max);
  const { keepNoteVersion } = await api.ok<{ keepNoteVersion: { version: { id: string } } }>('mutation($note: ID!) { keepNoteVersion(input: { note: $note, name: "before" }) { version { id name author { name } } } }', { note }, max);
  const added = writer.write('three');
  await expect.poll(() => writer.saved.has(added)).toBe(true);
  await api.ok('mutation($note: ID!) { keepNoteVersion(input: { note: $note, name: "after" }) { version { id } } }', { note }, max);
  const versions = async () => (await api.ok<{ note: { versions: { nodes: { name: string | null; author: { name: string }; changes: { kind: string; text: string }[] }[] } } }>('query($note: ID!) { note(id: $note) { versions { nodes { name author { name } changes { kind text } } } } }', { note }, vera)).note.versions.nodes;
  const after = (await versions()).find(({ name }) => name === 'after');
  expect(after?.changes.filter(({ kind }) => kind !== 'SAME').map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual(['ADDED three']);
  await api.ok('mutation($note: ID!, $version: ID!) { restoreNoteVersion(input: { note: $note, version: $version }) { note { markdown } } }', { note, version: keepNoteVersion.version.id }, olga);
  await expect.poll(() => writer.words()).toEqual(['Plan', 'one', 'two']);
  expect(await markdownOf(note)).toBe('# Plan\n\none\n\ntwo\n');
  expect((await versions())[0]).toMatchObject({ name: null, author: { name: 'Olga' } });
  expect(await api.refusal('mutation($note: ID!, $version: ID!) { restoreNoteVersion(input: { note: $note, version: $version }) { note { id } } }', { note: await newNote(), version: keepNoteVersion.version.id }, olga)).toBe('note/unknown-version');
});

test('Markdown comes in as it goes out, with formulas and callouts; a version names the evidence that its reader may see', async () => {
  const markdown = 'The loss is $-\\log p$, on test_acc.\n\n$$\n\\frac{1}{n}\n$$\n\n> [!DECISION]\n> We keep it.\n';
  const note = await newNote(markdown);
  expect(await markdownOf(note)).toBe(markdown);
  const writer = await open(note, max);
  const added = writer.change(() => {
    const evidence = new XmlElement('evidence');
    evidence.setAttribute('kind', 'verdict');
    evidence.setAttribute('subject', subject);
    writer.doc.getXmlFragment('default').push([evidence]);
  });
  await expect.poll(() => writer.saved.has(added)).toBe(true);
  await api.ok('mutation($note: ID!) { keepNoteVersion(input: { note: $note, name: "with evidence" }) { version { id } } }', { note }, max);
  const { note: { versions } } = await api.ok<{ note: { versions: { nodes: { markdown: string }[] } } }>('query($note: ID!) { note(id: $note) { versions { nodes { markdown } } } }', { note }, vera);
  expect(versions.nodes[0]?.markdown).toMatch(/> Evidence: verdict of [A-Z]+-\d+ cutmix\n/);
});

test('people, experiments, hypotheses and metrics are offered to be mentioned, of what the asker may see', async () => {
  const ask = (as: TestPerson) => api.ok<{ mentionable: { kind: string; label: string }[] }>('{ people: mentionable(text: "@ma", kinds: [PERSON]) { kind label } mentionable(text: "mix") { kind label detail id } }', {}, as);
  expect((await ask(vera)).mentionable.map(({ kind }) => kind)).toEqual(['EXPERIMENT', 'HYPOTHESIS']);
  expect(await ask(await api.signUp('Nora'))).toEqual({ people: [{ kind: 'PERSON', label: '@Max' }], mentionable: [] });
});

test('a metric is offered in every experiment that logged it, in that which is written about first, and words of an experiment narrow it', async () => {
  const lab = await openLab(api);
  const [first, second, third] = [await lab.experiment('short steps'), await lab.experiment('long steps'), await lab.experiment('nothing logged')];
  const runs = [...await lab.runs(first.id, 'aug=none', [0.5]), ...await lab.runs(second.id, 'aug=none', [0.6])];
  for (const run of runs) await api.adapters.ports.metrics.append(run, [{ key: 'val_loss', value: 1, step: 0n, timestamp: 1n }]);
  const hidden = await openLab(api);
  await hidden.runs((await hidden.experiment('short steps')).id, 'aug=none', [0.5]);
  const find = async (text: string, about: string | null = null, as = lab.vera): Promise<string[]> =>
    (await api.ok<{ mentionable: { id: string }[] }>('query($text: String!, $about: ID) { mentionable(text: $text, kinds: [METRIC], about: $about) { id } }', { text, about }, as)).mentionable.map(({ id }) => id);
  const [one, two] = [first, second].map(({ id }) => ({ acc: `${id}/val_acc`, loss: `${id}/val_loss` })) as [Record<'acc' | 'loss', string>, Record<'acc' | 'loss', string>];
  await api.adapters.prisma.experiment.update({ where: { id: first.id }, data: { updatedAt: new Date('2020-01-01') } });

  expect(await find('#val_acc')).toEqual([two.acc, one.acc]);
  expect(await find('val')).toEqual([two.acc, two.loss, one.acc, one.loss]);
  const { createNote } = await api.ok<{ createNote: { note: { id: string } } }>('mutation($subject: ID!) { createNote(input: { subject: $subject, title: "On it" }) { note { id } } }', { subject: runs[0] }, lab.ada);
  const { startThread } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($subject: ID!) { startThread(input: { subject: $subject, body: "Look" }) { thread { id } } }', { subject: createNote.note.id }, lab.ada);
  for (const about of [first.id, String(runs[0]), createNote.note.id, startThread.thread.id]) expect(await find('val_acc', about)).toEqual([one.acc, two.acc]);
  for (const text of [`val_acc ${first.key}`, `${first.key} val_acc`, `${first.key}/val_acc`, `acc ${first.key.toLowerCase()}`, 'val_acc short']) expect(await find(text)).toEqual([one.acc]);
  expect(await find(`${first.key} val`)).toEqual([one.acc, one.loss]);
  for (const text of [`val_acc ${third.key}`, 'val_acc nothing', 'short steps', 'val % acc']) expect(await find(text)).toEqual([]);
  // Who may not see it is told nothing of it, by what it is about neither.
  expect(await find('val_acc', first.id, lab.eve)).toEqual([]);
});

test('files go into a note under its rights; what a browser could run is only ever saved', async () => {
  const note = await newNote();
  const put = (name: string, body: BodyInit, as: TestPerson) => api.fetch(`/api/v1/notes/${note}/files?name=${encodeURIComponent(name)}`, { method: 'POST', body, as });
  const png = await put('plot ü.png', new Uint8Array([137, 80, 78, 71]), max);
  expect(png.status).toBe(201);
  const { src, name, size, type } = noteFile.parse(await png.json());
  expect({ name, size, type }).toEqual({ name: 'plot ü.png', size: 4, type: 'image/png' });
  const read = await api.fetch(src, { as: vera });
  expect([read.headers.get('content-type'), read.headers.get('content-disposition'), (await read.bytes()).length]).toEqual(['image/png', expect.stringMatching(/^inline/), 4]);
  for (const hostile of ['evil.html', 'evil.svg', 'evil.js', '../../evil.xhtml']) {
    const answer = await put(hostile, '<script>alert(1)</script>', max);
    const file = await api.fetch((await answer.json() as { src: string }).src, { as: vera });
    expect([file.headers.get('content-type'), file.headers.get('content-disposition'), file.headers.get('x-content-type-options')]).toEqual(['application/octet-stream', expect.stringMatching(/^attachment; filename="evil/), 'nosniff']);
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  }
  expect((await put('x', 'x', vera)).status).toBe(403);
  const outsider = await api.signUp('Otto');
  expect([(await put('x', 'x', outsider)).status, (await api.fetch(src, { as: outsider })).status, (await api.fetch(src)).status]).toEqual([404, 404, 401]);
  expect((await api.fetch(src.replace(note, await newNote()), { as: max })).status).toBe(404);
  const before = await api.adapters.prisma.noteFile.count();
  expect((await put('big', new Uint8Array(50 * 1024 * 1024 + 1), max)).status).toBe(400);
  expect(await api.adapters.prisma.noteFile.count()).toBe(before);
});

test('a note is exported as Markdown and PDF, with its evidence as a sentence, to those who may read it', async () => {
  const note = await newNote('Seen **twice**.\n\n| a | b |\n|---|---|\n| 1 | 2 |', 'Plan: "A/B"');
  const markdown = await api.fetch(`/api/v1/notes/${note}.md`, { as: vera });
  expect(await markdown.text()).toBe('# Plan: "A/B"\n\nSeen **twice**.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n');
  expect(markdown.headers.get('content-disposition')).toMatch(/^attachment; filename="Plan +A B.md"/);
  const pdf = await api.fetch(`/api/v1/notes/${note}.pdf`, { as: vera });
  expect([pdf.headers.get('content-type'), Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-']);
  const outsider = await api.signUp('Ole');
  expect([(await api.fetch(`/api/v1/notes/${note}.md`, { as: outsider })).status, (await api.fetch(`/api/v1/notes/${note}.pdf`)).status, (await api.fetch('/api/v1/notes/..%2f..pdf', { as: vera })).status]).toEqual([404, 401, 404]);
});
