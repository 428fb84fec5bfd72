import { forbidden, notFound, type Refusal } from '../refusal.ts';
import { PROJECT_ROLES, roleIn, type ProjectAccess, type ProjectRole, type Viewer } from './viewer.ts';

/** What can be done in a project, each as the sentence "a … or higher may …". The one place rights are decided. */
export const WEAKEST_ROLE_FOR = {
  'project.read': 'VIEWER',
  'thread.comment': 'VIEWER',
  'thread.moderate': 'MAINTAINER',
  'guest-comment.delete': 'MEMBER',
  'hypothesis.propose': 'MEMBER',
  'hypothesis.edit': 'MEMBER',
  'experiment.create': 'MEMBER',
  'experiment.edit': 'MEMBER',
  'experiment.move': 'MAINTAINER',
  'run.log': 'MEMBER',
  'run.import': 'MAINTAINER',
  'run.exclude': 'MEMBER',
  'run.delete': 'MEMBER',
  'model.edit': 'MEMBER',
  'model.delete': 'MEMBER',
  'note.edit': 'MEMBER',
  'view.save': 'MEMBER',
  'dashboard.edit': 'MEMBER',
  'baseline.choose': 'MEMBER',
  'review.request': 'MEMBER',
  'review.decide': 'REVIEWER',
  'meeting.hold': 'MEMBER',
  'meeting.vote': 'VIEWER',
  'review.dismiss': 'MAINTAINER',
  'check.tick': 'MEMBER',
  'data.describe': 'MEMBER',
  'policy.edit': 'MAINTAINER',
  'share.create': 'MEMBER',
  'share.revoke': 'MEMBER',
  'project.edit': 'MAINTAINER',
  'project.archive': 'MAINTAINER',
  'member.manage': 'OWNER',
} as const satisfies Record<string, ProjectRole>;

export type ProjectAction = keyof typeof WEAKEST_ROLE_FOR;

export function mayIn(role: ProjectRole | null, action: ProjectAction): boolean {
  return role !== null && PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(WEAKEST_ROLE_FOR[action]);
}

export function may(viewer: Viewer, action: ProjectAction, project: ProjectAccess): boolean {
  return mayIn(roleIn(viewer, project), action);
}

/** Passes, or refuses: as unknown to those who may not even read the project, as forbidden to the rest. */
export function requireRight(viewer: Viewer, action: ProjectAction, project: ProjectAccess): void {
  requireRole(roleIn(viewer, project), action, () => notFound('project/unknown', 'There is no such project, or you may not see it.'));
}

/** The same for a role already known; `unknown` says in the noun's words that there is no such thing. */
export function requireRole(role: ProjectRole | null, action: ProjectAction, unknown: () => Refusal): void {
  if (!mayIn(role, 'project.read')) throw unknown();
  if (!mayIn(role, action)) {
    throw forbidden('access/role-too-weak', `This needs the role ${WEAKEST_ROLE_FOR[action].toLowerCase()} or higher in the project; yours is ${String(role).toLowerCase()}.`);
  }
}
