import { z } from 'zod';

/** Core NATS subject of what the presenter of a meeting looks at. */
export const liveMeetingSubject = (meetingId: string): string => `live.meeting.${meetingId}`;

export const liveMeeting = z.object({
  /** Null says that the record has the last one. */
  view: z.object({ itemId: z.string().nullable(), search: z.string(), section: z.number().int().nonnegative(), within: z.number().min(0).max(1) }).nullable(),
});
export type LiveMeeting = z.output<typeof liveMeeting>;
