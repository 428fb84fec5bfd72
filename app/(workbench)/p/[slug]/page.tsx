import { Suspense } from 'react';
import { ProjectPage } from '../../../_features/projects/project-page.tsx';

export default async function Project({ params }: { readonly params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <Suspense><ProjectPage slug={slug} /></Suspense>;
}
