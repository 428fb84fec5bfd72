import { initialsOf } from '../../../domain/people/person-name.ts';
import { NodeRef, PersonRef } from '../types.ts';
import { OrganizationRoleEnum } from './roles.ts';

PersonRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    name: t.exposeString('name'),
    email: t.exposeString('email'),
    initials: t.string({ description: 'One or two letters.', resolve: (person) => initialsOf(person.name) }),
    organizationRole: t.expose('organizationRole', { type: OrganizationRoleEnum }),
    disabled: t.boolean({ description: 'A disabled person cannot sign in, and what they did stays.', resolve: (person) => person.disabledAt !== null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
