import type { Context } from '../../context.ts';
import { viewerOf } from '../../context.ts';
import { batched } from '../../batched.ts';
import { visibleProjects } from '../../visibility.ts';

/** More projects than this are looked through newest first. */
const MOST_PROJECTS = 1000;

const idsOf = batched<'mine', readonly string[]>(async (_keys, context) => {
  const rows = await context.reader.project.findMany({ where: { ...visibleProjects(viewerOf(context)), archivedAt: null }, select: { id: true }, orderBy: { createdAt: 'desc' }, take: MOST_PROJECTS });
  return new Map([['mine', rows.map(({ id }) => id)]]);
});

/** The projects in use that the viewer may see, read once a request: SQL that spans projects asks for these. */
export const visibleProjectIds = async (context: Context): Promise<readonly string[]> => (await idsOf(context, 'mine')) ?? [];
