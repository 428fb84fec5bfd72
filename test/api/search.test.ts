import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => { api = await startApi(); lab = await openLab(api); });
afterAll(() => api.stop());

interface Found { readonly search: { readonly totalCount: number; readonly edges: readonly { readonly cursor: string; readonly highlights: readonly string[]; readonly node: { readonly __typename: string; readonly id: string } }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } }
const SEARCH = 'query($text: String!, $project: String, $first: Int, $after: String) { search(text: $text, project: $project, first: $first, after: $after) { totalCount edges { cursor highlights node { __typename ... on Node { id } } } pageInfo { hasNextPage endCursor } } }';
const search = async (text: string, more: object = {}, as: As = lab.ada) => (await api.ok<Found>(SEARCH, { text, ...more }, as)).search;
const ids = async (text: string, more: object = {}, as: As = lab.ada) => (await search(text, more, as)).edges.map(({ node }) => node.id);

test('a hypothesis is found by any word of it, at once, and by what it was changed to', async () => {
  const id = await lab.propose({ statement: 'Stochastic depth steadies training', because: 'gradients find shorter paths', metric: 'grad_norm_variance' });
  for (const text of ['stochastic', 'STEADYING', 'stoch dep', 'shorter paths', 'grad_norm_variance', 'grad_norm', 'variance']) expect(await ids(text), text).toContain(id);
  await api.ok('mutation($id: ID!) { updateHypothesis(input: { hypothesis: $id, statement: "Layerwise dropping steadies training" }) { hypothesis { id } } }', { id }, lab.ada);
  expect(await ids('stochastic')).toEqual([]);
  expect(await ids('layerwise')).toEqual([id]);
});

test('an experiment is found by its key, its name, a part of a word, and its hypothesis', async () => {
  const { id, key } = await lab.experiment('SwinTransformer on tiles', { description: 'Looks at **mosaicking** again', hypothesis: await lab.propose({ statement: 'Attention windows help on satellite tiles' }) });
  for (const text of [key, key.toLowerCase(), 'swintransformer', 'ntransfor', 'mosaicking', 'satellite', 'tiles swin']) expect(await ids(text), text).toContain(id);
  expect((await ids(key))[0]).toBe(id);
});

test('what is named by a word stands above what speaks of it, however often it does', async () => {
  const speaks = await lab.propose({ statement: 'Padding like a numbat helps, because numbat edges carry numbat signal', because: 'numbat by numbat, the numbat border is seen' });
  const { id } = await lab.experiment('numbat crops', { hypothesis: await lab.propose({ statement: 'Crops help' }) });
  expect(await ids('numbat')).toEqual([id, speaks]);
});

test('a comment finds its thread and the experiment it is about', async () => {
  const { id } = await lab.experiment('talked about');
  const [run] = await lab.runs(id, 'aug=none', [1]);
  const { startThread } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($id: ID!) { startThread(input: { subject: $id, body: "Could this be label leakage?" }) { thread { id comments { id } } } }', { id: run }, lab.vera);
  expect(await ids('leakage')).toEqual([id, startThread.thread.id]);
  await api.ok('mutation($id: ID!) { reply(input: { thread: $id, body: "No: a checksum mismatch" }) { thread { id } } }', { id: startThread.thread.id }, lab.ada);
  expect(await ids('checksum')).toEqual([id, startThread.thread.id]);
});

test("a param's name finds the run and, above it, its experiment", async () => {
  const { id } = await lab.experiment('searched by param');
  const [run] = await lab.runs(id, 'aug=none', [1]);
  await api.adapters.ports.store.transaction((tx) => tx.search.put({ subjectId: String(run), subjectKind: 'run', projectId: lab.projectId, title: 'bold-owl', body: 'label_smoothing = 0.1' }));
  expect(await ids('label_smoothing')).toEqual([id, run]);
  expect(await ids('smoothing')).toEqual([id, run]);
});

test('the words that matched are marked, and nothing else can pretend to be', async () => {
  await lab.propose({ statement: 'Cosine \uE000annealing\uE001 <b>beats</b> step decay', because: 'x '.repeat(500) });
  const { edges: [edge] } = await search('annealing');
  expect(edge?.highlights.join(' ')).toContain('\uE000annealing\uE001 <b>beats</b>');
  expect(edge?.highlights.join('').match(/\uE000/g)).toHaveLength(1);
  const { edges: [part] } = await search('nneali');
  expect(part?.highlights[0]).toContain('a\uE000nneali\uE001ng');
});

test('only what the viewer may see, also when it is asked for by project', async () => {
  const id = await lab.propose({ statement: 'Zephyr scheduling is confidential' });
  expect(await ids('zephyr')).toEqual([id]);
  expect(await ids('zephyr', { project: lab.slug }, lab.vera)).toEqual([id]);
  expect(await search('zephyr', {}, lab.eve)).toMatchObject({ totalCount: 0, edges: [] });
  expect(await api.refusal(SEARCH, { text: 'zephyr', project: lab.slug }, lab.eve)).toBe('project/unknown');
  expect(await ids('zephyr', { project: 'sandbox' })).toEqual([]);
});

test('quotes, minus and OR mean what they mean elsewhere', async () => {
  const [both, one] = [await lab.propose({ statement: 'Quokka batch norm' }), await lab.propose({ statement: 'Quokka norm batch' })];
  expect((await ids('quokka')).toSorted()).toEqual([both, one].toSorted());
  expect(await ids('quokka "batch norm"')).toEqual([both]);
  expect(await ids('quokka -"batch norm"')).toEqual([one]);
  expect((await ids('nonsenseword OR quokka')).toSorted()).toEqual([both, one].toSorted());
});

test('pages do not repeat and do not lose', async () => {
  const made = [];
  for (let index = 0; index < 7; index += 1) made.push(await lab.propose({ statement: `Wombat number ${index}` }));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Found['search'] = await search('wombat', { first: 3, after });
    expect(page.totalCount).toBe(7);
    seen.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen.toSorted()).toEqual(made.toSorted());
  expect(await api.refusal(SEARCH, { text: 'wombat', first: 100_000 }, lab.ada)).toBe('page/size');
  expect(await api.refusal(SEARCH, { text: 'wombat', after: 'x' }, lab.ada)).toBe('page/cursor');
});

test('whatever is typed, it is only looked for', async () => {
  for (const text of ['', ' ', '!', '&', 'a & | !', "'; DROP TABLE search_documents; --", '%', '_', '\\', '"', '"unclosed', '-', '<->', ':*', 'a:b', '((((', '😀', 'x'.repeat(10_000), Array.from({ length: 500 }, (_, index) => `w${index}`).join(' '), '\uE000']) {
    const { status, errors } = await api.gql(SEARCH, { text }, lab.ada);
    expect([text.slice(0, 20), status, errors]).toEqual([text.slice(0, 20), 200, []]);
  }
  expect(await ids('%')).toEqual([]);
});

test('a filter says the same at every door', async () => {
  const { id, key } = await lab.experiment('filtered everywhere');
  const [run] = await lab.runs(id, 'aug=none', [7]);
  const filter = `experiment = '${key}' AND project = '${lab.slug}' AND seed = 0 AND start_time > now - 1d AND verdict IS NULL AND owner IS NOT NULL`;
  const { runs } = await api.ok<{ runs: { nodes: { id: string }[] } }>('query($filter: String) { runs(filter: $filter) { nodes { id } } }', { filter }, lab.ada);
  expect(runs.nodes).toEqual([{ id: run }]);
});

interface Faceted { readonly search: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[]; readonly corrections: readonly object[]; readonly facets: readonly { readonly facet: string; readonly values: readonly { readonly value: string; readonly label: string; readonly count: number; readonly chosen: boolean }[] }[] } }
const FACETED = 'query($text: String!, $facets: [SearchFacetChoice!]) { search(text: $text, facets: $facets) { totalCount nodes { ... on Node { id } } corrections { word meant } facets { facet values { value label count chosen } } } }';
const faceted = async (text: string, facets: object[] = [], as: As = lab.ada) => (await api.ok<Faceted>(FACETED, { text, facets }, as)).search;
const shown = ({ facets }: Faceted['search']) => Object.fromEntries(facets.map(({ facet, values }) => [facet, values.map(({ label, count, chosen }) => `${label} ${count}${chosen ? ' chosen' : ''}`).join(', ')]));

test('a mistyped word finds what was meant, behind what has it as typed', async () => {
  const meant = await lab.propose({ statement: 'Narwhal augmentation helps' });
  expect(await faceted('narwhal augmentaton')).toMatchObject({ nodes: [{ id: meant }], corrections: [{ word: 'augmentaton', meant: ['augmentation'] }] });
  expect(await ids('narwal augmentation')).toEqual([meant]);
  const typed = await lab.propose({ statement: 'Narwhal augmentaton, as somebody wrote it' });
  expect(await ids('augmentaton')).toEqual([typed, meant]);
  expect(await ids('narwhal augmentation')).toEqual([meant, typed]);
  expect(await ids('"augmentaton" narwhal')).toEqual([typed]);
});

test('what only others may see is neither meant nor counted', async () => {
  await lab.propose({ statement: 'Xylophonist curriculum' });
  expect(await faceted('xylophonest')).toMatchObject({ totalCount: 1, corrections: [{ word: 'xylophonest' }] });
  expect(await faceted('xylophonest', [], lab.eve)).toMatchObject({ totalCount: 0, corrections: [], facets: [{ values: [] }, { values: [] }, { values: [] }, { values: [] }, { values: [] }, { values: [] }] });
});

test('what was found is counted by what it is, and narrowed to what is chosen', async () => {
  const hypothesis = await lab.propose({ statement: 'Ocelot pooling' });
  const { id } = await lab.experiment('Ocelot pooling, tried', { hypothesis: await lab.propose({ statement: 'pools help cats' }) });
  expect(shown(await faceted('ocelot'))).toMatchObject({ KIND: 'experiment 1, hypothesis 1', STATUS: 'PROPOSED 1', VERDICT: '', WHEN: 'week 2', OWNER: expect.stringMatching(/^Ada.* 2$/) as string });
  const chosen = await faceted('ocelot', [{ facet: 'KIND', values: ['hypothesis'] }]);
  expect(chosen).toMatchObject({ totalCount: 1, nodes: [{ id: hypothesis }] });
  expect(shown(chosen)).toMatchObject({ KIND: 'experiment 1, hypothesis 1 chosen', PROJECT: expect.stringMatching(/ 1$/) as string });
  expect((await faceted('ocelot', [{ facet: 'KIND', values: ['experiment'] }, { facet: 'PROJECT', values: [lab.slug] }])).nodes).toEqual([{ id }]);
});

interface Completed { readonly completions: { readonly from: number; readonly to: number; readonly items: readonly { readonly insert: string; readonly detail: string }[] } | null }
const COMPLETIONS = 'query($text: String!, $cursor: Int!, $project: String) { completions(text: $text, cursor: $cursor, project: $project) { from to items { insert detail } } }';
const offered = async (text: string, as: As = lab.ada) => (await api.ok<Completed>(COMPLETIONS, { text, cursor: text.length, project: as === lab.eve ? null : lab.slug }, as)).completions?.items.map(({ insert }) => insert) ?? null;

test('names and values are offered as one types a filter, those in use most first', async () => {
  const { id, key } = await lab.experiment('completed');
  const [run] = await lab.runs(id, 'zebra-crop', [1, 2, 3]);
  await lab.runs(id, 'zebra\'s flip', [1]);
  await api.adapters.prisma.runTag.create({ data: { runId: String(run), key: 'zebra team', value: 'vision' } });
  expect(await offered('val_')).toEqual(['metrics.val_acc ']);
  expect(await offered('metrics.acc')).toEqual(['metrics.val_acc ']);
  expect(await offered('seed = 1 AND tags.ZEB')).toEqual(['tags.`zebra team` ']);
  expect(await offered('params.aug = \'zebra')).toEqual(['\'zebra-crop\' ', '\'zebra\'\'s flip\' ']);
  expect(await offered(`descendant of ${key}`)).toEqual([`${key} `]);
  expect(await offered('verdict = ref')).toEqual(['refuted ']);
  expect(await offered('nothing like it')).toBeNull();
  expect((await api.ok<Completed>(COMPLETIONS, { text: 'params.aug = \'zebra-c', cursor: 21, project: lab.slug }, lab.ada)).completions).toEqual({ from: 13, to: 21, items: [{ insert: '\'zebra-crop\' ', detail: '3 runs' }] });
});

test('nothing is offered of what one may not see, nor ever more than ten', async () => {
  const { id } = await lab.experiment('completed in secret');
  const [run] = await lab.runs(id, 'okapi-crop', [1]);
  await api.adapters.prisma.runParam.createMany({ data: Array.from({ length: 30 }, (_, index) => ({ runId: String(run), key: `okapi_${index}`, value: 'x' })) });
  expect(await offered('okapi')).toHaveLength(10);
  expect(await offered('params.aug = okapi')).toEqual(['\'okapi-crop\' ']);
  expect(await offered('okapi', lab.eve)).toEqual([]);
  expect(await offered('params.aug = okapi', lab.eve)).toEqual([]);
  expect(await api.refusal(COMPLETIONS, { text: 'okapi', cursor: 5, project: lab.slug }, lab.eve)).toBe('project/unknown');
  for (const text of ['', '%', '\'', 'x'.repeat(30_000), 'params.`%_\\']) expect((await api.gql(COMPLETIONS, { text, cursor: text.length }, lab.ada)).errors).toEqual([]);
});
