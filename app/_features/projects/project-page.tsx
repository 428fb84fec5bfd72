'use client';

import { useSearchParams } from 'next/navigation';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { ButtonLink } from '../../_ui/button.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { ErrorNote } from '../../_ui/waiting.tsx';
import { ProjectActivity } from '../activity/project-activity.tsx';
import { DuplicateRate } from '../duplicates/duplicate-rate.tsx';
import { ReproducibilityRate } from '../reproduction/reproducibility-rate.tsx';
import { SubjectNotes } from '../notes/subject-notes.tsx';
import { triedAddress } from '../tried/tried-address.ts';
import { HypothesisBoard } from './hypothesis-board.tsx';
import { ProjectExperiments } from './project-experiments.tsx';
import { ProjectQuery, ProjectUpdated, type ProjectHead } from './project-query.ts';
import { ProjectRuns } from './project-runs.tsx';

const VIEWS = ['board', 'experiments', 'runs', 'notes', 'activity'] as const;
type View = (typeof VIEWS)[number];
const viewOf = (text: string | null): View => VIEWS.find((view) => view === text) ?? 'board';

/** A project: its hypotheses by status, its experiments with their verdicts, its runs, and what happened. The address holds the view. */
export function ProjectPage({ slug }: { readonly slug: string }) {
  const view = viewOf(useSearchParams().get('view'));
  const [{ data, error, fetching }, again] = useQuery({ query: ProjectQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  const project = data?.project ?? null;
  useCrumbs([{ label: 'Projects', href: '/' }, { label: project?.name ?? slug }], slug, project?.id ?? null);
  // The head's own numbers arrive with the announcement itself.
  useLive(ProjectUpdated, project ? [{ slug }] : [], () => undefined);
  if (!project) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={again} />;
  return (
    <>
      <Head project={project} />
      <Tabs
        label="Project" current={view} tabs={[
          { key: 'board', label: 'Hypotheses', href: `/p/${slug}`, count: project.hypothesisCount },
          { key: 'experiments', label: 'Experiments', href: `/p/${slug}?view=experiments`, count: project.experimentCount },
          { key: 'runs', label: 'Runs', href: `/p/${slug}?view=runs`, count: project.runCount },
          { key: 'notes', label: 'Notes', href: `/p/${slug}?view=notes` },
          { key: 'activity', label: 'Activity', href: `/p/${slug}?view=activity` },
          { key: 'lineage', label: 'Lineage', href: `/p/${slug}/lineage` },
          { key: 'code', label: 'Code', href: `/p/${slug}/code` },
          { key: 'datasets', label: 'Datasets', href: `/p/${slug}/datasets` },
          { key: 'dashboard', label: 'Dashboard', href: `/p/${slug}/dashboard` },
          { key: 'meetings', label: 'Meetings', href: `/p/${slug}/meetings` },
          { key: 'settings', label: 'Settings', href: `/p/${slug}/settings` },
        ]}
      />
      <ViewOf view={view} project={project} />
    </>
  );
}

function Head({ project }: { readonly project: ProjectHead }) {
  return (
    <>
      <PageHead title={project.name} meta={project.description ? <p className="mt-1 max-w-[44em] font-serif text-14 text-ink-2">{project.description}</p> : null}>
        <ButtonLink href={triedAddress('', project.slug)}>What have we tried?</ButtonLink>
        {project.viewerCan.write ? <ButtonLink look="primary" hint="N" href={`/p/${project.slug}/hypotheses/new`}>New hypothesis</ButtonLink> : null}
      </PageHead>
      {project.runCount > 0 && <><DuplicateRate slug={project.slug} /><ReproducibilityRate slug={project.slug} /></>}
      {project.archivedAt ? <div className="mt-4"><ErrorNote quiet title="This project is archived. Nothing in it changes until it is taken out of the archive." /></div> : null}
    </>
  );
}

function ViewOf({ view, project }: { readonly view: View; readonly project: ProjectHead }) {
  switch (view) {
    case 'board': return <HypothesisBoard project={project} />;
    case 'experiments': return <ProjectExperiments slug={project.slug} />;
    case 'runs': return <ProjectRuns project={project} />;
    case 'notes': return <SubjectNotes subject={project.id} what="project" mayWrite={project.viewerCan.write} />;
    case 'activity': return <ProjectActivity slug={project.slug} />;
  }
}
