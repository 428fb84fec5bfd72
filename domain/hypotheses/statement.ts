import type { HypothesisFields } from './hypothesis.ts';

/** What a sentence says by itself, where the parts were not filled in. */
export interface SaidInWords {
  /** The words that name a measure: "accuracy", "val_loss". */
  readonly metric: string | null;
  readonly direction: boolean;
  readonly minEffect: boolean;
  readonly change: boolean;
  readonly because: boolean;
  /** "may", "might": the sentence agrees with every result. */
  readonly hedge: string | null;
  /** "performance", "quality": a wish where a measure should stand. */
  readonly vague: string | null;
}

const MEASURES = /\b(accurac(?:y|ies)|acc|top-?[15]|loss(?:es)?|error(?: rate)?|f1|f-score|auc|auroc|auprc|precision|recall|perplexity|nll|log-?likelihood|bleu|rouge|wer|cer|map|ndcg|mrr|iou|dice|psnr|ssim|fid|r2|rmse|mse|mae|mape|ece|latency|throughput|memory|runtime|training time|convergence time|steps to converge|epochs to converge|win rate|reward|return|ctr|hit rate|[a-z][a-z0-9]*(?:[_/][a-z0-9@]+)+)\b/i;
const VAGUE = /\b(performance|quality|results?|generali[sz]ation|generali[sz]es?|robust(?:ness)?|behaviou?r|stability|experience|understanding|representations?|features|better|good|great|well|helps?|works?|useful|promising)\b/i;
const MOVES = /\b(increas\w*|decreas\w*|rais\w*|ris(?:e|es|ing)|lower\w*|reduc\w*|improv\w*|worsen\w*|drops?|dropping|falls?|falling|gains?|boosts?|boosting|cuts?|cutting|halv\w*|doubl\w*|faster|slower|higher|fewer|shrinks?|grows?|beats?|outperforms?|exceeds?|hurts?|degrad\w*)\b/i;
const SIZE = /(?:\bby\b|\bat least\b|≥|>=|>|\bmore than\b|\bover\b|\bminimum\b|\bto\b|\bbelow\b|\babove\b|\bwithin\b)[^.;]{0,24}?\d/i;
const REASON = /\b(because|since|due to|as (?:it|this|they|the)\b|the reason|owing to|thanks to)\b/i;
const HEDGES = /\b(may|might|could|perhaps|possibly|maybe|sometimes|probably|should potentially|can potentially|potentially|hopefully|we hope|we wonder|let'?s see|see (?:if|whether|what)|explore|investigate|try out|play with)\b/i;
const OPENING = /^\s*(?:we (?:believe|think|expect|hypothesi[sz]e)(?: that)?|i (?:believe|think|expect)(?: that)?|our hypothesis is(?: that)?|hypothesis:?|if we)\s*/i;

const first = (pattern: RegExp, text: string): string | null => pattern.exec(text)?.[0] ?? null;

/** Reads a sentence for what a hypothesis needs. Words only: it finds what is named, and does not understand it. */
export function readStatement(statement: string): SaidInWords {
  const text = statement.replace(OPENING, '');
  const move = MOVES.exec(text);
  const metric = first(MEASURES, text);
  return {
    metric,
    direction: move !== null,
    minEffect: SIZE.test(text),
    change: move !== null && wordsBefore(text, move.index) > 0,
    because: REASON.test(text),
    hedge: first(HEDGES, statement),
    vague: metric === null ? first(VAGUE, text) : null,
  };
}

/** Words that could name a change; "it", "this", "the result" do not. */
const wordsBefore = (text: string, end: number): number =>
  text.slice(0, end).split(/\s+/).filter((word) => /\p{L}{2,}/u.test(word) && !/^(it|this|that|will|to|the|results?|we|things?|stuff|something|everything|can|should|would|may|might|could)$/i.test(word)).length;

/** The sentence of a hypothesis from its parts; a missing part is left out. */
export function statementFrom({ change, metric, direction, minEffect, because }: Omit<HypothesisFields, 'statement' | 'guardrails'>): string {
  const verb = direction === null ? 'change' : direction === 'INCREASE' ? 'raise' : 'lower';
  const size = minEffect !== null && minEffect > 0 ? ` by at least ${minEffect}` : '';
  const reason = because ? `, because ${withoutStop(because)}` : '';
  return `We believe that ${change ? withoutStop(change) : 'something'} will ${verb} ${metric ?? 'the result'}${size}${reason}.`;
}

const withoutStop = (text: string): string => text.trim().replace(/[.\s]+$/, '');
