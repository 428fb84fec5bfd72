import { CodeComparisonPage } from '../../../../_features/code/code-comparison-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string; readonly other: string }> }) {
  const { id, other } = await params;
  return <CodeComparisonPage from={decodeURIComponent(id)} to={decodeURIComponent(other)} />;
}
