'use client';

import { anchorFrom, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
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
  if (anchor.kind === 'text') return <SeenInText thread={thread.id} quote={anchor.quote} />;
  const { seen, now, movedOn } = thread.place;
  const quote = 'quote' in anchor ? anchor.quote : undefined;
  return (
    <div className="seen">
      {quote !== undefined && <blockquote className="mono">{quote}</blockquote>}
      {seen !== null && <p><span className="text-ink-3">{movedOn ? 'then' : 'it says'}</span> <span className="mono">{seen}</span></p>}
      {movedOn && <p className="moved"><span>moved on, now</span> <span className="mono">{now ?? 'gone'}</span></p>}
    </div>
  );
}

/** The words that were chosen, which lead to where they stand; or what became of them. */
function SeenInText({ thread, quote }: { readonly thread: string; readonly quote: string }) {
  const passage = usePassage(thread);
  const changed = passage?.words != null && passage.words !== quote;
  return (
    <div className="seen">
      <blockquote className="serif">{passage?.words == null ? quote : <button type="button" className="quoted" title="Show it in the text" onClick={passage.show}>{quote}</button>}</blockquote>
      {passage?.words === null && <p className="moved">These words are gone from the note.</p>}
      {changed && <p className="moved">Changed since. It says now: <span className="serif">{passage.words}</span></p>}
    </div>
  );
}

type OnChart = Extract<ThreadAnchor, { readonly metric: string }>;

function SeenOnChart({ thread, anchor, dataNow }: ThreadSeenProps & { readonly anchor: OnChart }) {
  const { crop } = anchor;
  if (crop === undefined) return thread.place?.movedOn === true ? <AsSeen thread={thread} moved="Moved on" /> : null;
  const moved = dataNow === undefined ? thread.place?.movedOn === true : dataNow(anchor.metric) !== crop.drawnFrom;
  const span = anchor.kind === 'range' ? { from: anchor.from, to: anchor.to, step: (anchor.from + anchor.to) / 2 } : { step: anchor.step };
  return (
    <>
      <ThreadCrop crop={crop} metric={anchor.metric} {...span} number={thread.number} />
      <AsSeen thread={thread} moved={moved ? 'Frozen' : null} />
    </>
  );
}

function AsSeen({ thread, moved }: { readonly thread: ThreadDetail; readonly moved: string | null }) {
  return <p className={moved === null ? 'crop-note' : 'crop-note moved'}>{moved !== null && `${moved}: the data has changed since. `}As {thread.createdBy?.name ?? 'its writer'} saw it <RelativeTime at={thread.createdAt} />.</p>;
}
