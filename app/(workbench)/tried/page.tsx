import { Suspense } from 'react';
import { TriedPage } from '../../_features/tried/tried-page.tsx';

export default function Page() {
  return <Suspense><TriedPage slug={null} /></Suspense>;
}
