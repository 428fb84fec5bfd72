'use client';

import { Check, Ellipsis } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { Menu, MenuItem, MenuRule } from '../../_ui/menu.tsx';
import { VerdictGlyph, wordOf } from '../verdicts/verdict-badge.tsx';
import { minutesWords } from './clock-words.ts';
import type { ItemDetail, MeetingDetail } from './meeting-documents.ts';
import type { MeetingActs } from './use-meeting-acts.ts';

interface RailProps {
  readonly meeting: MeetingDetail;
  readonly shown: ItemDetail | null;
  readonly onShow: (itemId: string | null) => void;
  /** Whether the minutes stand on the stage instead of an item. */
  readonly minutes: boolean;
  /** Whether the viewer looks for themselves while somebody presents. */
  readonly alone: boolean;
  readonly acts: MeetingActs;
}

/** The agenda with each item's reason; the order is people's, once they touch it. */
export function AgendaRail({ meeting, shown, onShow, minutes, alone, acts }: RailProps) {
  const planned = meeting.items.reduce((sum, { plannedSeconds }) => sum + plannedSeconds, 0);
  const open = meeting.state !== 'ENDED' && meeting.viewerCan.hold;
  return (
    <nav className="agd" aria-label="Agenda">
      <div className="sec-h"><h2>Agenda</h2><span className="num">{meeting.items.length}</span><span className="sp" /><span className="hint">ranked, {Math.round(planned / 60)} of {meeting.plannedMinutes} min</span></div>
      {meeting.items.length === 0 ? <p className="serif text-14 text-ink-2 pt-3">Nothing this week asks for a word: no verdict that surprises, nothing that stalls, nobody who waits. Add what you want to talk about.</p> : null}
      {meeting.state === 'ENDED' ? <button type="button" className={`ag ag-min ${minutes ? 'now' : ''}`} onClick={() => onShow(null)}>Minutes</button> : null}
      <ol>
        {meeting.items.map((item, place) => (
          <li key={item.id} className={`ag ${!minutes && item.id === shown?.id ? 'now' : ''} ${item.closedAt === null ? '' : 'done'}`} {...(item.id === meeting.currentItem && meeting.state === 'LIVE' ? { 'aria-current': 'step' as const } : {})}>
            <span className="num">
              {item.closedAt === null ? place + 1 : <Check size={14} aria-label="closed" />}
              {alone && item.id === meeting.currentItem && meeting.presenter ? <PresenterMark {...meeting.presenter} /> : null}
            </span>
            <button type="button" className="ag-t" onClick={() => onShow(item.id)}>
              <span className="m">{item.title}</span>
              <span className="why">{item.reason}</span>
            </button>
            <span className="ag-s">
              <ItemGlyph item={item} />
              <span className="num">{minutesWords(item.plannedSeconds)}</span>
              {open ? <ItemMenu meeting={meeting} item={item} place={place} acts={acts} /> : null}
            </span>
          </li>
        ))}
      </ol>
      {open ? <AddItem acts={acts} /> : null}
      <p className="hint p2 pt-3">{movedWords(meeting)}</p>
      {meeting.state === 'DRAFTED' && open ? <Button small className="mt-3" disabled={acts.saving === 'draft'} onClick={() => void acts.draft()}>Draft it anew</Button> : null}
    </nav>
  );
}

/** Where the others are, for who looks at something else. */
const PresenterMark = ({ name, initials }: NonNullable<MeetingDetail['presenter']>) => <span className="presents"><Initials letters={initials} name={`${name} presents this`} /></span>;

/** Ranked how, and by whom changed. */
function movedWords({ items }: MeetingDetail): string {
  const movers = [...new Set(items.map(({ movedBy }) => movedBy?.name).filter((name) => name !== undefined))];
  return `Ranked by impact × surprise; luck among many is taken off.${movers.length > 0 ? ` ${movers.join(' and ')} changed the order.` : ''}`;
}

function ItemGlyph({ item: { subject } }: { readonly item: ItemDetail }) {
  if (subject?.__typename === 'Hypothesis') { const word = wordOf(subject.status); return <VerdictGlyph of={word} label={word} />; }
  if (subject?.__typename !== 'Experiment') return null;
  const word = subject.approval === 'STALE' ? 'stale' : subject.exploratory ? 'exploratory' : subject.verdict ? wordOf(subject.verdict.outcome) : null;
  return word === null ? null : <VerdictGlyph of={word} label={word} />;
}

function ItemMenu({ meeting, item, place, acts }: { readonly meeting: MeetingDetail; readonly item: ItemDetail; readonly place: number; readonly acts: MeetingActs }) {
  const before = meeting.items[place - 2]?.id ?? null;
  const next = meeting.items[place + 1]?.id;
  return (
    <Menu trigger={<Button small icon look="bare" aria-label={`Change "${item.title}"`}><Ellipsis aria-hidden="true" /></Button>}>
      {place > 0 ? <MenuItem onSelect={() => void acts.move(item.id, before)}>Move up</MenuItem> : null}
      {place > 1 ? <MenuItem onSelect={() => void acts.move(item.id, null)}>Move to the top</MenuItem> : null}
      {next ? <MenuItem onSelect={() => void acts.move(item.id, next)}>Move down</MenuItem> : null}
      <MenuRule />
      {meeting.state === 'LIVE' ? <MenuItem onSelect={() => void acts.close(item.id, item.closedAt === null)}>{item.closedAt === null ? 'Close, and count the votes' : 'Open again'}</MenuItem> : null}
      <MenuItem onSelect={() => void acts.remove(item.id)}>Take off the agenda</MenuItem>
    </Menu>
  );
}

function AddItem({ acts }: { readonly acts: MeetingActs }) {
  const [title, setTitle] = useState('');
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (title.trim() !== '' && await acts.add({ title: title.trim() })) setTitle('');
  };
  return (
    <form className="row mt-3" onSubmit={(event) => void send(event)}>
      <div className="min-w-0 flex-1"><Field label="Add an item" quiet placeholder="Add an item" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} /></div>
      <Button type="submit" disabled={title.trim() === '' || acts.saving === 'add'}>Add</Button>
    </form>
  );
}
