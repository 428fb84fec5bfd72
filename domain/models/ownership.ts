import { mayIn, requireRight } from '../access/policy.ts';
import { roleIn, type ProjectAccess, type ProjectRole, type Viewer } from '../access/viewer.ts';

/** What a decision about rights must know of a registered model. */
export interface ModelAccess {
  readonly organizationId: string;
  readonly createdById: string | null;
  /** The project it belongs to; null until a version comes from a run. */
  readonly home: ProjectAccess | null;
}

/** The viewer's role over a registered model: that in its home. Without a home it is its maker's, and the organization's owners', alone. */
export function roleOver(viewer: Viewer, { organizationId, createdById, home }: ModelAccess): ProjectRole | null {
  if (viewer.organizationId !== organizationId) return null;
  if (home !== null) return roleIn(viewer, home);
  return viewer.organizationRole === 'OWNER' || createdById === viewer.personId ? 'OWNER' : null;
}

/** Whether a version of a model that the viewer sees exists for them: only when they may read every project it comes from, which are those of its run and its logged model. */
export const mayReadVersion = (viewer: Viewer, origins: readonly ProjectAccess[]): boolean => origins.every((project) => mayIn(roleIn(viewer, project), 'project.read'));

/**
 * The home of a model that gets a version from these projects, the run's first, all of which the viewer may read. The first version with an origin brings
 * the model home, which takes the right to log there; later ones change nothing.
 */
export function homeAfter<Home extends ProjectAccess>(viewer: Viewer, home: Home | null, origins: readonly Home[]): Home | null {
  const [origin] = origins;
  if (home !== null || origin === undefined) return home;
  requireRight(viewer, 'run.log', origin);
  return origin;
}
