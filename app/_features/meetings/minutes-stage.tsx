'use client';

import { Markdown } from '../../_editor/markdown.tsx';
import type { MeetingDetail } from './meeting-documents.ts';

/** What the meeting left: its minutes, written from the record. */
export function MinutesStage({ meeting }: { readonly meeting: MeetingDetail }) {
  return <section aria-label="Minutes" className="minutes"><Markdown text={meeting.minutes ?? ''} /></section>;
}
