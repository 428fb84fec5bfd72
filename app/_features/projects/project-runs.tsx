'use client';

import { useMemo } from 'react';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { Empty } from '../../_ui/waiting.tsx';
import { defaultColumns } from '../runs/run-columns.ts';
import { RunningNow } from '../runs/running-now.tsx';
import { RunsPanel } from '../runs/runs-panel.tsx';
import { ProjectRunsQuery, ProjectUpdated, type ProjectHead } from './project-query.ts';

const RUNNING = "attributes.status = 'RUNNING'";

/** The runs of a project: those that train at this moment, then all of them as a table. */
export function ProjectRuns({ project }: { readonly project: ProjectHead }) {
  const { slug } = project;
  const filtered = useAddress().params.get('filter') !== null;
  const [{ data: going }, lookAgain] = useQuery({ query: ProjectRunsQuery, variables: { slug, filter: RUNNING, after: null }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], lookAgain);
  const running = going?.project?.runs;
  const metricKeys = going?.project?.metricKeys;
  const columns = useMemo(() => defaultColumns({ metric: null, guardrails: [], metricKeys: metricKeys ?? [], changedParams: [], of: 'project' }), [metricKeys]);
  return (
    <>
      {running && running.totalCount > 0 && !filtered ? <Section title="Running now" count={running.totalCount} aside="one run says nothing about a change"><RunningNow runs={running.nodes} /></Section> : null}
      <Section title="All runs">
        <div className="mt-3">
          <RunsPanel slug={slug} label="Runs" scope="" usualColumns={columns} mayEdit={project.viewerCan.write} facts={['status', 'experiment', 'variant', 'seed', 'user', 'started', 'ended', 'took']} none={<Empty fact="No runs yet. A verdict needs at least two on each side." />} />
        </div>
      </Section>
    </>
  );
}
