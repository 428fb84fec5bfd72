import { Suspense } from 'react';
import { TriedPage } from '../../../../_features/tried/tried-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <Suspense><TriedPage slug={decodeURIComponent((await params).slug)} /></Suspense>;
}
