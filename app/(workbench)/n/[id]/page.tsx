import { NotePage } from '../../../_features/notes/note-page.tsx';

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <NotePage id={decodeURIComponent((await params).id)} />;
}
