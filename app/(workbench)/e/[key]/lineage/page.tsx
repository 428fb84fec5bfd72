import { ExperimentLineage } from '../../../../_features/lineage/lineage-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly key: string }> }) {
  return <ExperimentLineage experimentKey={decodeURIComponent((await params).key)} />;
}
