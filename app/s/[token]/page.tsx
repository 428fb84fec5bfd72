import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { questionOf } from '../../../domain/sharing/share-question.ts';
import { outerUrl } from '../../_features/share-links/env.ts';
import { PICTURE_SIZE } from '../../_features/share-links/picture-size.ts';
import { readSharePage, untilMs } from '../../_features/share-links/read-share-page.ts';
import { SharedPage } from '../../_features/share-links/share-page.tsx';
import { previewOf } from '../../_features/share-links/share-words.ts';
import { UnlockForm } from '../../_features/share-links/unlock-form.tsx';
import { WatchLink } from '../../_features/share-links/watch-link.tsx';
import { Mark } from '../../_shell/mark.tsx';

interface ShareProps { readonly params: Promise<{ token: string }> }

// A revoked link is gone at once: nothing of it is kept. There is no loading.tsx beside this page, since it would answer 200 before notFound().
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: ShareProps): Promise<Metadata> {
  const { token } = await params;
  const page = await readSharePage(token);
  // What a chat shows beside the link for whoever sees the message: as much as the picture, and no word of a page for few.
  const told = page?.state === 'open' && page.forEverybody ? page : null;
  const title = told === null ? 'Shared result' : questionOf(told);
  const description = told === null ? null : previewOf(told);
  const preview = description === null ? {} : { description };
  const images = [{ url: `${outerUrl()}/s/${encodeURIComponent(token)}/picture.png`, ...PICTURE_SIZE, alt: title }];
  return { title, ...preview, openGraph: { type: 'article', siteName: 'Lemma', title, images, ...preview }, twitter: { card: 'summary_large_image', title, images, ...preview }, robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

export default async function Share({ params }: ShareProps) {
  const { token } = await params;
  const page = await readSharePage(token);
  if (page === null) notFound();
  if (page.state === 'open') return <WatchLink token={token} closesInMs={untilMs(page.expiresAt)}><SharedPage page={page} token={token} /></WatchLink>;
  if (page.state === 'sealed') return <Plain title="A shared result" about="This page opens only so many times. Open its link in a browser to read it." />;
  return <Plain title="This page has a password" about="Whoever sent you the link has it."><UnlockForm token={token} /></Plain>;
}

function Plain({ title, about, children }: { readonly title: string; readonly about: string; readonly children?: ReactNode }) {
  return (
    <div className="plain">
      <header className="logo"><Mark />Lemma</header>
      <main className="grid content-start gap-6">
        <div className="grid gap-2"><h1>{title}</h1><p className="text-ink-2">{about}</p></div>
        {children}
      </main>
    </div>
  );
}
