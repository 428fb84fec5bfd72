import type { HypothesisFields } from './hypothesis.ts';
import { readStatement, statementFrom, type SaidInWords } from './statement.ts';

export type HypothesisPart = 'change' | 'metric' | 'direction' | 'minEffect' | 'because' | 'guardrails';
export interface GradeReason { readonly part: HypothesisPart; readonly message: string }
export interface HypothesisGrading {
  readonly grade: 'STRONG' | 'FAIR' | 'WEAK' | 'UNFALSIFIABLE';
  /** What is missing or weak, and why it matters; empty for a strong hypothesis. */
  readonly reasons: readonly GradeReason[];
  /** The sentence as written, or as made from the parts where none was written. */
  readonly statement: string;
}

/**
 * How well a hypothesis can be tested, and what would make it better. Without a measure or a direction no result can speak against it: UNFALSIFIABLE.
 * Otherwise it is STRONG with change, metric, direction, minimum effect and reason, FAIR with one of them missing or weak, WEAK with more. What the
 * sentence says counts where a part was left empty; only the metric must be named exactly, since Lemma has to find it among those that are logged.
 * Guardrails do not lower the grade, but are asked for with whatever else is.
 */
export function gradeHypothesis(fields: HypothesisFields): HypothesisGrading {
  const said = readStatement(fields.statement);
  const problems = [metricProblem(fields, said), directionProblem(fields, said), minEffectProblem(fields, said), changeProblem(fields, said), becauseProblem(fields, said)]
    .filter((problem) => problem !== null);
  const statement = fields.statement.trim() || statementFrom(fields);
  if (problems.length === 0) return { grade: 'STRONG', reasons: [], statement };
  const untestable = (!fields.metric && !said.metric) || !hasDirection(fields, said);
  return {
    grade: untestable ? 'UNFALSIFIABLE' : problems.length === 1 ? 'FAIR' : 'WEAK',
    reasons: fields.guardrails.length > 0 ? problems : [...problems, { part: 'guardrails', message: 'Name a metric that must not get worse: an improvement that is paid for elsewhere is none.' }],
    statement,
  };
}

function metricProblem({ metric }: HypothesisFields, said: SaidInWords): GradeReason | null {
  if (metric) return null;
  if (said.metric) return { part: 'metric', message: `The sentence speaks of ${said.metric}. Name the metric as it is logged, so that it can be compared.` };
  const wish = said.vague ? `“${said.vague}” is not something a run can measure. ` : '';
  return { part: 'metric', message: `${wish}Name the metric that should move: without one, no result can speak against the hypothesis.` };
}

const hasDirection = ({ direction }: HypothesisFields, said: SaidInWords): boolean => direction !== null || (said.direction && said.hedge === null);

function directionProblem(fields: HypothesisFields, said: SaidInWords): GradeReason | null {
  if (hasDirection(fields, said)) return null;
  if (said.hedge) return { part: 'direction', message: `With “${said.hedge}” every result agrees. Say that the metric will rise, or that it will fall.` };
  return { part: 'direction', message: 'Say whether the metric should rise or fall: otherwise every result agrees.' };
}

function minEffectProblem({ minEffect }: HypothesisFields, said: SaidInWords): GradeReason | null {
  if (minEffect !== null && minEffect > 0) return null;
  if (minEffect === null && said.minEffect) return null;
  return { part: 'minEffect', message: 'Say how small an effect would still be worth having: it is the bar, and it decides how many repeats are needed.' };
}

const NO_CHANGE = /^(it|this|the model|changes?|some changes?|various (?:things|changes)|things|stuff|tuning|tweaks?|improvements?|better (?:settings|params|parameters|hyper-?parameters)|hyper-?parameters?)\.?$/i;

function changeProblem({ change }: HypothesisFields, said: SaidInWords): GradeReason | null {
  if (change && NO_CHANGE.test(change.trim())) return { part: 'change', message: `“${change.trim()}” does not say what is changed. Name the one thing that differs from the baseline.` };
  if (change || said.change) return null;
  return { part: 'change', message: 'Say what is changed, so that its effect can be told from everything else.' };
}

const NO_REASON = /^(?:because )?(?:it(?:'s| is| will be)?|that(?:'s| is)?|this(?: is)?)?\s*(?:just |simply )?(?:works?|better|good|helps?|obvious|sota|state of the art|cool|new|everyone does it|popular|why not|idk|test|n\/?a|none|tbd|unknown)(?: better)?\.?$/i;

function becauseProblem({ because }: HypothesisFields, said: SaidInWords): GradeReason | null {
  if (because && NO_REASON.test(because.trim())) return { part: 'because', message: `“${because.trim()}” gives no reason. Say what in the data or the model makes it work: that is what the next experiment learns from.` };
  if (because || said.because) return null;
  return { part: 'because', message: 'Say why it should work: the reason is what the next experiment learns from.' };
}
