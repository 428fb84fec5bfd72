import { ImageResponse } from 'next/og';
import type { SharePreview } from '../../../contracts/share-page.ts';
import { PICTURE_SIZE } from './picture-size.ts';
import { SharePicture } from './share-picture.tsx';

/** A chat asks more than once within a moment, and drawing takes a tenth of a second: as long as nothing changes, the same picture is shown. */
const MOST_KEPT = 30;
const kept = new Map<string, Promise<ArrayBuffer>>();

/** The picture as PNG. It is kept by all that it shows, so that it is never older than that. */
export function drawShare(preview: SharePreview): Promise<ArrayBuffer> {
  const shows = JSON.stringify(preview);
  const before = kept.get(shows);
  if (before !== undefined) return before;
  const picture = new ImageResponse(<SharePicture preview={preview} />, PICTURE_SIZE).arrayBuffer();
  kept.set(shows, picture);
  // What could not be drawn is tried again; the oldest goes.
  picture.catch(() => kept.delete(shows));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
  return picture;
}
