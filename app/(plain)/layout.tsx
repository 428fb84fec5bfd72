import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from '../_shell/mark.tsx';

/** The frame for pages one sees before being inside: the mark, a sentence, one form. */
export default function PlainLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="plain">
      <header><Link className="logo" href="/"><Mark />Lemma</Link></header>
      <main>{children}</main>
    </div>
  );
}
