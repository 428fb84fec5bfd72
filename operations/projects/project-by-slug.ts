import { requireRight } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';

/** The project, if it exists for this viewer; refused in the same words when it does not and when it may not be seen. */
export async function projectBySlug(tx: Transaction, viewer: Viewer, slug: string): Promise<Project> {
  const project = await tx.projects.bySlug(slug);
  if (!project) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  requireRight(viewer, 'project.read', project);
  return project;
}
