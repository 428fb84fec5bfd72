import { z } from 'zod';

/** Core NATS subject of who writes in threads about a thing; ids have no dots. */
export const typingSubject = (subjectId: string): string => `live.typing.${subjectId}`;

/** Somebody writes in a thread, or has stopped. */
export const typingNews = z.object({ subjectId: z.string(), threadId: z.string(), personId: z.string(), typing: z.boolean() });
export type TypingNews = z.output<typeof typingNews>;
