import { PROJECT_ROLES } from '../../../domain/access/viewer.ts';
import { builder } from '../builder.ts';

export const ProjectRoleEnum = builder.enumType('ProjectRole', { description: 'Weakest first. Each may do all that the ones before it may.', values: PROJECT_ROLES });
export const OrganizationRoleEnum = builder.enumType('OrganizationRole', { values: ['OWNER', 'MEMBER'] as const });
