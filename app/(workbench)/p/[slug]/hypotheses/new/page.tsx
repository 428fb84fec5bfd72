import { Suspense } from 'react';
import { NewHypothesis } from '../../../../../_features/hypotheses/new-hypothesis.tsx';

export default async function NewHypothesisPage({ params }: { readonly params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <Suspense><NewHypothesis slug={slug} /></Suspense>;
}
