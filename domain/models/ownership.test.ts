import { describe, expect, it } from 'vitest';
import { mayIn, type ProjectAction } from '../access/policy.ts';
import { PROJECT_ROLES, type ProjectAccess, type ProjectRole, type Viewer } from '../access/viewer.ts';
import { homeAfter, mayReadVersion, roleOver } from './ownership.ts';

const project = (id: string, openRole: ProjectRole | null = null): ProjectAccess => ({ id, organizationId: 'org', openRole });
const [lab, other, open] = [project('lab'), project('other'), project('open', 'VIEWER')];
const person = (personId: string, roles: Record<string, ProjectRole> = {}, more: Partial<Viewer> = {}): Viewer =>
  ({ personId, organizationId: 'org', organizationRole: 'MEMBER', roles: new Map(Object.entries(roles)), signedIn: true, ...more });
const outsider = person('outi');
const organizationOwner = person('olga', {}, { organizationRole: 'OWNER' });
const model = (home: ProjectAccess | null, createdById: string | null = 'max') => ({ organizationId: 'org', createdById, home });

const ACTIONS: readonly ProjectAction[] = ['project.read', 'model.edit', 'model.delete'];
const allowed = (viewer: Viewer, home: ProjectAccess | null): string => ACTIONS.filter((action) => mayIn(roleOver(viewer, model(home)), action)).join(' ');
const ALL = ACTIONS.join(' ');

describe('a registered model', () => {
  it.each<[string, Viewer, string]>([
    ['an outsider', outsider, ''],
    ['its maker who is no member of its home', person('max'), ''],
    ['a member of another project', person('x', { other: 'OWNER' }), ''],
    ...PROJECT_ROLES.map((role): [string, Viewer, string] => [`a ${role.toLowerCase()} of its home`, person('x', { lab: role }), role === 'VIEWER' ? 'project.read' : ALL]),
    ['an owner of the organization', organizationOwner, ALL],
    ['an owner of another organization', person('x', { lab: 'OWNER' }, { organizationId: 'else', organizationRole: 'OWNER' }), ''],
  ])('with a home lets %s do what that role may there', (_, viewer, expected) => expect(allowed(viewer, lab)).toBe(expected));

  it.each<[string, Viewer, string]>([
    ['its maker', person('max'), ALL],
    ['anybody else', person('x', { lab: 'OWNER', open: 'OWNER' }), ''],
    ['an owner of the organization', organizationOwner, ALL],
    ['its maker, now of another organization', person('max', {}, { organizationId: 'else' }), ''],
  ])('without a home is for its maker and the owners of the organization: %s', (_, viewer, expected) => expect(allowed(viewer, null)).toBe(expected));

  it('without a home whose maker is not known is for the owners of the organization', () => {
    expect(roleOver(person('max'), model(null, null))).toBeNull();
    expect(roleOver(organizationOwner, model(null, null))).toBe('OWNER');
  });
});

describe('a version', () => {
  it('exists for those who may read every project it comes from', () => {
    const viewer = person('x', { lab: 'MEMBER' });
    expect([[], [lab], [lab, open], [other], [lab, other]].map((origins) => mayReadVersion(viewer, origins))).toEqual([true, true, true, false, false]);
  });

  it('brings a model without a home to where it comes from, and leaves one that has a home there', () => {
    const viewer = person('max', { lab: 'MEMBER' });
    expect(homeAfter(viewer, null, [lab, open])).toBe(lab);
    expect(homeAfter(viewer, lab, [open])).toBe(lab);
  });

  it('from nowhere brings a model nowhere', () => expect(homeAfter(person('max'), null, [])).toBeNull());

  it('brings no model to where its maker may only look', () => {
    expect(() => homeAfter(person('max', { lab: 'MEMBER' }), null, [open])).toThrow(/needs the role member or higher in the project; yours is viewer/);
  });
});
