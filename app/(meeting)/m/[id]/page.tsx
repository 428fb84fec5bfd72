import { Suspense } from 'react';
import { MeetingPage } from '../../../_features/meetings/meeting-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <Suspense><MeetingPage id={decodeURIComponent((await params).id)} /></Suspense>;
}
