'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Field, Tick } from '../../_ui/field.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { PageHead, Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { ProjectUpdated } from '../projects/project-query.ts';
import { ActionRow } from './action-row.tsx';
import { CreateMeeting, ProjectMeetingsQuery, SettleActionItem, type ListedMeeting, type ListedProject } from './meeting-documents.ts';

/** /p/<slug>/meetings: reviews that were held and will be, and what they left to do. */
export function ProjectMeetings({ slug }: { readonly slug: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: ProjectMeetingsQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  const [planning, setPlanning] = useState(false);
  const project = data?.project ?? null;
  useCrumbs([{ label: project?.name ?? slug, href: `/p/${slug}` }, { label: 'Meetings' }], slug, project?.id ?? null);
  useLive(ProjectUpdated, project ? [{ slug }] : [], again);
  if (project === null) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  const meetings = project.meetings.nodes;
  return (
    <>
      <PageHead title="Meetings" meta={<div className="meta"><span>The weekly review of <b>{project.name}</b></span><a className="lk" href={`/api/v1/projects/${slug}/meetings.ics`}>Calendar to subscribe to</a></div>}>
        {project.viewerCan.write ? <Button look="primary" onClick={() => setPlanning(true)}>Plan a review</Button> : null}
      </PageHead>
      <div className="cols mt-6">
        <div>
          {meetings.length === 0 ? <NoneYet mayPlan={project.viewerCan.write} onPlan={() => setPlanning(true)} /> : <Section title="Reviews" count={project.meetings.totalCount}><ul>{meetings.map((meeting) => <MeetingRow key={meeting.id} meeting={meeting} />)}</ul></Section>}
        </div>
        <LeftToDo actions={project.actionItems} onSettled={again} />
      </div>
      <Dialog open={planning} onClose={() => setPlanning(false)} title="Plan a review" about="Its agenda is drafted now from what happened since the last one, and can be drafted anew until it begins.">
        {planning ? <PlanForm slug={slug} onClose={() => setPlanning(false)} /> : null}
      </Dialog>
    </>
  );
}

const NoneYet = ({ mayPlan, onPlan }: { readonly mayPlan: boolean; readonly onPlan: () => void }) => (
  <Empty
    fact="No review has been held yet. An hour a week in which everybody looks at the same evidence is where results become decisions."
    steps={['Plan one: its agenda is drafted from what the week brought, with the reason for each item.', 'Put it in your order, and add what is missing.', 'Start it: everybody follows who presents, votes, and the decisions and action items are kept.']}
  >
    {mayPlan ? <Button look="primary" onClick={onPlan}>Plan a review</Button> : null}
  </Empty>
);

function LeftToDo({ actions, onSettled }: { readonly actions: ListedProject['actionItems']; readonly onSettled: () => void }) {
  const [, settle] = useMutation(SettleActionItem);
  return (
    <aside className="rail" aria-label="Open action items">
      <Section title="Open action items" count={actions.length}>
        {actions.length === 0 ? <p className="hint pt-3">Nothing is left to do.</p> : null}
        <ul>{actions.map((action) => (
          <ActionRow key={action.id} action={action} onSettle={async (state) => { await settle({ input: { actionItem: action.id, state } }); onSettled(); }}>
            {action.meeting ? <Link className="lk" href={`/m/${action.meeting.id}`}>{action.meeting.title}</Link> : null}
          </ActionRow>
        ))}</ul>
      </Section>
    </aside>
  );
}

function MeetingRow({ meeting }: { readonly meeting: ListedMeeting }) {
  const live = meeting.state === 'LIVE';
  const people = new Set(meeting.attendance.map(({ person }) => person?.id)).size;
  const facts = meeting.state === 'ENDED'
    ? [count(meeting.decisions.length, 'decision'), count(people, 'person', 'people')]
    : [count(meeting.items.length, 'item'), `${meeting.plannedMinutes} min`];
  return (
    <li className={`li grid-cols-[minmax(0,1fr)_auto] ${live ? 'cur' : ''}`}>
      <Link className="ti" href={`/m/${meeting.id}`}>{meeting.title}</Link>
      <span className="hint text-right">{live ? <b className="font-medium text-accent">held now</b> : <RelativeTime at={meeting.endedAt ?? meeting.scheduledAt} />}</span>
      <span className="hint">{facts.join(', ')}</span>
      <span className="hint text-right">{meeting.state === 'DRAFTED' ? 'planned' : meeting.state === 'ENDED' ? 'minutes' : ''}</span>
    </li>
  );
}

/** The moment in the words of the field: a local time without a zone. */
function inLocalTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function PlanForm({ slug, onClose }: { readonly slug: string; readonly onClose: () => void }) {
  const router = useRouter();
  const [title, setTitle] = useState('Weekly review');
  const [when, setWhen] = useState(() => inLocalTime(new Date()));
  const [minutes, setMinutes] = useState('60');
  const [votesHidden, setVotesHidden] = useState(false);
  const [{ fetching, error }, create] = useMutation(CreateMeeting);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await create({ input: { project: slug, title, scheduledAt: new Date(when).toISOString(), plannedMinutes: Number(minutes), votesHidden } });
    if (data) router.push(`/m/${data.createMeeting.meeting.id}`);
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void send(event)}>
      <Field label="Title" required maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} autoFocus />
      <div className="grid grid-cols-2 gap-4">
        <Field label="When" type="datetime-local" required value={when} onChange={(event) => setWhen(event.target.value)} />
        <Field label="Minutes" type="number" min={5} max={480} required value={minutes} onChange={(event) => setMinutes(event.target.value)} problem={failureOf(error)?.message ?? null} />
      </div>
      <Tick label="Show votes only when an item is closed" checked={votesHidden} onChange={(event) => setVotesHidden(event.target.checked)} />
      <DialogButtons><Button look="primary" type="submit" disabled={fetching}>Plan it</Button><Button look="bare" onClick={onClose}>Cancel</Button></DialogButtons>
    </form>
  );
}
