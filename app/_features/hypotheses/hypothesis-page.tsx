'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Ellipsis } from 'lucide-react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs, type Crumb } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { Button, ButtonLink } from '../../_ui/button.tsx';
import { Copyable } from '../../_ui/copyable.tsx';
import { Menu, MenuItem } from '../../_ui/menu.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty, ErrorNote } from '../../_ui/waiting.tsx';
import { SubjectBacklinks } from '../notes/note-backlinks.tsx';
import { SubjectNotes } from '../notes/subject-notes.tsx';
import { ProjectUpdated } from '../projects/project-query.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { Discussion } from '../threads/discussion.tsx';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { EditHypothesis } from './edit-hypothesis.tsx';
import { EvidenceLedger } from './evidence-ledger.tsx';
import { GradeNote } from './grading.tsx';
import { HypothesisQuery, UpdateHypothesis, type WholeHypothesis } from './hypothesis-query.ts';
import { HypothesisSentence } from './hypothesis-sentence.tsx';
import { PlanExperimentDialog } from './plan-experiment-dialog.tsx';

/** One hypothesis: the sentence, its status, and every experiment that tested it. */
export function HypothesisPage({ id }: { readonly id: string }) {
  const editing = useSearchParams().get('edit') !== null;
  const [{ data, error, fetching }, refresh] = useQuery({ query: HypothesisQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  const hypothesis = data?.hypothesis ?? null;
  const project = hypothesis?.project ?? null;
  useCrumbs(crumbsOf(id, project, editing), project?.slug ?? null, id);
  useLive(ProjectUpdated, project ? [{ slug: project.slug }] : [], refresh);
  if (!hypothesis) return <Absent failure={failureOf(error)} fetching={fetching} what="hypothesis" again={refresh} />;
  return editing && hypothesis.viewerCan.edit ? <EditHypothesis hypothesis={hypothesis} /> : <Reading hypothesis={hypothesis} />;
}

function crumbsOf(id: string, project: WholeHypothesis['project'] | null, editing: boolean): Crumb[] {
  const above = project ? [{ label: project.name, href: `/p/${project.slug}` }] : [];
  return editing ? [...above, { label: 'Hypothesis', href: `/h/${id}` }, { label: 'Change' }] : [...above, { label: 'Hypothesis' }];
}

function Reading({ hypothesis }: { readonly hypothesis: WholeHypothesis }) {
  const [planning, setPlanning] = useState(false);
  const tests = hypothesis.experiments.nodes;
  const latest = tests.find((test) => test.verdict)?.verdict ?? null;
  return (
    <>
      <div className="head">
        <div className="row wrap min-h-7 gap-4"><h1 className="vh">{hypothesis.statement}</h1><VerdictBadge big of={wordOf(hypothesis.status)} />{hypothesis.archivedAt ? <span className="hint">archived</span> : null}</div>
        <Acts hypothesis={hypothesis} onPlan={() => setPlanning(true)} />
      </div>
      <div className="cols mt-3">
        <div>
          <HypothesisSentence of={hypothesis} />
          <p className="hint mt-2">Stated <RelativeTime at={hypothesis.createdAt} />{hypothesis.author ? ` by ${hypothesis.author.name}` : ''}. <Guardrails of={hypothesis} /></p>
          {latest ? <p className="serif mt-6 max-w-[44em] text-17">{latest.explanation}</p> : null}
          <Section title="Evidence" count={tests.length} aside={hypothesis.metric ? <span className="hint">effect on <span className="mono">{hypothesis.metric}</span> in the hypothesised direction</span> : undefined}>
            {tests.length > 0 ? <EvidenceLedger tests={tests} bar={hypothesis.minEffect} /> : <NoTest hypothesis={hypothesis} />}
          </Section>
          <SubjectNotes subject={hypothesis.id} what="hypothesis" mayWrite={hypothesis.viewerCan.comment} />
          <Section title="Discussion"><Discussion subject={hypothesis.id} mayComment={hypothesis.viewerCan.comment} draftAnchor={null} emptyFact="Nothing has been said about this hypothesis yet." /></Section>
          <SubjectBacklinks subject={hypothesis.id} />
        </div>
        <aside className="rail" aria-label="Grade">
          <Section title="Grade">
            <div className="pt-3"><GradeNote grading={{ grade: hypothesis.grade, reasons: [] }} /></div>
            {hypothesis.gradeReasons.length > 0 ? <ul className="mt-3 grid gap-2 text-12 text-ink-2">{hypothesis.gradeReasons.map((reason) => <li key={reason.part} className="note warn-edge">{reason.message}</li>)}</ul> : null}
          </Section>
        </aside>
      </div>
      {planning ? <PlanExperimentDialog hypothesis={hypothesis.id} project={hypothesis.project.slug} onClose={() => setPlanning(false)} /> : null}
    </>
  );
}

function Acts({ hypothesis, onPlan }: { readonly hypothesis: WholeHypothesis; readonly onPlan: () => void }) {
  const { id, viewerCan, project } = hypothesis;
  return (
    <div className="btns">
      {project.viewerCan.write ? <Button look="primary" onClick={onPlan}>Plan an experiment</Button> : null}
      {viewerCan.share ? <ShareButton subject={{ id, name: 'this hypothesis', shows: 'the hypothesis and what every experiment found that tested it' }} /> : null}
      {viewerCan.edit ? <><ButtonLink href={`/h/${id}?edit`}>Change</ButtonLink><MoreMenu hypothesis={hypothesis} /></> : null}
    </div>
  );
}

const Guardrails = ({ of: { guardrails } }: { readonly of: WholeHypothesis }) => (
  guardrails.length === 0 ? <>No guardrails.</> : <>{count(guardrails.length, 'Guardrail').replace(/^\d+ /, '')}: {guardrails.map((name, place) => <span key={name}>{place > 0 ? ', ' : ''}<span className="mono">{name}</span></span>)} must not get worse.</>
);

function NoTest({ hypothesis }: { readonly hypothesis: WholeHypothesis }) {
  return (
    <Empty fact="Not tested yet. A verdict needs at least two runs on each side." steps={['Plan its experiment; scripts log to it by name.', <>Or tag a run: <Copyable key="tag" label="the tag" text={`mlflow.set_experiment("${hypothesis.project.slug}/<name>")`} /></>, 'Run the baseline and the change with the same few seeds.']} />
  );
}

function MoreMenu({ hypothesis }: { readonly hypothesis: WholeHypothesis }) {
  const router = useRouter();
  const [state, update] = useMutation(UpdateHypothesis);
  const failure = failureOf(state.error);
  const archived = hypothesis.archivedAt !== null;
  const set = (change: { readonly archived?: boolean; readonly status?: 'ABANDONED' | 'PROPOSED' }) => { void update({ input: { hypothesis: hypothesis.id, ...change } }).then(() => router.refresh()); };
  return (
    <>
      <Menu align="end" trigger={<Button icon aria-label="More to do"><Ellipsis aria-hidden="true" /></Button>}>
        {hypothesis.status === 'ABANDONED' ? <MenuItem onSelect={() => set({ status: 'PROPOSED' })}>Take it up again</MenuItem> : <MenuItem onSelect={() => set({ status: 'ABANDONED' })}>Abandon it</MenuItem>}
        <MenuItem onSelect={() => set({ archived: !archived })}>{archived ? 'Take out of the archive' : 'Archive'}</MenuItem>
      </Menu>
      {failure ? <div className="fixed right-4 bottom-4 z-20 bg-raised p-3 shadow-pop"><ErrorNote title={failure.message} /></div> : null}
    </>
  );
}
