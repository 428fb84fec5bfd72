import { requireRight } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { checkProjectDescription, checkProjectName } from '../../domain/projects/wording.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import { announceProject } from './announce-project.ts';
import { projectBySlug } from './project-by-slug.ts';

/** What is null or absent stays as it is; an empty description is taken away. */
export interface ProjectChanges {
  readonly project: string;
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly restricted?: boolean | null | undefined;
  readonly policyPreset?: Project['policyPreset'] | null | undefined;
  readonly archived?: boolean | null | undefined;
}

/** Maintainers may edit and archive; who may see the project is for its owners. */
export async function updateProject({ store, clock }: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, changes: ProjectChanges): Promise<Project> {
  return store.transaction(async (tx) => {
    const project = await projectBySlug(tx, viewer, changes.project);
    requireRight(viewer, 'project.edit', project);
    if ((changes.archived ?? null) !== null) requireRight(viewer, 'project.archive', project);
    if ((changes.restricted ?? null) !== null) requireRight(viewer, 'member.manage', project);
    const next = changed(project, changes, clock.now());
    await tx.projects.update(next);
    // A preset is a whole policy: what was changed of the one before goes with it.
    if (next.policyPreset !== project.policyPreset) await tx.reviews.savePolicy(project.id, null, { personId: viewer.personId, at: clock.now() });
    await announceProject(tx, next, { actorId: viewer.personId, verb: verbFor(project, next), detail: { fields: fieldsChanged(project, next) } });
    return next;
  });
}

function changed(project: Project, changes: ProjectChanges, now: Date): Project {
  const { name, description, restricted, policyPreset, archived } = changes;
  return {
    ...project,
    name: name === null || name === undefined ? project.name : checkProjectName(name),
    description: description === null || description === undefined ? project.description : checkProjectDescription(description),
    openRole: restricted === null || restricted === undefined ? project.openRole : openRole(project, restricted),
    policyPreset: policyPreset ?? project.policyPreset,
    archivedAt: archived === null || archived === undefined ? project.archivedAt : archivedAt(project, archived, now),
  };
}

const openRole = (project: Project, restricted: boolean): Project['openRole'] => (restricted ? null : project.openRole ?? 'VIEWER');
const archivedAt = (project: Project, archived: boolean, now: Date): Date | null => (archived ? project.archivedAt ?? now : null);

function verbFor(before: Project, after: Project): string {
  if (!before.archivedAt && after.archivedAt) return 'archived';
  if (before.archivedAt && !after.archivedAt) return 'restored';
  return 'updated';
}

const fieldsChanged = (before: Project, after: Project): string[] =>
  (['name', 'description', 'openRole', 'policyPreset', 'archivedAt'] as const).filter((field) => before[field] !== after[field]);
