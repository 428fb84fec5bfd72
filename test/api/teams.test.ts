import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let ada: TestPerson;
let grace: TestPerson;
let alan: TestPerson;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [ada, grace, alan] = [await api.signUp('Ada'), await api.signUp('Grace'), await api.signUp('Alan')];
  await api.adapters.prisma.person.update({ where: { email: ada.email }, data: { organizationRole: 'OWNER' } });
});
afterAll(() => api.stop());

interface Team { readonly id: string; readonly name: string; readonly members: readonly { readonly name: string }[] }
const SAVE = 'mutation($input: SaveTeamInput!) { saveTeam(input: $input) { team { id name members { name } } } }';
const DELETE = 'mutation($id: ID!) { deleteTeam(input: { team: $id }) { teamId } }';
const save = async (input: object): Promise<Team> => (await api.ok<{ saveTeam: { team: Team } }>(SAVE, { input }, ada)).saveTeam.team;
const teams = async (as: As = ada): Promise<readonly Team[]> => (await api.ok<{ viewer: { organization: { teams: Team[] } } }>('{ viewer { organization { teams { id name members { name } } } } }', {}, as)).viewer.organization.teams;
const names = ({ members }: Team) => members.map(({ name }) => name);

test('a team is made, changed by its name or its id, and seen by everybody of the organization', async () => {
  const made = await save({ name: 'Vision', members: [grace.email, alan.email, grace.email] });
  expect(names(made)).toEqual(['Alan', 'Grace']);
  expect(names(await save({ name: 'Vision', members: [alan.email] }))).toEqual(['Alan']);
  const renamed = await save({ team: made.id, name: 'Seeing', members: [grace.email] });
  expect(renamed).toEqual({ id: made.id, name: 'Seeing', members: [{ name: 'Grace' }] });
  expect(await teams(alan)).toEqual([renamed]);
});

test('two teams do not go by one name, and nobody who is not here is in one', async () => {
  const [seeing] = await teams();
  const hearing = await save({ name: 'Hearing', members: [] });
  expect(await api.refusal(SAVE, { input: { team: hearing.id, name: 'Seeing', members: [] } }, ada)).toBe('team/name-taken');
  expect(await api.refusal(SAVE, { input: { name: 'Hearing', members: ['nobody@example.org'] } }, ada)).toBe('team/unknown-person');
  expect(await api.refusal(SAVE, { input: { name: '  ', members: [] } }, ada)).toBe('team/name-empty');
  expect(await api.refusal(SAVE, { input: { name: 'Crowd', members: Array.from({ length: 201 }, () => grace.email) } }, ada)).toBe('team/too-many');
  expect(await teams()).toEqual([hearing, seeing]);
});

test('a team of another organization is no team, to change or to delete', async () => {
  const { prisma, ports } = api.adapters;
  const elsewhere = await prisma.organization.create({ data: { id: ports.ids.next('organization'), slug: 'elsewhere', name: 'Elsewhere' } });
  const { id } = await prisma.team.create({ data: { id: ports.ids.next('team'), organizationId: elsewhere.id, name: 'Theirs' } });
  expect(await api.refusal(SAVE, { input: { team: id, name: 'Mine', members: [] } }, ada)).toBe('team/unknown');
  expect(await api.refusal(DELETE, { id }, ada)).toBe('team/unknown');
  expect(await prisma.team.count({ where: { id, name: 'Theirs' } })).toBe(1);
});

test('a deleted team is gone, its people stay, and the record says who ended it', async () => {
  const [hearing] = await teams();
  await api.ok(DELETE, { id: hearing?.id }, ada);
  expect((await teams()).map(({ name }) => name)).toEqual(['Seeing']);
  expect(await api.refusal(DELETE, { id: hearing?.id }, ada)).toBe('team/unknown');
  const actions = await api.adapters.prisma.auditEvent.findMany({ where: { subjectId: hearing?.id ?? '' }, orderBy: { id: 'asc' } });
  expect(actions.map(({ action }) => action)).toEqual(['team.made', 'team.deleted']);
});
