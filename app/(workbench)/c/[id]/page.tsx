import { CodePage } from '../../../_features/code/code-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <CodePage id={decodeURIComponent((await params).id)} />;
}
