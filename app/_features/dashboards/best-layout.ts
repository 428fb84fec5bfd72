import { linearTicks, roundOutward } from '../../_charts/ticks.ts';
import type { ShownMilestone } from './dashboard-documents.ts';

/** Everything in percent of the plot, which is stretched to its box. */
export interface BestLayout {
  readonly line: string;
  readonly band: string;
  readonly dots: readonly { readonly key: string; readonly x: number; readonly y: number; readonly low: number; readonly high: number; readonly best: boolean }[];
  readonly yTicks: readonly { readonly at: number; readonly y: number }[];
}

const two = (value: number): number => Math.round(value * 100) / 100;

/** Where a step line of the best so far goes, with its interval as a band and a whisker at each milestone; null without any. */
export function layOutBest(milestones: readonly ShownMilestone[], now: number): BestLayout | null {
  const [first] = milestones;
  if (!first) return null;
  const from = Date.parse(first.at);
  const span = Math.max(1, now - from);
  const [bottom, top] = roundOutward([Math.min(...milestones.map(({ low, mean }) => low ?? mean)), Math.max(...milestones.map(({ high, mean }) => high ?? mean))]);
  const x = (at: string): number => two(2 + (96 * (Date.parse(at) - from)) / span);
  const y = (value: number): number => two(100 - (100 * (value - bottom)) / (top - bottom));
  const steps = milestones.filter(({ standing }) => standing !== 'WITHIN_NOISE');
  const stretches = steps.map((step, index) => ({ x0: x(step.at), x1: index + 1 < steps.length ? x(steps[index + 1]?.at ?? step.at) : 100, y: y(step.mean), low: y(step.low ?? step.mean), high: y(step.high ?? step.mean) }));
  return {
    line: stretches.map(({ x0, x1, y: at }, index) => `${index === 0 ? 'M' : 'L'}${x0} ${at}L${x1} ${at}`).join(''),
    band: stretches.map(({ x0, x1, low, high }) => `M${x0} ${low}L${x1} ${low}L${x1} ${high}L${x0} ${high}Z`).join(''),
    dots: milestones.map(({ at, mean, low, high, standing, experiment }, index) => ({ key: `${experiment?.id ?? ''}${index}`, x: x(at), y: y(mean), low: y(low ?? mean), high: y(high ?? mean), best: standing !== 'WITHIN_NOISE' })),
    yTicks: linearTicks([bottom, top]).map((at) => ({ at, y: y(at) })),
  };
}
