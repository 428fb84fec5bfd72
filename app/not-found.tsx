import Link from 'next/link';
import { Mark } from './_shell/mark.tsx';

export const metadata = { title: 'Not here' };

export default function NotFound() {
  return (
    <div className="plain">
      <header><Link className="logo" href="/"><Mark />Lemma</Link></header>
      <main className="grid content-start gap-3">
        <h1>There is nothing here</h1>
        <p className="text-ink-2">The address may be wrong, the link may have expired or been revoked, or this is something you may not see.</p>
        <p><Link href="/">Go to the first page</Link></p>
      </main>
    </div>
  );
}
