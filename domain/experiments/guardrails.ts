import type { Interval } from '../statistics/estimate.ts';
import { summarise } from '../statistics/sample.ts';
import { compareSides, sideOf, valuesOf, type CountedRun } from './compare-sides.ts';
import { turned, withoutNegativeZero } from './turn.ts';

/** `effect` and interval are turned so that positive is better. */
export interface GuardrailResult {
  readonly metric: string;
  readonly status: 'held' | 'broken' | 'unknown';
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  /** Mean of the baseline's runs, in the metric's own direction; null where none logged it. */
  readonly baselineMean: number | null;
}

/** Words that name costs: less of them is better. */
const COSTS = /(^|[^a-z])(loss|error|err|nll|perplexity|ppl|bpc|bpb|mse|rmse|mae|mape|wer|cer|fid|fpr|fnr|eer|ece|brier|latency|time|duration|seconds|ms|memory|bytes|mem|cost|price|energy|flops|params|size|regret|divergence|kl|distance|violations?|failures?)([^a-z]|$)/;

/** Whether a smaller value of a metric of this name is better. Read from its words: "val_loss", "p95LatencyMs", "eval/wer"; everything else is better larger. */
export function isBetterLower(metric: string): boolean {
  return COSTS.test(metric.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
}

/** A worsening of less than this part of the baseline's mean is not what a guardrail is for. */
export const TOLERATED_WORSENING = 0.05;

/**
 * Whether a guardrail metric got worse. Broken: the 95 % interval lies wholly on the worse side. Held: it excludes a worsening of more than
 * 5 % of the baseline's mean (a non-inferiority margin, docs/decisions/0051). Unknown: neither, so more repeats are needed.
 */
export function checkGuardrail(metric: string, treatment: readonly CountedRun[], baseline: readonly CountedRun[]): GuardrailResult {
  const [of, against] = [sideOf(treatment, metric), sideOf(baseline, metric)];
  const { difference, interval95 } = compareSides(of, against);
  const better = isBetterLower(metric) ? -1 : 1;
  const interval = interval95 && turned(interval95, better);
  const baselineMean = summarise(valuesOf(against))?.mean ?? null;
  const margin = TOLERATED_WORSENING * Math.abs(baselineMean ?? 0);
  return {
    metric,
    status: statusOf(interval, margin),
    effect: difference === null ? null : withoutNegativeZero(difference * better),
    ciLow: interval?.low ?? null,
    ciHigh: interval?.high ?? null,
    baselineMean,
  };
}

function statusOf(interval: Interval | null, margin: number): GuardrailResult['status'] {
  if (!interval) return 'unknown';
  if (interval.high < 0) return 'broken';
  return interval.low >= -margin ? 'held' : 'unknown';
}
