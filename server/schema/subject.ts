import type { Prisma } from '../../generated/prisma/client.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { noteOf, type NoteRow } from './notes/note-rows.ts';
import { experimentOf, hypothesisOf, meetingOf, projectOf, runOf, threadOf, variantOf } from './loaders.ts';
import { typenameOf } from './typename.ts';
import { ExperimentRef, HypothesisRef, MeetingRef, NoteRef, ProjectRef, RunRef, ThreadRef, VariantRef } from './types.ts';

export type SubjectRow = Prisma.ProjectModel | Prisma.HypothesisModel | Prisma.ExperimentModel | Prisma.VariantModel | Prisma.RunModel | Prisma.ThreadModel | Prisma.MeetingModel | NoteRow;

/** What can be talked about. */
export const SubjectRef = builder.unionType('Subject', {
  types: [ProjectRef, HypothesisRef, ExperimentRef, VariantRef, RunRef, ThreadRef, NoteRef, MeetingRef],
  resolveType: (row) => typenameOf(row.id),
});

const LOADERS: Readonly<Record<string, (context: Context, id: string) => Promise<SubjectRow | undefined>>> = {
  Project: projectOf, Hypothesis: hypothesisOf, Experiment: experimentOf, Variant: variantOf, Run: runOf, Thread: threadOf, Note: noteOf, Meeting: meetingOf,
};

/** The thing an id names; null when there is none, or this viewer may not see it. */
export async function subjectOf(context: Context, id: string): Promise<SubjectRow | null> {
  return (await LOADERS[typenameOf(id) ?? '']?.(context, id)) ?? null;
}

/** The project a thing lives in; null when there is no such thing, or this viewer may not see it. */
export async function projectIdOfSubject(context: Context, id: string): Promise<string | null> {
  const subject = await subjectOf(context, id);
  if (!subject) return null;
  if ('projectId' in subject) return subject.projectId;
  if (!('experimentId' in subject)) return subject.id;
  return (await context.reader.experiment.findUnique({ where: { id: subject.experimentId }, select: { projectId: true } }))?.projectId ?? null;
}
