import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

let api: Api;
let olga: TestPerson;
let ivan: TestPerson;
let eve: TestPerson;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  ivan = await api.signUp('Ivan');
  eve = await api.signUp('Eve');
});
afterAll(() => api.stop());

interface MadeProject { readonly createProject: { readonly project: { readonly slug: string; readonly key: string; readonly viewerRole: string; readonly members: { readonly role: string; readonly person: { readonly email: string } }[] } } }
const CREATE = 'mutation($input: CreateProjectInput!) { createProject(input: $input) { project { slug key viewerRole members { role person { email } } } } }';
const create = async (as: TestPerson, input: Record<string, unknown>) => (await api.ok<MadeProject>(CREATE, { input: { name: 'A project', ...input } }, as)).createProject.project;
const ADD = 'mutation($input: AddMemberInput!) { addMember(input: $input) { member { role person { email } project { slug } } } }';
const UPDATE = 'mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project { name description restricted archivedAt policyPreset } } }';
const REMOVE = 'mutation($input: RemoveMemberInput!) { removeMember(input: $input) { project { members { person { email } } } } }';
const roleOf = async (slug: string, as: TestPerson) => (await api.ok<{ project: { viewerRole: string } | null }>('query($slug: String!) { project(slug: $slug) { viewerRole } }', { slug }, as)).project?.viewerRole ?? null;

describe('making a project', () => {
  it('is for every member of the organization, who owns it then', async () => {
    expect(await create(ivan, { slug: 'vision' })).toEqual({ slug: 'vision', key: 'VIS', viewerRole: 'OWNER', members: [{ role: 'OWNER', person: { email: 'ivan@example.org' } }] });
    expect(await roleOf('vision', eve)).toBe('VIEWER');
  });

  it('makes a key from the slug that no other project has', async () => {
    expect((await create(ivan, { slug: 'visual' })).key).toBe('VIS2');
    expect((await create(ivan, { slug: '3d' })).key).toBe('P3D');
    expect((await create(ivan, { slug: 'x' })).key).toBe('XX');
    expect((await create(ivan, { slug: 'named', key: 'NME' })).key).toBe('NME');
  });

  it.each([
    [{ slug: 'vision' }, 'project/slug-taken'], [{ slug: 'other', key: 'VIS' }, 'project/key-taken'], [{ slug: 'Vision' }, 'project/slug'], [{ slug: 'a/b' }, 'project/slug'], [{ slug: '' }, 'project/slug'],
    [{ slug: 'x'.repeat(61) }, 'project/slug'], [{ slug: 'other', key: 'v' }, 'project/key'], [{ slug: 'other', key: 'TOOLONGAKEY' }, 'project/key'], [{ slug: 'other', name: ' ' }, 'project/name'],
    [{ slug: 'other', description: 'x'.repeat(20_001) }, 'project/description'],
  ])('from %o is refused: %s', async (input, reason) => {
    expect(await api.refusal(CREATE, { input: { name: 'A project', ...input } }, ivan)).toBe(reason);
  });

  it('twice at the same moment makes one', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.gql(CREATE, { input: { slug: 'race', name: 'Race' } }, ivan)));
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ errors }) => errors.map((error) => error.extensions.reason)))).toEqual(new Set(['project/slug-taken']));
  });
});

describe('a restricted project', () => {
  beforeAll(async () => { await create(ivan, { slug: 'secret', name: 'Secret', restricted: true }); });

  it('does not exist for those who are not members', async () => {
    expect(await roleOf('secret', eve)).toBeNull();
    const { projects } = await api.ok<{ projects: { nodes: { slug: string }[]; totalCount: number } }>('{ projects(first: 200) { nodes { slug } totalCount } }', {}, eve);
    expect(projects.nodes.map(({ slug }) => slug)).not.toContain('secret');
    expect(projects.totalCount).toBe(projects.nodes.length);
    expect(await api.refusal(ADD, { input: { project: 'secret', email: 'eve@example.org', role: 'OWNER' } }, eve)).toBe('project/unknown');
    expect(await api.refusal(UPDATE, { input: { project: 'secret', name: 'x' } }, eve)).toBe('project/unknown');
    expect((await api.fetch('/api/v1/projects/secret', { as: eve })).status).toBe(404);
  });

  it('is seen by its members and by owners of the organization', async () => {
    expect(await roleOf('secret', olga)).toBe('OWNER');
    expect(await api.ok(ADD, { input: { project: 'secret', email: 'EVE@example.org', role: 'REVIEWER' } }, ivan)).toEqual({ addMember: { member: { role: 'REVIEWER', person: { email: 'eve@example.org' }, project: { slug: 'secret' } } } });
    expect(await roleOf('secret', eve)).toBe('REVIEWER');
    await api.ok(REMOVE, { input: { project: 'secret', email: 'eve@example.org' } }, ivan);
    expect(await roleOf('secret', eve)).toBeNull();
  });

  it('opens and closes by its owner', async () => {
    await api.ok(UPDATE, { input: { project: 'secret', restricted: false } }, ivan);
    expect(await roleOf('secret', eve)).toBe('VIEWER');
    await api.ok(UPDATE, { input: { project: 'secret', restricted: true } }, ivan);
    expect(await roleOf('secret', eve)).toBeNull();
  });
});

describe('changing a project', () => {
  it('keeps what is not named and takes away what is emptied', async () => {
    await create(ivan, { slug: 'words', name: 'Words', description: 'About words' });
    const { updateProject } = await api.ok<{ updateProject: { project: Record<string, unknown> } }>(UPDATE, { input: { project: 'words', name: ' New words ' } }, ivan);
    expect(updateProject.project).toEqual({ name: 'New words', description: 'About words', restricted: false, archivedAt: null, policyPreset: 'GROWING' });
    const emptied = await api.ok<{ updateProject: { project: Record<string, unknown> } }>(UPDATE, { input: { project: 'words', description: '', archived: true, policyPreset: 'SOLO' } }, ivan);
    expect(emptied.updateProject.project).toEqual({ name: 'New words', description: null, restricted: false, archivedAt: expect.any(String), policyPreset: 'SOLO' });
    const back = await api.ok<{ updateProject: { project: Record<string, unknown> } }>(UPDATE, { input: { project: 'words', archived: false } }, ivan);
    expect(back.updateProject.project['archivedAt']).toBeNull();
  });
});

describe('members', () => {
  it('must have an account; else an invitation is suggested', async () => {
    const { errors } = await api.gql(ADD, { input: { project: 'vision', email: 'stranger@example.org', role: 'MEMBER' } }, ivan);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('invitePerson'), extensions: { code: 'NOT_FOUND', reason: 'person/unknown' } });
    expect(await api.refusal(ADD, { input: { project: 'vision', email: 'not an address', role: 'MEMBER' } }, ivan)).toBe('person/email');
  });

  it('are told apart from those who only hold the open role, and everyone may leave', async () => {
    await api.ok(ADD, { input: { project: 'vision', email: eve.email, role: 'MEMBER' } }, ivan);
    expect(await roleOf('vision', eve)).toBe('MEMBER');
    await api.ok(REMOVE, { input: { project: 'vision', email: eve.email } }, eve);
    expect(await roleOf('vision', eve)).toBe('VIEWER');
    expect(await api.refusal(REMOVE, { input: { project: 'vision', email: eve.email } }, ivan)).toBe('member/unknown');
    expect(await api.refusal(REMOVE, { input: { project: 'vision', email: ivan.email } }, eve)).toBe('access/role-too-weak');
  });
});

describe('invitations', () => {
  const INVITE = 'mutation($input: InvitePersonInput!) { invitePerson(input: $input) { url invitation { email role project { slug } } } }';
  it('to the organization are for its owners, to a project for the project\'s', async () => {
    expect(await api.refusal(INVITE, { input: { email: 'new@example.org' } }, ivan)).toBe('access/owner-needed');
    expect(await api.refusal(INVITE, { input: { email: 'new@example.org', project: 'vision' } }, eve)).toBe('access/role-too-weak');
    expect(await api.ok(INVITE, { input: { email: 'new@example.org', project: 'vision' } }, ivan)).toMatchObject({ invitePerson: { url: expect.stringMatching(/\/invitations\/[\w-]{43}$/), invitation: { role: 'MEMBER', project: { slug: 'vision' } } } });
    expect(await api.ok(INVITE, { input: { email: 'new2@example.org' } }, olga)).toMatchObject({ invitePerson: { invitation: { email: 'new2@example.org', role: null, project: null } } });
  });

  it('are not for those who are here already, nor with a role in nothing', async () => {
    expect(await api.refusal(INVITE, { input: { email: eve.email } }, olga)).toBe('person/exists');
    expect(await api.refusal(INVITE, { input: { email: 'new3@example.org', role: 'OWNER' } }, olga)).toBe('invitation/role-without-project');
  });

  it('are listed for owners, and for others only those they made', async () => {
    const list = async (as: TestPerson) => (await api.ok<{ viewer: { organization: { invitations: { email: string }[] } } }>('{ viewer { organization { invitations { email } } } }', {}, as)).viewer.organization.invitations.map(({ email }) => email);
    expect(await list(olga)).toEqual(['new2@example.org', 'new@example.org']);
    expect(await list(ivan)).toEqual(['new@example.org']);
    expect(await list(eve)).toEqual([]);
  });

  it('are taken back by who made them, and their link opens nothing then', async () => {
    const WITHDRAW = 'mutation($id: ID!) { withdrawInvitation(input: { invitation: $id }) { invitationId } }';
    const { invitePerson } = await api.ok<{ invitePerson: { url: string; invitation: { id: string } } }>('mutation { invitePerson(input: { email: "late@example.org", project: "vision" }) { url invitation { id } } }', {}, ivan);
    const { id } = invitePerson.invitation;
    expect(await api.refusal(WITHDRAW, { id }, eve)).toBe('invitation/unknown');
    expect(await api.ok(WITHDRAW, { id }, ivan)).toEqual({ withdrawInvitation: { invitationId: id } });
    expect(await api.refusal(WITHDRAW, { id }, olga)).toBe('invitation/unknown');
    const late = await api.fetch('/api/auth/sign-up/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Late', email: 'late@example.org', password: 'long enough', invitation: invitePerson.url.split('/').at(-1) }) });
    expect(await late.json()).toMatchObject({ reason: 'invitation/unknown' });
  });
});

it('what happened stands in the record, with who did it', async () => {
  const events = await api.adapters.prisma.auditEvent.findMany({ where: { action: { in: ['project.created', 'member.added', 'person.invited', 'person.joined'] } } });
  expect(new Set(events.map(({ action }) => action))).toEqual(new Set(['project.created', 'member.added', 'person.invited', 'person.joined']));
  expect(events.filter(({ action, actorId }) => action === 'project.created' && actorId === null)).toHaveLength(1);
});
