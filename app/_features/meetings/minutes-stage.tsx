'use client';

import Link from 'next/link';
import { Markdown } from '../../_editor/markdown.tsx';
import type { MeetingDetail } from './meeting-documents.ts';

/** What the meeting left: its minutes, written from the record, and the note that goes on from them. */
export function MinutesStage({ meeting }: { readonly meeting: MeetingDetail }) {
  return (
    <section aria-label="Minutes" className="minutes">
      {meeting.minutesNote !== null && <p className="hint mb-4">As they were written when the meeting ended. <Link className="lk" href={`/n/${meeting.minutesNote.id}`}>Open the note of these minutes</Link> to add to them.</p>}
      <Markdown text={meeting.minutes ?? ''} />
    </section>
  );
}
