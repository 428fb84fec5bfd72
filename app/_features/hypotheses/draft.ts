import { formatNumber } from '../../_ui/numbers.ts';
import type { HypothesisParts } from './hypothesis-sentence.tsx';

/** A hypothesis while it is typed: everything is text, nothing is lost. */
export interface Draft {
  readonly change: string;
  readonly metric: string;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  readonly minEffect: string;
  readonly because: string;
  readonly guardrails: readonly string[];
  /** A sentence in the writer's own words; empty means that the parts make the sentence. */
  readonly ownWords: string;
}

export const EMPTY_DRAFT: Draft = { change: '', metric: '', direction: null, minEffect: '', because: '', guardrails: [], ownWords: '' };

/** The number a person meant: 0.5, 0,5 or .5; null when nothing stands there, NaN when it is no size of an effect. */
export function readMinEffect(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const value = /^[+]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}

const orNull = (text: string): string | null => text.trim() || null;

export const partsOf = (draft: Draft): HypothesisParts => {
  const size = readMinEffect(draft.minEffect);
  return {
    statement: draft.ownWords.trim(),
    change: orNull(draft.change),
    metric: orNull(draft.metric),
    direction: draft.direction,
    minEffect: size === null || Number.isNaN(size) ? null : size,
    because: orNull(draft.because),
  };
};

/** "Mixing pairs of digits will increase test_acc by at least 0.5", from whatever parts are there. */
export function composeStatement({ change, metric, direction, minEffect }: HypothesisParts): string {
  const verb = direction === null ? 'change' : direction.toLowerCase();
  const size = minEffect === null ? '' : ` by at least ${formatNumber(minEffect)}`;
  const subject = change ? change.charAt(0).toUpperCase() + change.slice(1) : 'Something';
  return `${subject.replace(/[.\s]+$/, '')} will ${verb} ${metric ?? 'the result'}${size}`;
}

/** What the server is sent: for grading, proposing and changing alike. */
export function inputOf(draft: Draft) {
  const parts = partsOf(draft);
  return { ...parts, statement: parts.statement || composeStatement(parts), guardrails: draft.guardrails.map((name) => name.trim()).filter((name) => name !== '' && name !== parts.metric) };
}

/** The same for grading, which judges a sentence only where its writer wrote one. */
export function gradedInputOf(draft: Draft) {
  const { statement, ...parts } = inputOf(draft);
  return draft.ownWords.trim() ? { ...parts, statement } : parts;
}

interface Written extends HypothesisParts { readonly guardrails: readonly string[] }

/** A hypothesis taken up again for changing. Its statement counts as the writer's own words unless the parts would make the same one. */
export function draftOf(written: Written): Draft {
  return {
    change: written.change ?? '', metric: written.metric ?? '', direction: written.direction, minEffect: written.minEffect === null ? '' : String(written.minEffect),
    because: written.because ?? '', guardrails: written.guardrails, ownWords: written.change && written.statement === composeStatement(written) ? '' : written.statement,
  };
}

export const isEmpty = (draft: Draft): boolean => JSON.stringify(draft) === JSON.stringify(EMPTY_DRAFT);
