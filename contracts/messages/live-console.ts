import { z } from 'zod';

/** Core NATS subject of the lines a run prints. */
export const liveConsoleSubject = (runId: string): string => `live.console.${runId}`;

/** Lines as they were committed. */
export const liveConsole = z.object({
  runId: z.string(),
  /** Lines there were before these: a reader whose cursor this is has missed nothing. -1 with `lines: null` after a silence in which messages may have been lost. */
  before: z.number().int(),
  /** Null when the lines are too many for a message: whoever listens reads on from its cursor with `ConsoleStore.read`. */
  lines: z.array(z.object({ stream: z.enum(['stdout', 'stderr']), source: z.string(), sequence: z.number(), time: z.number(), text: z.string() })).nullable(),
});
export type LiveConsole = z.output<typeof liveConsole>;
