import { isKnown, type Known } from './known.ts';

/** What a live block of a note shows of an experiment. */
export const EVIDENCE_WORDS = { verdict: 'Verdict', chart: 'Learning curves', comparison: 'Comparison of variants', runs: 'Table of runs' } as const;
export type EvidenceKind = keyof typeof EVIDENCE_WORDS;
export const EVIDENCE_KINDS = Object.keys(EVIDENCE_WORDS) as readonly EvidenceKind[];

/** A block as it stood at a time. The content is what its view needs to draw it again, and nothing more. */
export interface Frozen {
  /** ISO 8601. */
  readonly at: string;
  /** The digest of the evidence it was drawn from; null where it had none. */
  readonly digest: string | null;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly subject: string;
  /** What the reader chose in it, as the query of an address: metric, lines, scale, columns. */
  readonly view: string;
  readonly frozen: Frozen | null;
}

/** A block from a document, which may hold anything; null where it names nothing to show. */
export function evidenceFrom(attributes: Known): Evidence | null {
  const kind = EVIDENCE_KINDS.find((one) => one === attributes['kind']);
  const subject = attributes['subject'];
  if (kind === undefined || typeof subject !== 'string' || subject === '') return null;
  const options = isKnown(attributes['options']) ? attributes['options'] : {};
  return { kind, subject, view: typeof options['view'] === 'string' ? options['view'].slice(0, 2_000) : '', frozen: frozenFrom(attributes['frozen']) };
}

function frozenFrom(given: unknown): Frozen | null {
  if (!isKnown(given) || typeof given['at'] !== 'string' || Number.isNaN(Date.parse(given['at'])) || !isKnown(given['content'])) return null;
  return { at: given['at'], digest: typeof given['digest'] === 'string' ? given['digest'] : null, content: given['content'] };
}

/** What a note keeps of one block, in characters of JSON: the domain leaves out what is larger. */
export const MOST_KEPT = 60_000;
export const fits = (content: unknown): boolean => JSON.stringify(content).length <= MOST_KEPT;
