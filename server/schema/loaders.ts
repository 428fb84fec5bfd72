import { roleIn } from '../../domain/access/viewer.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { batchedRows, type RowSource } from '../batched.ts';
import { viewerOf, type Context } from '../context.ts';
import { visibleProjects } from '../visibility.ts';

// One row by its id, many in one query, and only what this viewer may see: what is not there and what is hidden look the same.

interface Identified { readonly id: string }

/** Rows by their ids, in one query for everybody who asks in this moment. */
const rows = <Row extends Identified>(find: (reader: RowSource['reader'], where: { readonly id: { readonly in: string[] } }) => Promise<readonly Row[]>) =>
  batchedRows<string, Row>(async (ids, { reader }) => new Map((await find(reader, { id: { in: [...ids] } })).map((row) => [row.id, row])));

/** Those rows of which the viewer sees the place. */
const seen = <Row>(rowOf: (context: Context, id: string) => Promise<Row | undefined>, sees: (context: Context, row: Row) => unknown) => async (context: Context, id: string): Promise<Row | undefined> => {
  const row = await rowOf(context, id);
  return row !== undefined && (await sees(context, row)) ? row : undefined;
};

const inProject = (context: Context, { projectId }: { readonly projectId: string }) => projectOf(context, projectId);
const inExperiment = (context: Context, { experimentId }: { readonly experimentId: string }) => experimentOf(context, experimentId);

/** For lists that Postgres makes itself, of nouns that hang on an experiment. */
export const experimentInSight = (context: Context) => ({ project: visibleProjects(viewerOf(context)) });

export const projectOf = seen(rows<Prisma.ProjectModel>((reader, where) => reader.project.findMany({ where })), (context, project) => roleIn(viewerOf(context), project) !== null);
/** People are seen by everyone in their organization. */
export const personOf = seen(rows<Prisma.PersonModel>((reader, where) => reader.person.findMany({ where })), (context, { organizationId }) => organizationId === viewerOf(context).organizationId);
export const hypothesisOf = seen(rows<Prisma.HypothesisModel>((reader, where) => reader.hypothesis.findMany({ where })), inProject);
export const experimentOf = seen(rows<Prisma.ExperimentModel>((reader, where) => reader.experiment.findMany({ where })), inProject);
export const variantOf = seen(rows<Prisma.VariantModel>((reader, where) => reader.variant.findMany({ where })), inExperiment);
export const runOf = seen(rows<Prisma.RunModel>((reader, where) => reader.run.findMany({ where })), inExperiment);
export const reviewOf = seen(rows<Prisma.ReviewModel>((reader, where) => reader.review.findMany({ where })), inExperiment);
export const verdictOf = seen(rows<Prisma.VerdictModel>((reader, where) => reader.verdict.findMany({ where })), inExperiment);
export const meetingOf = seen(rows<Prisma.MeetingModel>((reader, where) => reader.meeting.findMany({ where })), inProject);
export const threadOf = seen(rows<Prisma.ThreadModel>((reader, where) => reader.thread.findMany({ where })), inProject);
export const shareLinkOf = seen(rows<Prisma.ShareLinkModel>((reader, where) => reader.shareLink.findMany({ where })), inProject);

/** Those rows whose project the viewer may see. */
export async function onlyInSight<Row extends { readonly projectId: string }>(context: Context, found: readonly Row[]): Promise<readonly Row[]> {
  const projects = await Promise.all(found.map((row) => projectOf(context, row.projectId)));
  return found.filter((_, index) => projects[index] !== undefined);
}
