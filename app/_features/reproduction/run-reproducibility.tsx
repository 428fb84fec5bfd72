'use client';

import type { Grade } from '../../../domain/reproduction/grade.ts';
import { Section } from '../../_ui/section.tsx';

const MEANING: Readonly<Record<Grade, string>> = {
  A: 'everything is recorded, down to the container',
  B: 'code, packages, data and seed are recorded; something around them is not',
  C: 'who has all of it gets a like result, but nobody can tell that it is the same',
  D: 'it cannot be built again without guessing',
  E: 'its code is not known',
};

/** How well a run can be done again, in a letter and in words, and what keeps it from a better one. */
export function RunReproducibility({ grade, reasons }: { readonly grade: Grade; readonly reasons: readonly string[] }) {
  return (
    <Section title="Reproducibility">
      <p className="mt-3">Grade <b className="num">{grade}</b> of A to E: {MEANING[grade]}.</p>
      {reasons.length > 0 && (
        <>
          <p className="hint mt-2">Why it is not higher:</p>
          <ul className="mt-1 list-disc pl-5" aria-label="Why the grade is not higher">{reasons.map((reason) => <li key={reason} className="bidi-own">{reason}</li>)}</ul>
        </>
      )}
    </Section>
  );
}
