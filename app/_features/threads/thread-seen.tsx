'use client';

import Link from 'next/link';
import { anchorFrom, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { lineHref, lineWords } from './thread-anchor.ts';
import { usePassage } from './passage-context.ts';
import { ThreadCrop } from './thread-crop.tsx';
import type { ThreadDetail } from './thread-documents.ts';

interface ThreadSeenProps {
  readonly thread: ThreadDetail;
  /** A mark of the data that figures are drawn from now: a crop with another one has been left behind. Undefined where the page does not know. */
  readonly dataNow: ((metric: string) => string) | undefined;
}

/** What stood at the place when the thread was started, and whether it still does. */
export function ThreadSeen({ thread, dataNow }: ThreadSeenProps) {
  const anchor = anchorFrom(thread.anchor);
  if (anchor === null || thread.place === null) return null;
  if (anchor.kind === 'point' || anchor.kind === 'range') return <SeenOnChart thread={thread} anchor={anchor} dataNow={dataNow} />;
  if (anchor.kind === 'text') return <SeenInText thread={thread} quote={anchor.quote} />;
  if (anchor.kind === 'variants' || anchor.kind === 'review') return thread.place.movedOn ? <p className="crop-note moved">The evidence has changed since this thread began.</p> : null;
  if (anchor.kind === 'artifact' && anchor.line !== undefined) return <SeenOnLine anchor={anchor} line={anchor.line} place={thread.place} />;
  return <SeenValue place={thread.place} quote={'quote' in anchor ? anchor.quote : undefined} />;
}

/** What it said, and what it says now. */
function SeenValue({ place: { seen, now, movedOn }, quote }: { readonly place: NonNullable<ThreadDetail['place']>; readonly quote: string | undefined }) {
  return (
    <div className="seen">
      {quote !== undefined && <blockquote className="mono">{quote}</blockquote>}
      {seen !== null && <p><span className="text-ink-3">{movedOn ? 'then' : 'it says'}</span> <span className="mono">{seen}</span></p>}
      {movedOn && <p className="moved"><span>moved on, now</span> <span className="mono">{now ?? 'gone'}</span></p>}
    </div>
  );
}

/** The words that were chosen, which lead to where they stand; or what became of them. Where the text is not on the page, as the server last read it. */
function SeenInText({ thread, quote }: { readonly thread: ThreadDetail; readonly quote: string }) {
  const passage = usePassage(thread.id);
  const now = passage === null ? wordsOf(thread, quote) : passage.words;
  return (
    <div className="seen">
      <blockquote className="serif">{passage === null || now === null ? quote : <button type="button" className="quoted" title="Show it in the text" onClick={passage.show}>{quote}</button>}</blockquote>
      {now === null && <p className="moved">These words are gone from the note.</p>}
      {now !== null && now !== quote && <p className="moved">Changed since. It says now: <span className="serif">{now}</span></p>}
    </div>
  );
}

const wordsOf = ({ place }: ThreadDetail, quote: string): string | null => (place?.movedOn === true ? place.now : quote);

interface SeenOnLineProps {
  readonly anchor: Extract<ThreadAnchor, { readonly kind: 'artifact' }>;
  readonly line: number;
  readonly place: NonNullable<ThreadDetail['place']>;
}

/** The line as it was, what became of it, and the way to where it stands now. */
function SeenOnLine({ anchor, line, place }: SeenOnLineProps) {
  const words = lineWords(anchor, place);
  const href = place.now === null ? null : lineHref(anchor, place.line?.number ?? line);
  return (
    <div className="seen">
      {anchor.quote !== undefined && <blockquote className="mono">{anchor.quote}</blockquote>}
      {words !== null && <p className="moved">{words}</p>}
      {href !== null && <p><Link className="lk" href={href}>Show the line</Link></p>}
    </div>
  );
}

type OnChart = Extract<ThreadAnchor, { readonly metric: string }>;

function SeenOnChart({ thread, anchor, dataNow }: ThreadSeenProps & { readonly anchor: OnChart }) {
  const { crop } = anchor;
  if (crop === undefined) return thread.place?.movedOn === true ? <p className="crop-note moved">Moved on: the data has changed since this thread began.</p> : null;
  const moved = dataNow === undefined ? thread.place?.movedOn === true : dataNow(anchor.metric) !== crop.drawnFrom;
  const span = anchor.kind === 'range' ? { from: anchor.from, to: anchor.to, step: (anchor.from + anchor.to) / 2 } : { step: anchor.step };
  return (
    <>
      <ThreadCrop crop={crop} metric={anchor.metric} {...span} number={thread.number} />
      <AsSeen thread={thread} moved={moved} />
    </>
  );
}

function AsSeen({ thread, moved }: { readonly thread: ThreadDetail; readonly moved: boolean }) {
  return <p className={moved ? 'crop-note moved' : 'crop-note'}>{moved && 'Frozen: the data has changed since. '}As {thread.createdBy?.name ?? 'its writer'} saw it <RelativeTime at={thread.createdAt} />.</p>;
}
