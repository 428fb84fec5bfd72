import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';

/** Ids of the projects that somebody may see, or of the one that is asked about. */
export async function projectIds(context: Context, slug: string | null | undefined): Promise<string[]> {
  const visible = visibleProjects(viewerOf(context));
  const found = await context.reader.project.findMany({ where: slug ? { AND: [visible, { slug }] } : visible, select: { id: true } });
  if (slug && found.length === 0) throw notFound('project/unknown', 'There is no such project, or you may not see it.');
  return found.map((project) => project.id);
}
