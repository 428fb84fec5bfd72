import type { z } from 'zod';
import type { consoleLine } from '../../contracts/rest/console.ts';
import type { ConsoleAppended, ConsoleFeed } from '../../operations/ports/console-store.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { requireKeepable } from '../http/keepable.ts';

export type GivenLine = z.output<typeof consoleLine>;

/** Adds lines to a run's console: the one way of every door, which has asked before who may. A line without a time is of this moment. */
export function writeLines({ console, clock }: Pick<Ports, 'console' | 'clock'>, runId: string, lines: readonly GivenLine[]): Promise<ConsoleAppended> {
  const now = clock.now().getTime();
  return console.append(runId, lines.map(({ time, ...line }) => {
    requireKeepable(line.source);
    return { ...line, time: typeof time === 'string' ? Date.parse(time) : time ?? now };
  }));
}

/** How far these sources have come; all of the run when none is named. */
export async function feedsOf({ console }: Pick<Ports, 'console'>, runId: string, sources: ReadonlySet<string>): Promise<ConsoleFeed[]> {
  return (await console.feeds(runId)).filter(({ source }) => sources.size === 0 || sources.has(source));
}
