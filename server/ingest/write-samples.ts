import type { z } from 'zod';
import type { systemSample } from '../../contracts/rest/system.ts';
import { pointsOfSamples } from '../../domain/metrics/system-sample.ts';
import type { Ports } from '../../operations/ports/ports.ts';
import { requireKeepable } from '../http/keepable.ts';

/** Keeps samples of a machine as a run's metrics: the one way of every door, which has asked before who may. Answers how many points were new. */
export function writeSamples({ metrics }: Pick<Ports, 'metrics'>, runId: string, samples: readonly z.output<typeof systemSample>[]): Promise<number> {
  requireKeepable(samples.map(({ node }) => node));
  return metrics.append(runId, pointsOfSamples(samples.map(({ time, ...sample }) => ({ ...sample, time: typeof time === 'string' ? Date.parse(time) : time }))));
}
