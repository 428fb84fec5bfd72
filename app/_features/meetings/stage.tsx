'use client';

import Link from 'next/link';
import { ErrorNote } from '../../_ui/waiting.tsx';
import type { ItemDetail, MeetingDetail } from './meeting-documents.ts';
import { OpenActionsStage } from './open-actions-stage.tsx';
import { StagedExperiment } from './staged-experiment.tsx';
import { StagedHypothesis } from './staged-hypothesis.tsx';
import type { MeetingActs } from './use-meeting-acts.ts';

interface StageProps { readonly meeting: MeetingDetail; readonly item: ItemDetail | null; readonly acts: MeetingActs }

/** What is talked about: the thing itself, larger, with why it is here above it. */
export function Stage({ meeting, item, acts }: StageProps) {
  if (item === null) return <Teach meeting={meeting} />;
  return (
    <>
      {acts.failure !== null ? <div className="mb-4"><ErrorNote title={acts.failure.message} /></div> : null}
      <p className="stage-why">{item.reason}{item.addedBy ? ` Added by ${item.addedBy.name}.` : ''}</p>
      <Subject meeting={meeting} item={item} acts={acts} />
    </>
  );
}

function Subject({ meeting, item, acts }: StageProps & { readonly item: ItemDetail }) {
  if (item.kind === 'OPEN_ACTIONS') return <OpenActionsStage slug={meeting.project.slug} acts={acts} />;
  const { subject } = item;
  if (subject?.__typename === 'Experiment') return <StagedExperiment key={subject.key} experimentKey={subject.key} />;
  if (subject?.__typename === 'Hypothesis') return <StagedHypothesis key={subject.id} id={subject.id} />;
  return <><p className="stage-title">{item.title}</p>{subject?.__typename === 'Run' ? <p className="mt-3"><Link className="lk" href={`/r/${subject.id}`}>Open the run</Link></p> : null}</>;
}

/** What a meeting is, where it has no item yet. */
const Teach = ({ meeting }: { readonly meeting: MeetingDetail }) => (
  <>
    <p className="stage-title">Nothing stands on the agenda yet.</p>
    <p className="stage-say">An agenda is drafted from what the week brought: gains that stand when everything that was tried is counted, results far from what was to be expected, verdicts that contradict each other, work that stalls, and what waits for people.{meeting.viewerCan.hold ? ' Add the first item on the left, or draft it anew when there are results.' : ''}</p>
  </>
);
