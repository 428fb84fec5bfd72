import type { RunStanding } from './run-standing.ts';

const TONES = { live: 'live', quiet: 'text-ink-2', bad: 'bad', warn: 'warn' } as const;

/** The status as a word; a running one with the accent dot. */
export function RunStatusWord({ standing }: { readonly standing: RunStanding }) {
  return <span className={`rs ${TONES[standing.tone]}`}>{standing.tone === 'live' && <i aria-hidden="true" />}{standing.word}</span>;
}
