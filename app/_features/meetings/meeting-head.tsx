'use client';

import { Pause, Play } from 'lucide-react';
import Link from 'next/link';
import { Mark } from '../../_shell/mark.tsx';
import { useViewer } from '../../_shell/viewer.tsx';
import { Button } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { Menu, MenuHead, MenuItem } from '../../_ui/menu.tsx';
import { formatDay } from '../../_ui/moments.ts';
import { useNow } from '../../_ui/relative-time.tsx';
import { useHereNow, type PersonHere } from '../presence/here-now.tsx';
import { ItemTimer } from './item-timer.tsx';
import type { MeetingDetail } from './meeting-documents.ts';
import type { Following } from './use-follow.ts';
import type { MeetingActs } from './use-meeting-acts.ts';

interface HeadProps { readonly meeting: MeetingDetail; readonly follow: Following; readonly acts: MeetingActs }

const MOST_SHOWN = 8;

/** What is held, who is here, whom one follows, and the time of the item. */
export function MeetingHead({ meeting, follow, acts }: HeadProps) {
  const people = useHereNow(meeting.id);
  const current = meeting.items.find(({ id }) => id === meeting.currentItem) ?? null;
  const live = meeting.state === 'LIVE';
  const now = useNow();
  const day = now === null ? '' : `, ${formatDay(new Date(meeting.startedAt ?? meeting.scheduledAt), new Date(now))}`;
  return (
    <header className="mtop">
      <Link className="logo" href="/" aria-label="Lemma, home"><Mark /><span className="p2">Lemma</span></Link>
      <span className="rule p2" aria-hidden="true">|</span>
      <h1 className="tr">{meeting.title}</h1>
      <Link className="text-ink-3 p2 tr hover:text-ink" href={`/p/${meeting.project.slug}/meetings`}>{meeting.project.name}{day}</Link>
      <span className="sp" />
      {live ? <FollowWords meeting={meeting} follow={follow} here={people.length} /> : null}
      <Avatars meeting={meeting} people={people} />
      {live && current ? <ItemTimer meeting={meeting} item={current} /> : null}
      {live && current && meeting.viewerCan.hold ? (
        <Button small icon aria-label={current.running ? 'Pause the time' : 'Let the time go on'} onClick={() => void acts.pause(current.running)}>{current.running ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}</Button>
      ) : null}
      <Stages meeting={meeting} acts={acts} people={people} />
    </header>
  );
}

/** "You are following Ada" with the way out and back. Said politely when it changes. */
function FollowWords({ meeting, follow, here }: { readonly meeting: MeetingDetail; readonly follow: Following; readonly here: number }) {
  const name = meeting.presenter?.name ?? 'nobody';
  const others = Math.max(0, here - 1);
  return (
    <span className="row" role="status">
      {follow.mode === 'presenting' ? <span className="hint">You present<span className="p2">{others > 0 ? ` to ${others} ${others === 1 ? 'other' : 'others'}` : ''}</span></span> : null}
      {follow.mode === 'following' ? <><span className="hint p2">You are following {name}</span><Button small onClick={follow.breakAway} hint="B">Stop following</Button></> : null}
      {follow.mode === 'alone' ? <><span className="hint p2">You look for yourself; {name} presents</span><Button small look="primary" onClick={follow.comeBack} hint="B">Return</Button></> : null}
    </span>
  );
}

function Avatars({ meeting, people }: { readonly meeting: MeetingDetail; readonly people: readonly PersonHere[] }) {
  if (people.length === 0) return null;
  const presenterId = meeting.state === 'LIVE' ? meeting.presenter?.id : undefined;
  const sorted = people.toSorted((a, b) => Number(b.id === presenterId) - Number(a.id === presenterId));
  return (
    <span className="avs" role="group" aria-label={`Here: ${sorted.map(({ id, name }) => (id === presenterId ? `${name}, who presents` : name)).join(', ')}`}>
      {sorted.slice(0, MOST_SHOWN).map(({ id, name, initials }) => <span key={id} className={id === presenterId ? 'on' : ''}><Initials letters={initials} name={name} named /></span>)}
      {sorted.length > MOST_SHOWN ? <span className="hint num">+{sorted.length - MOST_SHOWN}</span> : null}
    </span>
  );
}

/** Begin, hand over, end. */
function Stages({ meeting, acts, people }: { readonly meeting: MeetingDetail; readonly acts: MeetingActs; readonly people: readonly PersonHere[] }) {
  const { viewer } = useViewer();
  const mine = viewer?.person.id ?? '';
  if (!meeting.viewerCan.hold || meeting.state === 'ENDED') return null;
  if (meeting.state === 'DRAFTED') return <Button small look="primary" disabled={acts.saving === 'start'} onClick={() => void acts.start()}>Start</Button>;
  const presents = meeting.presenter?.id === mine;
  const others = people.filter(({ id }) => id !== meeting.presenter?.id && id !== mine);
  return (
    <Menu trigger={<Button small aria-label="More: hand over, end">More</Button>}>
      <MenuHead>Presenting</MenuHead>
      {presents ? null : <MenuItem onSelect={() => void acts.handOver(mine)}>Take over</MenuItem>}
      {others.map(({ id, name }) => <MenuItem key={id} onSelect={() => void acts.handOver(id)}>Hand over to {name}</MenuItem>)}
      {presents && others.length === 0 ? <MenuItem disabled onSelect={() => undefined}>Nobody else is here to hand over to</MenuItem> : null}
      <MenuHead>Meeting</MenuHead>
      <MenuItem onSelect={() => void acts.end()}>End and write the minutes</MenuItem>
    </Menu>
  );
}
