import type { OpenSharePage, SharedHypothesis } from '../../contracts/share-page.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { ShareLink } from '../../operations/ports/share-links.ts';
import type { Context } from '../context.ts';
import { experimentOf, hypothesisOf, personOf, projectOf } from '../schema/loaders.ts';
import { contextOfLink, type PageDeps } from './share-reader.ts';
import { sharedExperiment } from './shared-experiment.ts';

/** Most experiments on the page of one hypothesis. */
const MOST_EXPERIMENTS = 20;

/** What the link shows: the page it was frozen at, or what there is now; null when its subject is gone. A frozen page shows nothing of a subject that is gone either. */
export async function readSharePage(deps: PageDeps, link: ShareLink): Promise<OpenSharePage | null> {
  const now = await readLivePage(deps, link);
  return now && link.frozen !== null ? { ...(link.frozen as OpenSharePage), expiresAt: now.expiresAt } : now;
}

/** The page as it is at this moment, for a link that is to stay so, with the digests of its evidence. */
export async function frozenPage(deps: PageDeps, link: ShareLink): Promise<{ readonly page: OpenSharePage; readonly digest: string } | null> {
  const page = await readLivePage(deps, link);
  return page && { page: { ...page, frozenAt: deps.ports.clock.now().toISOString() }, digest: page.experiments.map(({ evidence }) => evidence.digest).join(' ') };
}

async function readLivePage(deps: PageDeps, link: ShareLink): Promise<OpenSharePage | null> {
  const context = await contextOfLink(deps, link);
  const subject = context && (await subjectOf(context, link));
  const project = context && (await projectOf(context, link.projectId));
  if (!context || !subject || !project) return null;
  const { hypothesis, experiments } = subject;
  const shown = { metric: hypothesis.metric, redact: link.redact };
  return {
    state: 'open',
    subject: link.subjectKind,
    title: link.subjectKind === 'experiment' ? (experiments[0]?.name ?? '') : hypothesis.statement,
    ...(await originOf(context, link, project)),
    sharedAt: link.createdAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    hypothesis: sharedHypothesis(hypothesis),
    experiments: await Promise.all(experiments.map((experiment) => sharedExperiment(context, experiment, shown))),
    leftOut: link.redact,
    recipients: link.recipients,
    watermark: link.watermark,
    frozenAt: null,
  };
}

/** Whose it is and who shared it, as far as the link tells. */
async function originOf(context: Context, { redact, createdById }: ShareLink, project: Prisma.ProjectModel): Promise<Pick<OpenSharePage, 'organization' | 'project' | 'sharedBy'>> {
  const sharedBy = redact.includes('PEOPLE') ? null : ((await personOf(context, createdById))?.name ?? null);
  if (redact.includes('ORGANIZATION')) return { organization: null, project: null, sharedBy };
  const { name } = await context.reader.organization.findUniqueOrThrow({ where: { id: project.organizationId }, select: { name: true } });
  return { organization: name, project: project.name, sharedBy };
}

interface Shared { readonly hypothesis: Prisma.HypothesisModel; readonly experiments: readonly Prisma.ExperimentModel[] }

/** Only what is in the link's own project and not deleted: what moved away is not shared along. */
async function subjectOf(context: Context, link: ShareLink): Promise<Shared | null> {
  if (link.subjectKind === 'hypothesis') {
    const hypothesis = await hypothesisOf(context, link.subjectId);
    if (!hypothesis || hypothesis.projectId !== link.projectId) return null;
    const experiments = await context.reader.experiment.findMany({ where: { hypothesisId: hypothesis.id, projectId: link.projectId, deletedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: MOST_EXPERIMENTS });
    return { hypothesis, experiments };
  }
  const experiment = await experimentOf(context, link.subjectId);
  if (!experiment || experiment.deletedAt !== null || experiment.projectId !== link.projectId) return null;
  const hypothesis = experiment.hypothesisId === null ? undefined : await hypothesisOf(context, experiment.hypothesisId);
  return hypothesis ? { hypothesis, experiments: [experiment] } : null;
}

function sharedHypothesis({ statement, change, because, metric, direction, minEffect, guardrails, status }: Prisma.HypothesisModel): SharedHypothesis {
  return { statement, change, because, metric, direction, minEffect, guardrails, status };
}
