/** The five roles of a project, weakest first. Each may do all that the ones before it may. */
export const PROJECT_ROLES = ['VIEWER', 'MEMBER', 'REVIEWER', 'MAINTAINER', 'OWNER'] as const;
export type ProjectRole = (typeof PROJECT_ROLES)[number];
export type OrganizationRole = 'OWNER' | 'MEMBER';

/** Who is asking, with everything a decision about rights needs. */
export interface Viewer {
  readonly personId: string;
  readonly organizationId: string;
  readonly organizationRole: OrganizationRole;
  /** Memberships, by project id. */
  readonly roles: ReadonlyMap<string, ProjectRole>;
  /** False for a local-mode caller who presented no credential and acts as the owner. */
  readonly signedIn: boolean;
}

/** What a decision about rights must know of a project. */
export interface ProjectAccess {
  readonly id: string;
  readonly organizationId: string;
  /** The role every member of the organization holds; null when the project is restricted to its members. */
  readonly openRole: ProjectRole | null;
}

/** Memberships as a viewer holds them. */
export const rolesFrom = (memberships: readonly { readonly projectId: string; readonly role: ProjectRole }[]): Viewer['roles'] => new Map(memberships.map(({ projectId, role }) => [projectId, role]));

/** The viewer's role in a project: the strongest of ownership of the organization, membership and the open role; null when none. */
export function roleIn(viewer: Pick<Viewer, 'organizationId' | 'organizationRole' | 'roles'>, project: ProjectAccess): ProjectRole | null {
  if (viewer.organizationId !== project.organizationId) return null;
  if (viewer.organizationRole === 'OWNER') return 'OWNER';
  return stronger(viewer.roles.get(project.id) ?? null, project.openRole);
}

function stronger(a: ProjectRole | null, b: ProjectRole | null): ProjectRole | null {
  if (a === null || b === null) return a ?? b;
  return PROJECT_ROLES.indexOf(a) >= PROJECT_ROLES.indexOf(b) ? a : b;
}

/** Equal for two who may see and do the same: one person with the same roles. */
export const rightsKey = (viewer: Viewer | null): string => (viewer === null ? '' : JSON.stringify([viewer.personId, viewer.organizationId, viewer.organizationRole, viewer.signedIn, [...viewer.roles].toSorted(([a], [b]) => (a < b ? -1 : 1))]));
