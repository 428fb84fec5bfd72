import type { Prisma } from '../../generated/prisma/client.ts';
import { batched } from '../batched.ts';
import { viewerOf, type Context } from '../context.ts';
import { visibleProjects } from '../visibility.ts';

// One row by its id, many in one query, and only what this viewer may see: what is not there and what is hidden look the same.

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));

/** For nouns that hang on a project directly. */
const inSight = (ids: readonly string[], context: Context) => ({ id: { in: [...ids] }, project: visibleProjects(viewerOf(context)) });
/** For nouns that hang on an experiment. */
export const experimentInSight = (context: Context) => ({ project: visibleProjects(viewerOf(context)) });

export const projectOf = batched<string, Prisma.ProjectModel>(async (ids, context) => byId(await context.reader.project.findMany({ where: { id: { in: [...ids] }, ...visibleProjects(viewerOf(context)) } })));
/** People are seen by everyone in their organization. */
export const personOf = batched<string, Prisma.PersonModel>(async (ids, context) => byId(await context.reader.person.findMany({ where: { id: { in: [...ids] }, organizationId: viewerOf(context).organizationId } })));
export const hypothesisOf = batched<string, Prisma.HypothesisModel>(async (ids, context) => byId(await context.reader.hypothesis.findMany({ where: inSight(ids, context) })));
export const experimentOf = batched<string, Prisma.ExperimentModel>(async (ids, context) => byId(await context.reader.experiment.findMany({ where: inSight(ids, context) })));
export const variantOf = batched<string, Prisma.VariantModel>(async (ids, context) => byId(await context.reader.variant.findMany({ where: { id: { in: [...ids] }, experiment: experimentInSight(context) } })));
/** Two statements, each by ids: of one that joins them Postgres makes, while it knows little of the experiments, a walk through all of their runs. */
export const runOf = batched<string, Prisma.RunModel>(async (ids, context) => {
  const rows = await context.reader.run.findMany({ where: { id: { in: [...ids] } } });
  const experiments = await Promise.all(rows.map((row) => experimentOf(context, row.experimentId)));
  return byId(rows.filter((_, at) => experiments[at] !== undefined));
});
export const reviewOf = batched<string, Prisma.ReviewModel>(async (ids, context) => byId(await context.reader.review.findMany({ where: { id: { in: [...ids] }, experiment: experimentInSight(context) } })));
export const verdictOf = batched<string, Prisma.VerdictModel>(async (ids, context) => byId(await context.reader.verdict.findMany({ where: { id: { in: [...ids] }, experiment: experimentInSight(context) } })));

export const meetingOf = batched<string, Prisma.MeetingModel>(async (ids, context) => byId(await context.reader.meeting.findMany({ where: inSight(ids, context) })));

/** Threads and links name their project by id only, so the projects are looked up beside them. */
export const threadOf = batched<string, Prisma.ThreadModel>(async (ids, context) => byId(await onlyInSight(context, await context.reader.thread.findMany({ where: { id: { in: [...ids] } } }))));
export const shareLinkOf = batched<string, Prisma.ShareLinkModel>(async (ids, context) => byId(await onlyInSight(context, await context.reader.shareLink.findMany({ where: { id: { in: [...ids] } } }))));

/** Those rows whose project the viewer may see. */
export async function onlyInSight<Row extends { readonly projectId: string }>(context: Context, rows: readonly Row[]): Promise<readonly Row[]> {
  const projects = await Promise.all(rows.map((row) => projectOf(context, row.projectId)));
  return rows.filter((_, index) => projects[index] !== undefined);
}
