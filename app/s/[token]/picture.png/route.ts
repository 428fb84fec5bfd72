import { drawShare } from '../../../_features/share-links/draw-share.tsx';
import { readSharePreview } from '../../../_features/share-links/read-share-page.ts';

export const dynamic = 'force-dynamic';

/** The picture beside a link in a chat. Kept nowhere: a link may end, and what it shows may change. */
export async function GET(_: Request, { params }: { readonly params: Promise<{ token: string }> }): Promise<Response> {
  const preview = await readSharePreview((await params).token);
  if (preview === null) return new Response(null, { status: 404 });
  return new Response(await drawShare(preview), { headers: { 'content-type': 'image/png', 'cache-control': 'no-store' } });
}
