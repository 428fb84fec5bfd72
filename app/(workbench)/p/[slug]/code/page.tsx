import { CodeVersionsPage } from '../../../../_features/code/code-versions-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  return <CodeVersionsPage slug={decodeURIComponent((await params).slug)} />;
}
