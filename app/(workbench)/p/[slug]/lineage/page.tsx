import { ProjectLineage } from '../../../../_features/lineage/lineage-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <ProjectLineage slug={decodeURIComponent((await params).slug)} />;
}
