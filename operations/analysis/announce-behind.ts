import { analyseExperiment } from '../../contracts/messages/analyse-experiment.ts';
import type { Ports } from '../ports/ports.ts';

/** How long an experiment has been behind: the version waited for, and the passes that saw it waiting. */
export interface Waiting { readonly inputsVersion: number; readonly passes: number }

const MOST_AT_ONCE = 1000;
/** Later announcements come no rarer than every so many passes. */
const LONGEST_SILENCE = 128;

/**
 * Announces again the experiments whose analysis is still missing after the last pass: their message was lost with JetStream's folder, or its worker
 * died. Announced in the 1st, 2nd, 4th, 8th … pass after the first sight, so that what cannot be analysed does not fill the queue.
 * Answers what to remember for the next pass.
 */
export async function announceBehind({ store }: Pick<Ports, 'store'>, before: ReadonlyMap<string, Waiting>): Promise<ReadonlyMap<string, Waiting>> {
  return store.transaction(async (tx) => {
    const now = new Map<string, Waiting>();
    for (const { experimentId, inputsVersion } of await tx.analysis.behind(MOST_AT_ONCE)) {
      const known = before.get(experimentId);
      const passes = known?.inputsVersion === inputsVersion ? known.passes + 1 : 0;
      now.set(experimentId, { inputsVersion, passes });
      if (isDue(passes)) await tx.outbox.post(analyseExperiment, { experimentId });
    }
    return now;
  });
}

export const isDue = (passes: number): boolean => passes > 0 && (Number.isInteger(Math.log2(passes)) || passes % LONGEST_SILENCE === 0);
