'use client';

import { useSearchParams } from 'next/navigation';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { ConnectionNote } from '../../_shell/connection-note.tsx';
import { switchTheme } from '../../_shell/theme.ts';
import { Absent } from '../../_ui/absent.tsx';
import { useKeys } from '../../_ui/use-keys.ts';
import { AgendaRail } from './agenda-rail.tsx';
import { MeetingFoot } from './meeting-foot.tsx';
import { MeetingHead } from './meeting-head.tsx';
import type { MeetingDetail } from './meeting-documents.ts';
import { MinutesStage } from './minutes-stage.tsx';
import { RecordRail } from './record-rail.tsx';
import { Stage } from './stage.tsx';
import { useFollow } from './use-follow.ts';
import { useMeeting } from './use-meeting.ts';
import { useMeetingActs } from './use-meeting-acts.ts';

/** /m/<id>: the weekly review as a place of its own. The agenda left, what is talked about in the middle, what comes of it right. */
export function MeetingPage({ id }: { readonly id: string }) {
  const { meeting, fetching, failure, again } = useMeeting(id);
  useCrumbs([{ label: meeting ? `${meeting.title}, ${meeting.project.name}` : 'Meeting' }], meeting?.project.slug ?? null, meeting?.id ?? null);
  if (meeting === null) return <main className="page" id="main"><Absent failure={failure} fetching={fetching} what="meeting" again={again} /></main>;
  return <Held meeting={meeting} />;
}

function Held({ meeting }: { readonly meeting: MeetingDetail }) {
  const { viewer } = useViewer();
  const { follow, stage } = useFollow(meeting, viewer?.person.id ?? null);
  const acts = useMeetingActs(meeting);
  const params = useSearchParams();
  const { shown, show, mode } = follow;
  const current = meeting.items.find((item) => item.id === meeting.currentItem);
  const at = meeting.items.findIndex((item) => item.id === shown?.id);
  const step = (by: number) => () => { const next = meeting.items[at + by]; if (next) show(next.id); };
  const focus = (what: string) => () => { document.querySelector<HTMLElement>(`[data-key="${what}"]`)?.focus(); };
  useKeys({
    ArrowLeft: step(-1), ArrowRight: step(1), t: () => switchTheme(),
    b: () => { if (mode === 'following') follow.breakAway(); else if (mode === 'alone') follow.comeBack(); },
    v: focus('vote'), d: focus('decision'), a: focus('action'),
    p: () => { if (meeting.viewerCan.hold && meeting.state === 'LIVE' && current) void acts.pause(current.running); },
  });
  const minutes = meeting.state === 'ENDED' && !params.has('item');
  return (
    <div className="mtg">
      <a className="skip" href="#main">Go to the item</a>
      <MeetingHead meeting={meeting} follow={follow} acts={acts} />
      <AgendaRail meeting={meeting} shown={shown} onShow={show} minutes={minutes} alone={meeting.state === 'LIVE' && mode === 'alone'} acts={acts} />
      <main className="stage" id="main" tabIndex={0} aria-label={minutes || shown === null ? meeting.title : `Item: ${shown.title}`} ref={stage}>
        <ConnectionNote />
        {minutes ? <MinutesStage meeting={meeting} /> : <Stage meeting={meeting} item={shown} acts={acts} />}
      </main>
      <RecordRail key={shown?.id ?? 'none'} meeting={meeting} item={shown} acts={acts} />
      <MeetingFoot meeting={meeting} at={at} mode={mode} />
    </div>
  );
}
