import { Suspense } from 'react';
import { HypothesisPage } from '../../../_features/hypotheses/hypothesis-page.tsx';

export default async function Hypothesis({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <Suspense><HypothesisPage id={id} /></Suspense>;
}
