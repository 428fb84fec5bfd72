import type { SharedChange } from '../../contracts/share-page.ts';
import type { Redaction } from '../../operations/ports/share-links.ts';

/** Leaves out what the sharer chose to leave out, before anything is sent. */
export interface Redactor {
  readonly people: boolean;
  /** A person's name, or null. */
  person(name: string | null | undefined): string | null;
  /** Whether things of this kind are left out. */
  hides(kind: SharedChange['kind']): boolean;
  changes(changed: readonly SharedChange[]): SharedChange[];
  /** A variant's name, which is made from what changed. */
  label(variant: { readonly id: string; readonly label: string }): string;
  /** A sentence in which variants' names may stand. */
  sentence(text: string): string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const treatmentName = (index: number): string => `Treatment ${LETTERS[index] ?? index + 1}`;

export function redactor(redact: readonly Redaction[], variants: readonly { readonly id: string; readonly label: string; readonly role: 'BASELINE' | 'TREATMENT' }[]): Redactor {
  const people = redact.includes('PEOPLE');
  const hidden = new Set<SharedChange['kind']>([...(redact.includes('PARAMS') ? ['CONFIG', 'DATA', 'ENVIRONMENT'] as const : []), ...(redact.includes('CODE') ? ['CODE'] as const : [])]);
  const treatments = variants.filter(({ role }) => role === 'TREATMENT');
  const names = new Map(variants.map((variant) => [variant.id, variant.role === 'BASELINE' ? 'Baseline' : treatmentName(treatments.indexOf(variant))]));
  // Names that were made before no two were equal: better no arm than the wrong one.
  const nameOf = ({ id, label }: { readonly id: string; readonly label: string }): string => (variants.some((other) => other.id !== id && other.label === label) ? 'One variant' : (names.get(id) ?? 'Treatment'));
  // The longest first: one name may be the beginning of another.
  const spoken = variants.filter(({ label }) => label.length > 0).toSorted((a, b) => b.label.length - a.label.length);
  return {
    people,
    person: (name) => (people ? null : (name ?? null)),
    hides: (kind) => hidden.has(kind),
    changes: (changed) => changed.filter(({ kind }) => !hidden.has(kind)),
    label: ({ id, label }) => (hidden.size === 0 ? label : (names.get(id) ?? 'Treatment')),
    sentence: (text) => (hidden.size === 0 ? text : spoken.reduce((sentence, variant) => replaceName(sentence, variant.label, nameOf(variant)), text)),
  };
}

/** Where the name stands by itself, not inside a longer word. */
function replaceName(sentence: string, label: string, name: string): string {
  const literal = label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return sentence.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), () => name);
}
