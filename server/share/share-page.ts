import { createHash } from 'node:crypto';
import type { OpenSharePage, SharedFrame } from '../../contracts/share-page.ts';
import { mayBePictured } from '../../domain/sharing/share-link.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { FrozenPage, ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { personOf, projectOf } from '../schema/loaders.ts';
import { guestCommentsOf } from './guest-comments.ts';
import { contextOfLink, type PageDeps } from './share-reader.ts';
import { SUBJECT_READERS } from './subject-readers.ts';
import { withoutNames } from './without-names.ts';

/** What the link shows: the page it was frozen at, or what there is now; null when its subject is gone. A frozen page shows nothing of a subject that is gone either. */
export async function readSharePage(deps: PageDeps, link: ShareLink): Promise<OpenSharePage | null> {
  const now = await readLivePage(deps, link);
  return now && (link.frozen === null ? now.page : { ...(link.frozen as OpenSharePage), frozenDigest: link.frozenDigest, expiresAt: now.page.expiresAt, forEverybody: now.page.forEverybody, comments: now.page.comments });
}

/** The page as it is at this moment, for a link that is to stay so, with the digests of its evidence. What guests say is never frozen. */
export async function frozenPage(deps: PageDeps, link: ShareLink): Promise<FrozenPage | null> {
  const now = await readLivePage(deps, link);
  return now && { ...now, page: { ...now.page, frozenAt: deps.ports.clock.now().toISOString(), frozenDigest: now.digest, comments: null } };
}

interface LivePage extends FrozenPage { readonly page: OpenSharePage }

async function readLivePage(deps: PageDeps, link: ShareLink): Promise<LivePage | null> {
  const context = await contextOfLink(deps, link);
  const project = context && (await projectOf(context, link.projectId));
  const read = context && project && (await SUBJECT_READERS[link.subjectKind](context, link));
  return read ? { page: { ...(await withoutNames(context, link, read.shown)), ...(await frameOf(context, link, project)) }, digest: digestOf(read.digests), experiments: read.experiments } : null;
}

/** Of one experiment its own digest, which stands on its page too; of several, one of all of theirs. */
function digestOf(digests: readonly string[]): string {
  const [only] = digests;
  return only !== undefined && digests.length === 1 ? only : createHash('sha256').update(digests.join(' ')).digest('hex');
}

/** Whose it is, who shared it and until when, as far as the link tells. */
async function frameOf(context: Context, link: ShareLink, project: Prisma.ProjectModel): Promise<Omit<SharedFrame, 'title'>> {
  const { redact, createdById, recipients, watermark } = link;
  return {
    state: 'open',
    ...(redact.includes('ORGANIZATION') ? { organization: null, project: null } : { organization: await organizationName(context, project), project: project.name }),
    sharedBy: redact.includes('PEOPLE') ? null : ((await personOf(context, createdById))?.name ?? null),
    sharedAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    leftOut: redact,
    recipients,
    watermark,
    frozenAt: null,
    frozenDigest: null,
    forEverybody: mayBePictured(link),
    comments: await guestCommentsOf(context, link),
  };
}

const organizationName = async ({ reader }: Context, { organizationId }: Prisma.ProjectModel): Promise<string> =>
  (await reader.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { name: true } })).name;
