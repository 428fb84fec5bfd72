'use client';

import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { Field, Select, Textarea } from '../../_ui/field.tsx';
import { formatClock } from '../../_ui/moments.ts';
import { Section } from '../../_ui/section.tsx';
import { ActionRow } from './action-row.tsx';
import { MeetingPeople, type ItemDetail, type MeetingDetail } from './meeting-documents.ts';
import { SubjectNotes } from '../notes/subject-notes.tsx';
import type { MeetingActs } from './use-meeting-acts.ts';
import { VoteButtons } from './vote-buttons.tsx';

interface RailProps { readonly meeting: MeetingDetail; readonly item: ItemDetail | null; readonly acts: MeetingActs }

/** What comes of the item: votes, the decision in one sentence, and who does what until when. */
export function RecordRail({ meeting, item, acts }: RailProps) {
  const live = meeting.state === 'LIVE';
  return (
    <aside className="cap2" aria-label="Outcome of this item">
      {meeting.state === 'DRAFTED' ? <Before meeting={meeting} /> : null}
      {live && item ? <Decide meeting={meeting} item={item} acts={acts} /> : null}
      {meeting.state === 'ENDED' ? <Decided meeting={meeting} /> : null}
      {meeting.state === 'DRAFTED' ? null : <Actions meeting={meeting} item={item} acts={acts} />}
      {meeting.state === 'ENDED' ? <Attended meeting={meeting} /> : null}
      <SubjectNotes subject={meeting.id} what="meeting" mayWrite={meeting.viewerCan.hold} narrow />
    </aside>
  );
}

function Before({ meeting }: { readonly meeting: MeetingDetail }) {
  return (
    <Section title="Before it begins">
      <p className="serif text-14 text-ink-2 pt-3">Everybody sees this agenda and may look at its items now. When it starts, all follow who presents, vote here, and what is decided or given to somebody to do is kept.</p>
      <p className="pt-3"><a className="lk" href={meeting.calendarPath}>Calendar file</a></p>
    </Section>
  );
}

function Decide({ meeting, item, acts }: RailProps & { readonly item: ItemDetail }) {
  const decided = meeting.decisions.filter((decision) => decision.item === item.id);
  const present = new Set(meeting.attendance.map(({ person }) => person?.id)).size;
  return (
    <Section title="Decide" aside={`${item.voteCount} of ${Math.max(present, item.voteCount)} voted`}>
      <p className="pt-2.5">{item.question ?? 'What do we do about it?'}</p>
      <VoteButtons meeting={meeting} item={item} acts={acts} />
      {decided.map(({ id, body, recordedBy, recordedAt }) => <p key={id} className="decided"><span className="serif">{body}</span> <span className="hint">{recordedBy?.name}, {formatClock(new Date(recordedAt))}</span></p>)}
      {meeting.viewerCan.hold ? <DecisionForm item={item} acts={acts} standing={decided.at(-1)?.id ?? null} /> : null}
    </Section>
  );
}

function DecisionForm({ item, acts, standing }: { readonly item: ItemDetail; readonly acts: MeetingActs; readonly standing: string | null }) {
  const [body, setBody] = useState('');
  // What was saved before this item stood here says nothing about it.
  const [savedBefore] = useState(acts.savedAt);
  const form = useRef<HTMLFormElement>(null);
  const record = async (): Promise<void> => {
    if (body.trim() === '' || !(await acts.decide({ body: body.trim(), item: item.id }))) return;
    setBody('');
    // The keys in the foot are the page's: a box that is done with would write them down. Who moved on meanwhile is left where they are.
    if (form.current?.contains(document.activeElement)) document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) { event.preventDefault(); void record(); }
  };
  return (
    <form ref={form} className="mt-3 grid gap-2" onSubmit={(event: FormEvent) => { event.preventDefault(); void record(); }}>
      <Textarea label={standing === null ? 'Decision, in one sentence' : 'Another decision'} className="serif decision" rows={standing === null ? 3 : 1} data-key="decision" maxLength={2000} value={body} onChange={(event) => setBody(event.target.value)} onKeyDown={onKey} />
      <div className="row"><span className="hint" role="status">{savedWords(acts, savedBefore)}</span><span className="sp" /><Button small look="primary" type="submit" hint="Mod ↵" disabled={body.trim() === '' || acts.saving === 'decision'}>Record</Button></div>
    </form>
  );
}

/** Said only after the server's answer, which comes after the commit. */
function savedWords({ saving, savedAt, failure }: MeetingActs, savedBefore: number | null): string {
  if (saving !== null) return 'saving…';
  if (failure !== null) return 'not saved';
  return savedAt === null || savedAt === savedBefore ? '' : `saved ${formatClock(new Date(savedAt))}`;
}

function Actions({ meeting, item, acts }: RailProps) {
  return (
    <Section title="Actions" count={meeting.actionItems.length}>
      {meeting.actionItems.length === 0 ? <p className="hint pt-3">What somebody takes upon themselves stands here, and opens the next agenda until it is done.</p> : null}
      <ul>{meeting.actionItems.map((action) => <ActionRow key={action.id} action={action} onSettle={(state) => acts.settle(action.id, state)} />)}</ul>
      {meeting.state === 'LIVE' && meeting.viewerCan.hold ? <ActionForm meeting={meeting} item={item} acts={acts} /> : null}
    </Section>
  );
}

function ActionForm({ meeting, item, acts }: RailProps) {
  const [body, setBody] = useState('');
  const [owner, setOwner] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [{ data }] = useQuery({ query: MeetingPeople, variables: { slug: meeting.project.slug } });
  const here = meeting.attendance.map(({ person }) => person).filter((person) => person !== null);
  const people = new Map([...here, ...(data?.project?.members ?? []).map(({ person }) => person).filter((person) => person !== null)].map(({ id, name }) => [id, name]));
  const give = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (body.trim() !== '' && await acts.give({ body: body.trim(), owner: owner === '' ? null : owner, dueOn: dueOn === '' ? null : dueOn, item: item?.id ?? null })) { setBody(''); setDueOn(''); }
  };
  return (
    <form className="mt-3 grid gap-2" onSubmit={(event) => void give(event)}>
      <Field label="New action" quiet data-key="action" placeholder="What is to be done" maxLength={1000} value={body} onChange={(event) => setBody(event.target.value)} />
      <div className="who-when">
        <Select label="Who does it" value={owner} choices={[{ value: '', label: 'I do' }, ...[...people].map(([value, label]) => ({ value, label }))]} onChoose={setOwner} />
        <Field label="Until" type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
      </div>
      <div className="row"><span className="sp" /><Button small type="submit" disabled={body.trim() === '' || acts.saving === 'action'}>Add the action</Button></div>
    </form>
  );
}

function Decided({ meeting }: { readonly meeting: MeetingDetail }) {
  return (
    <Section title="Decisions" count={meeting.decisions.length}>
      {meeting.decisions.length === 0 ? <p className="hint pt-3">Nothing was decided.</p> : null}
      {meeting.decisions.map(({ id, body, recordedBy }) => <p key={id} className="decided"><span className="serif">{body}</span> <span className="hint">{recordedBy?.name}</span></p>)}
    </Section>
  );
}

function Attended({ meeting }: { readonly meeting: MeetingDetail }) {
  const names = [...new Set(meeting.attendance.map(({ person }) => person?.name).filter((name) => name !== undefined))];
  return <Section title="Present" count={names.length}><p className="pt-3 text-ink-2">{names.join(', ')}</p></Section>;
}
