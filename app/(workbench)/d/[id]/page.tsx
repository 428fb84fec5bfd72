import { DatasetPage } from '../../../_features/datasets/dataset-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <DatasetPage id={decodeURIComponent((await params).id)} />;
}
