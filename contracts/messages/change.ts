import { z } from 'zod';
import { defineMessage } from './define-message.ts';

/** Nouns whose changes are announced. */
export const CHANGE_NOUNS = ['project', 'hypothesis', 'experiment', 'run', 'thread', 'review', 'share-link', 'meeting', 'person', 'note', 'demo', 'notification'] as const;

/**
 * Something changed. Carries ids only: who hears it reads again under their own rights.
 * Stream EVENTS, subject event.change.v1.
 */
export const change = defineMessage({
  name: 'event.change',
  version: 1,
  schema: z.object({
    noun: z.enum(CHANGE_NOUNS),
    id: z.string(),
    /** Past tense, for people reading the stream: "created", "ended", "excluded", "decided". */
    verb: z.string(),
    projectId: z.string().nullable(),
    /** The experiment touched, directly or through its run, review or thread. */
    experimentId: z.string().nullable(),
    /** For a thread: the node it talks about. */
    subjectId: z.string().nullable(),
    /** For a thread: the comment that was written, edited, deleted or reacted to, if it was one. */
    commentId: z.string().optional(),
  }),
});

export type Change = z.output<typeof change.schema>;
