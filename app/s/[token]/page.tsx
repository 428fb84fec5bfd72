import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readSharePage, untilMs } from '../../_features/share-links/read-share-page.ts';
import { SharedPage } from '../../_features/share-links/share-page.tsx';
import { previewOf, questionOf } from '../../_features/share-links/share-words.ts';
import { UnlockForm } from '../../_features/share-links/unlock-form.tsx';
import { WatchLink } from '../../_features/share-links/watch-link.tsx';
import { Mark } from '../../_shell/mark.tsx';

interface ShareProps { readonly params: Promise<{ token: string }> }

// A revoked link is gone at once: nothing of it is kept. There is no loading.tsx beside this page, since it would answer 200 before notFound().
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: ShareProps): Promise<Metadata> {
  const page = await readSharePage((await params).token);
  const title = page?.state === 'open' ? questionOf(page) : 'Shared result';
  const description = page?.state === 'open' ? previewOf(page) : null;
  // What a chat shows beside the link: the question and the finding, of a page that needs no password.
  const preview = description === null ? {} : { description };
  return { title, ...preview, openGraph: { type: 'article', siteName: 'Lemma', title, ...preview }, robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

export default async function Share({ params }: ShareProps) {
  const { token } = await params;
  const page = await readSharePage(token);
  if (page === null) notFound();
  if (page.state === 'open') return <WatchLink token={token} closesInMs={untilMs(page.expiresAt)}><SharedPage page={page} token={token} /></WatchLink>;
  return (
    <div className="plain">
      <header className="logo"><Mark />Lemma</header>
      <main className="grid content-start gap-6">
        <div className="grid gap-2"><h1>This page has a password</h1><p className="text-ink-2">Whoever sent you the link has it.</p></div>
        <UnlockForm token={token} />
      </main>
    </div>
  );
}
