'use client';

import type { MeetingDetail } from './meeting-documents.ts';
import type { Following } from './use-follow.ts';

/** The keys, and what comes next. */
export function MeetingFoot({ meeting, at, mode }: { readonly meeting: MeetingDetail; readonly at: number; readonly mode: Following['mode'] }) {
  const next = meeting.state === 'ENDED' ? undefined : meeting.items[at + 1];
  const live = meeting.state === 'LIVE';
  return (
    <footer className="mbot">
      <span className="p2"><kbd>←</kbd> <kbd>→</kbd> item</span>
      {live && mode !== 'presenting' ? <span className="p2"><kbd>B</kbd> {mode === 'following' ? 'break away' : 'return'}</span> : null}
      {live ? <><span className="p2"><kbd>V</kbd> vote</span>{meeting.viewerCan.hold ? <><span className="p2"><kbd>D</kbd> decide</span><span className="p2"><kbd>A</kbd> action</span><span className="p2"><kbd>P</kbd> pause</span></> : null}</> : null}
      <span className="sp" />
      {meeting.items.length > 0 && at >= 0 ? <span className="tr">item {at + 1} of {meeting.items.length}{next ? `, next: ${next.title}` : ''}</span> : null}
    </footer>
  );
}
