import type { ReactNode } from 'react';

/** A line of a list of facts; none where there is nothing to say. What others wrote keeps to its own direction of reading. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return <><dt className="bidi-own">{name}</dt><dd className="mono bidi-own">{children}</dd></>;
}
