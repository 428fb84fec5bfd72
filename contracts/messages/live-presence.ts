import { z } from 'zod';

/** Core NATS subject of who looks at a place; a place is a node's id. */
export const livePresenceSubject = (place: string): string => `live.presence.${place}`;

/** People a server process has at one place. More than a page can show, and still a small message. */
export const MOST_PRESENT = 100;

/** All people whom one server process has at a place, whenever that changes and every few seconds: one that was lost is made good by the next. */
export const livePresence = z.object({
  process: z.string().max(64),
  people: z.array(z.string().max(64)).max(MOST_PRESENT),
  /** Who comes new asks the others to say whom they have. */
  asks: z.boolean(),
});
export type LivePresence = z.output<typeof livePresence>;
