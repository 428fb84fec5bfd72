import { checkKey, keyFrom, keyStem } from '../../domain/projects/key.ts';
import { checkSlug } from '../../domain/projects/slug.ts';
import { checkProjectDescription, checkProjectName } from '../../domain/projects/wording.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { announceProject } from './announce-project.ts';

export interface NewProject {
  readonly slug: string;
  readonly name: string;
  readonly key?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** Seen by its members only; else every member of the organization sees it. */
  readonly restricted?: boolean | null | undefined;
}

/** Any member of the organization may make a project, and owns it. Refuses with `project/slug-taken` or `project/key-taken`. */
export function createProject(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, input: NewProject): Promise<Project> {
  return ports.store.transaction(async (tx) => {
    const slug = checkSlug(input.slug);
    if (await tx.projects.bySlug(slug)) throw conflict('project/slug-taken', `There is a project with the slug ${slug} already. Choose another.`);
    return createProjectIn(tx, ports, viewer, input);
  });
}

/**
 * The same inside a transaction that does more, for a slug that it found free. Somebody may take it meanwhile: the unique slug then has the store run the whole transaction again, which
 * finds the project. A look here would refuse what eight trainings that start at once rightly ask for.
 */
export async function createProjectIn(tx: Transaction, { clock, ids }: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, input: NewProject): Promise<Project> {
  const slug = checkSlug(input.slug);
  const project: Project = {
    id: ids.next('project'),
    organizationId: viewer.organizationId,
    slug,
    key: await chooseKey(tx, slug, input.key),
    name: checkProjectName(input.name),
    description: checkProjectDescription(input.description),
    openRole: input.restricted ? null : 'VIEWER',
    policyPreset: 'GROWING',
    createdById: viewer.personId,
    createdAt: clock.now(),
    archivedAt: null,
  };
  await tx.projects.insert(project);
  await tx.projects.setRole(project.id, viewer.personId, 'OWNER');
  await announceProject(tx, project, { actorId: viewer.personId, verb: 'created' });
  return project;
}

async function chooseKey(tx: Transaction, slug: string, wish: string | null | undefined): Promise<string> {
  if (wish === null || wish === undefined || wish === '') return keyFrom(slug, await tx.projects.keysLike(keyStem(slug)));
  const key = checkKey(wish);
  if ((await tx.projects.keysLike(key)).has(key)) throw conflict('project/key-taken', `The key ${key} belongs to another project. Choose another.`);
  return key;
}
