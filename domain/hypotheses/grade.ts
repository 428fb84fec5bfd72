import type { HypothesisFields } from './hypothesis.ts';

export type HypothesisPart = 'change' | 'metric' | 'direction' | 'minEffect' | 'because' | 'guardrails';
export interface GradeReason { readonly part: HypothesisPart; readonly message: string }
export interface HypothesisGrading { readonly grade: 'STRONG' | 'FAIR' | 'WEAK' | 'UNFALSIFIABLE'; readonly reasons: readonly GradeReason[]; readonly statement: string }

/** How well a hypothesis can be tested, and what would make it better. */
export function gradeHypothesis(fields: HypothesisFields): HypothesisGrading {
  const reasons: GradeReason[] = [];
  if (!fields.metric) reasons.push({ part: 'metric', message: 'Name the metric that should move: without one, no result can speak against the hypothesis.' });
  if (!fields.direction) reasons.push({ part: 'direction', message: 'Say whether the metric should rise or fall: otherwise every result agrees.' });
  const unfalsifiable = reasons.length > 0;
  if (fields.minEffect === null) reasons.push({ part: 'minEffect', message: 'Say how small an effect would still matter: it decides how many repeats are needed.' });
  if (!fields.change) reasons.push({ part: 'change', message: 'Say what is changed, so that its effect can be told from everything else.' });
  if (!fields.because) reasons.push({ part: 'because', message: 'Say why it should work: the reason is what the next experiment learns from.' });
  const serious = reasons.length;
  if (fields.guardrails.length === 0) reasons.push({ part: 'guardrails', message: 'Name a metric that must not get worse.' });
  return { grade: unfalsifiable ? 'UNFALSIFIABLE' : (['STRONG', 'FAIR', 'WEAK'] as const)[Math.min(serious, 2)] ?? 'WEAK', reasons, statement: fields.statement };
}
