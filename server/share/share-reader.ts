import type { Viewer } from '../../domain/access/viewer.ts';
import type { Context } from '../context.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';

/** What reading a page needs of a server; a resolver's context has it too. */
export type PageDeps = Pick<Context, 'ports' | 'reader' | 'changes' | 'liveMetrics' | 'liveConsole' | 'gate' | 'env'>;

/**
 * Reads as the organization does, on behalf of whoever holds the link. It never reaches a resolver or an operation: server/share/ reads the one subject
 * the link names with it, and says only what contracts/share-page.ts has room for.
 */
export async function contextOfLink(deps: PageDeps, link: ShareLink): Promise<Context | null> {
  const project = await deps.reader.project.findUnique({ where: { id: link.projectId }, select: { organizationId: true } });
  if (!project) return null;
  const viewer: Viewer = { personId: '', organizationId: project.organizationId, organizationRole: 'OWNER', roles: new Map(), signedIn: false };
  return { viewer, refreshViewer: () => Promise.resolve(), ports: deps.ports, reader: deps.reader, changes: deps.changes, liveMetrics: deps.liveMetrics, liveConsole: deps.liveConsole, gate: deps.gate, env: deps.env };
}
