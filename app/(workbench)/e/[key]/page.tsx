import { ExperimentPage } from '../../../_features/experiments/experiment-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly key: string }> }) {
  return <ExperimentPage experimentKey={decodeURIComponent((await params).key)} />;
}
