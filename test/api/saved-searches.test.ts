import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

// Searches that somebody keeps under a name, for themselves.

let api: Api;
let olga: TestPerson;
let vera: TestPerson;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [olga, vera] = [await api.signUp('Olga'), await api.signUp('Vera')];
}, 120_000);
afterAll(() => api.stop());

const SAVE = 'mutation($name: String!, $state: String!) { saveSearch(input: { name: $name, state: $state }) { savedSearch { id } viewer { savedSearches { name } } } }';
interface Saved { readonly saveSearch: { readonly savedSearch: { readonly id: string }; readonly viewer: { readonly savedSearches: readonly { readonly name: string }[] } } }
const save = async (name: string, state: string, as: As) => (await api.ok<Saved>(SAVE, { name, state }, as)).saveSearch;
const refused = (name: string, state: string, as: As) => api.refusal(SAVE, { name, state }, as);
const list = async (as: As) => (await api.ok<{ viewer: { savedSearches: unknown[] } }>('{ viewer { savedSearches { name state } } }', {}, as)).viewer.savedSearches;

test('words and filters are kept by name, each person has their own, and each change answers the list', async () => {
  expect((await save(' Step sizes ', 'q=changed+param+lr&project=lab', vera)).viewer.savedSearches).toEqual([{ name: 'Step sizes' }]);
  const { savedSearch: { id }, viewer } = await save('Augmentation', 'q=augmentation&as=words&kind=experiment%2Crun', vera);
  expect(viewer.savedSearches).toEqual([{ name: 'Augmentation' }, { name: 'Step sizes' }]);
  expect(await list(vera)).toEqual([{ name: 'Augmentation', state: 'q=augmentation&as=words&kind=experiment%2Crun' }, { name: 'Step sizes', state: 'q=changed+param+lr&project=lab' }]);
  expect(await list(olga)).toEqual([]);
  expect(await api.ok('mutation($id: ID!) { renameSearch(input: { savedSearch: $id, name: "Working with images" }) { savedSearch { id name } viewer { savedSearches { name } } } }', { id }, vera))
    .toEqual({ renameSearch: { savedSearch: { id, name: 'Working with images' }, viewer: { savedSearches: [{ name: 'Step sizes' }, { name: 'Working with images' }] } } });
  expect(await api.ok('mutation($id: ID!) { deleteSearch(input: { savedSearch: $id }) { savedSearch { name } viewer { savedSearches { name } } } }', { id }, vera))
    .toEqual({ deleteSearch: { savedSearch: { name: 'Working with images' }, viewer: { savedSearches: [{ name: 'Step sizes' }] } } });
  expect(await api.refusal('mutation($id: ID!) { deleteSearch(input: { savedSearch: $id }) { savedSearch { name } } }', { id }, vera)).toBe('saved-search/unknown');
});

test('a name that is taken, no name, no question and what is no search are refused in words', async () => {
  await save('Taken', 'q=a', olga);
  expect(await refused('Taken', 'q=b', olga)).toBe('saved-search/name-taken');
  expect(await refused(' ', 'q=b', olga)).toBe('saved-search/name');
  expect(await refused('n'.repeat(81), 'q=b', olga)).toBe('saved-search/name');
  expect(await refused('Nothing', 'project=lab', olga)).toBe('saved-search/nothing-asked');
  expect(await refused('Results', 'q=a&found=exp_1', olga)).toBe('saved-search/state');
  expect(await list(olga)).toEqual([{ name: 'Taken', state: 'q=a' }]);
});

test('opening one finds what its reader may see then, not what could be seen when it was saved', async () => {
  await api.ok('mutation { createProject(input: { slug: "hidden", name: "Zephyr", restricted: true }) { project { id } } }', {}, olga);
  await api.ok('mutation($email: String!) { addMember(input: { project: "hidden", email: $email, role: VIEWER }) { member { role } } }', { email: vera.email }, olga);
  const found = async () => (await api.ok<{ search: { totalCount: number } }>('{ search(text: "zephyr") { totalCount } }', {}, vera)).search.totalCount;
  await save('Zephyr', 'q=zephyr', vera);
  expect(await found()).toBe(1);
  await api.ok('mutation($email: String!) { removeMember(input: { project: "hidden", email: $email }) { project { id } } }', { email: vera.email }, olga);
  expect(await found()).toBe(0);
  expect(await list(vera)).toContainEqual({ name: 'Zephyr', state: 'q=zephyr' });
});
