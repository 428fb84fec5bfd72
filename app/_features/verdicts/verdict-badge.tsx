import type { ReactNode } from 'react';
import type { IntervalKind } from './interval-glyph.tsx';

/** Verdicts, the states that stand beside them, and the stages of a hypothesis' life. */
export type VerdictWord = 'supported' | 'refuted' | 'equivalent' | 'inconclusive' | 'exploratory' | 'stale' | 'proposed' | 'testing' | 'abandoned';

const DRAWINGS: Record<VerdictWord, ReactNode> = {
  supported: <><path d="M2.5 1.5v13M5 8h10" /><circle cx="10" cy="8" r="2.75" fill="currentColor" stroke="none" /></>,
  refuted: <><path d="M13.5 1.5v13M1 8h10" /><circle cx="6" cy="8" r="2.75" fill="currentColor" stroke="none" /></>,
  equivalent: <><path d="M1.5 1.5v13M14.5 1.5v13M4 8h8" /><circle cx="8" cy="8" r="2.75" fill="currentColor" stroke="none" /></>,
  inconclusive: <><path d="M4.5 1.5v13M.5 8h6.25M12.25 8H15.5" /><circle cx="9.5" cy="8" r="2.6" /></>,
  exploratory: <><path d="M.5 8h2M13.5 8h2" /><circle cx="8" cy="8" r="4" strokeDasharray="2.1 2.09" /></>,
  stale: <path d="M12.9 4.2A6.2 6.2 0 1 0 14.2 8M8 4.5V8l2.5 1.8M13.2 1v3.4H9.8" />,
  proposed: <circle cx="8" cy="8" r="5" />,
  testing: <><circle cx="8" cy="8" r="5" /><path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor" /></>,
  abandoned: <path d="M3 8h10" />,
};

export const isVerdictWord = (text: string): text is VerdictWord => Object.hasOwn(DRAWINGS, text);

/** The word of a GraphQL outcome or status: "SUPPORTED" → "supported". */
export const wordOf = <Outcome extends Uppercase<VerdictWord>>(outcome: Outcome): VerdictWord => outcome.toLowerCase() as VerdictWord;

/** The colour an outcome gives its interval. */
export const kindOf = (outcome: 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE'): IntervalKind => KINDS[outcome];

const KINDS = { SUPPORTED: 'supported', REFUTED: 'refuted', EQUIVALENT: 'equivalent', INCONCLUSIVE: 'inconclusive' } as const;

/** The drawing alone. Put its word beside it, or in a label. */
export function VerdictGlyph({ of: word, label }: { readonly of: VerdictWord; readonly label?: string }) {
  return (
    <span className={`v v-${word}`}>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>{DRAWINGS[word]}</svg>
    </span>
  );
}

/** Glyph and word, always both: a small interval that shows what was found. No pill, no fill. */
export function VerdictBadge({ of: word, text, big = false }: { readonly of: VerdictWord; readonly text?: ReactNode; readonly big?: boolean }) {
  return (
    <span className={`v v-${word}${big ? ' big' : ''}`}>
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">{DRAWINGS[word]}</svg>{text ?? word}
    </span>
  );
}
