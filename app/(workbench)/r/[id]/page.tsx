import { RunPage } from '../../../_features/runs/run-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <RunPage id={decodeURIComponent((await params).id)} />;
}
