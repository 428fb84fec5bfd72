import { isBetterLower } from '../../../domain/experiments/guardrails.ts';
import type { SharedHypothesis } from '../../../contracts/share-page.ts';

/** What metrics of these names usually measure. Longer names first, where one is a part of another. */
const USUAL: readonly (readonly [RegExp, string])[] = [
  [/^(acc|accuracy|top1|top5)$/, 'accuracy, the share of cases it gets right'],
  [/^(nll)$/, 'negative log likelihood, how little the model expects the right answers'],
  [/^(loss)$/, 'loss, how far the model is from the right answers'],
  [/^(err|error)$/, 'error, the share of cases it gets wrong'],
  [/^(f1)$/, 'F1, a balance of what it finds and what it finds wrongly'],
  [/^(auc|auroc)$/, 'AUC, how well it tells two classes apart'],
  [/^(ppl|perplexity)$/, 'perplexity, how little the model expects the text'],
  [/^(rmse|mse|mae)$/, 'the usual size of its mistakes'],
  [/^(wer|cer)$/, 'the share of words or letters it gets wrong'],
  [/^(latency)$/, 'latency, how long an answer takes'],
  [/^(ece)$/, 'calibration error, how far its confidence is from how often it is right'],
];

/** "accuracy, the share of cases it gets right", read from a metric's name; null where the name says nothing to a reader outside. */
export function usualMeaning(metric: string): string | null {
  const words = metric.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/);
  return USUAL.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] ?? null;
}

const better = (lower: boolean): string => (lower ? 'smaller is better' : 'larger is better');
const named = (metric: string): string => { const meaning = usualMeaning(metric); return meaning === null ? `a metric the team calls ${metric}` : `${metric} (by its name, ${meaning})`; };

/** What the question is judged by and what must not suffer, each with the way in which it is better; null for a hypothesis that names no metric. */
export function measureSentence({ metric, direction, guardrails }: Pick<SharedHypothesis, 'metric' | 'direction' | 'guardrails'>): string | null {
  const judged = metric === null ? null : `It is judged by ${named(metric)}; ${better(direction === null ? isBetterLower(metric) : direction === 'DECREASE')}.`;
  const guarded = guardrails.map((each) => `${named(each)}, where ${better(isBetterLower(each))}`);
  const kept = guarded.length === 0 ? null : `What must not get worse: ${guarded.join('; ')}.`;
  return [judged, kept].filter((part) => part !== null).join(' ') || null;
}
