import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';

/** Tells the world, the record and the search that a project changed, in the transaction that changed it. */
export async function announceProject(tx: Transaction, project: Project, { actorId, verb, detail }: { readonly actorId: string | null; readonly verb: string; readonly detail?: Readonly<Record<string, unknown>> }): Promise<void> {
  await tx.outbox.change({ noun: 'project', id: project.id, verb, projectId: project.id, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId: project.id, actorId, action: `project.${verb}`, subjectKind: 'project', subjectId: project.id, ...(detail ? { detail } : {}) });
  await tx.search.put({ subjectId: project.id, subjectKind: 'project', projectId: project.id, title: project.name, body: [project.slug, project.key, project.description ?? ''].join('\n') });
}
