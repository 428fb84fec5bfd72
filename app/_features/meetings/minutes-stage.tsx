'use client';

import Link from 'next/link';
import { Markdown } from '../../_editor/markdown.tsx';
import { ShareButton } from '../sharing/share-button.tsx';
import type { MeetingDetail } from './meeting-documents.ts';

/** What the meeting left: its minutes, written from the record, and the note that goes on from them. */
export function MinutesStage({ meeting }: { readonly meeting: MeetingDetail }) {
  const note = meeting.minutesNote;
  return (
    <section aria-label="Minutes" className="minutes">
      {note !== null && (
        <div className="row wrap mb-4">
          <p className="hint">As they were written when the meeting ended. <Link className="lk" href={`/n/${note.id}`}>Open the note of these minutes</Link> to add to them.</p>
          <span className="sp" />
          {note.viewerCan.share && <ShareButton small subject={{ id: note.id, name: 'the minutes', shows: 'these minutes, with what was added to their note' }} />}
        </div>
      )}
      <Markdown text={meeting.minutes ?? ''} />
    </section>
  );
}
