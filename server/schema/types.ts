import type { Experiment, Hypothesis, Meeting, Note, NoteVersion, Person, Project, Review, Run, ShareLink, Thread, Variant, Verdict } from '../../generated/prisma/client.ts';
import { builder } from './builder.ts';
import { typenameOf } from './typename.ts';

// The types that several nouns speak of. A noun's own file implements its ref (`ProjectRef.implement({ … })`); the others only point at it,
// so no two files of the schema need each other. A ref's shape is the noun's row as Prisma reads it, without relations.

/** Things with an id of their own in the API. */
export const NodeRef = builder.interfaceRef<{ id: string }>('Node').implement({
  fields: (t) => ({ id: t.exposeID('id') }),
  resolveType: (value) => typenameOf(value.id),
});

/** What can be talked about; its fields are in threads/subject-threads.ts. */
export const DiscussedRef = builder.interfaceRef<{ id: string }>('Discussed');

export const PersonRef = builder.objectRef<Person>('Person');
export const ProjectRef = builder.objectRef<Project>('Project');
export const HypothesisRef = builder.objectRef<Hypothesis>('Hypothesis');
export const ExperimentRef = builder.objectRef<Experiment>('Experiment');
export const VariantRef = builder.objectRef<Variant>('Variant');
export const VerdictRef = builder.objectRef<Verdict>('Verdict');
export const RunRef = builder.objectRef<Run>('Run');
export const ThreadRef = builder.objectRef<Thread>('Thread');
/** Without their content, which is read where it is asked for. */
export const NoteRef = builder.objectRef<Omit<Note, 'state'>>('Note');
export const NoteVersionRef = builder.objectRef<Omit<NoteVersion, 'state' | 'markdown'>>('NoteVersion');
export const ReviewRef = builder.objectRef<Review>('Review');
export const ShareLinkRef = builder.objectRef<ShareLink>('ShareLink');
export const MeetingRef = builder.objectRef<Meeting>('Meeting');
