import { DatasetsPage } from '../../../../_features/datasets/datasets-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <DatasetsPage slug={decodeURIComponent((await params).slug)} />;
}
