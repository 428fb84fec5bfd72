'use client';

import Link from 'next/link';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { Section } from '../../_ui/section.tsx';
import { ActionRow } from './action-row.tsx';
import { ProjectMeetingsQuery } from './meeting-documents.ts';
import type { MeetingActs } from './use-meeting-acts.ts';

/** What earlier meetings left to do, to be settled one by one. */
export function OpenActionsStage({ slug, acts }: { readonly slug: string; readonly acts: Pick<MeetingActs, 'settle'> }) {
  const [{ data, fetching, error }, again] = useQuery({ query: ProjectMeetingsQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  if (project === null) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  return (
    <>
      <p className="stage-title">{project.actionItems.length === 0 ? 'Everything that was given to somebody is done.' : 'What earlier meetings left to do'}</p>
      <Section title="Open action items" count={project.actionItems.length}>
        <ul>{project.actionItems.map((action) => (
          <ActionRow key={action.id} action={action} onSettle={(state) => acts.settle(action.id, state)}>
            {action.meeting ? <Link className="lk" href={`/m/${action.meeting.id}`}>{action.meeting.title}</Link> : null}
          </ActionRow>
        ))}</ul>
      </Section>
    </>
  );
}
