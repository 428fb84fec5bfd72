export type ProjectRole = 'VIEWER' | 'MEMBER' | 'REVIEWER' | 'MAINTAINER' | 'OWNER';

/** The roles of a project, weakest first, each with what it adds. */
export const ROLES = [
  { value: 'VIEWER', label: 'viewer: reads and comments' },
  { value: 'MEMBER', label: 'member: proposes, logs, shares' },
  { value: 'REVIEWER', label: 'reviewer: approves as well' },
  { value: 'MAINTAINER', label: 'maintainer: moves and edits the project' },
  { value: 'OWNER', label: 'owner: decides who belongs to it' },
] as const satisfies readonly { value: ProjectRole; label: string }[];
