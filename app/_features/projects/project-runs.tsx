'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatDuration } from '../../_ui/moments.ts';
import { count, formatReading } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Empty, ErrorNote } from '../../_ui/waiting.tsx';
import { headlineMetric, RunningNow, SeedOf } from '../runs/running-now.tsx';
import { ailment } from '../runs/run-standing.ts';
import { Section } from '../../_ui/section.tsx';
import { ProjectRunsQuery, ProjectUpdated, type ProjectRun } from './project-query.ts';

const RUNNING = "attributes.status = 'RUNNING'";

/** The runs of a project, newest first; the address holds the filter. */
export function ProjectRuns({ slug }: { readonly slug: string }) {
  const filter = useSearchParams().get('filter') ?? '';
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const [{ data: going }, lookAgain] = useQuery({ query: ProjectRunsQuery, variables: { slug, filter: RUNNING, after: null }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], lookAgain);
  const running = going?.project?.runs;
  return (
    <>
      {running && running.totalCount > 0 && filter === '' ? <Section title="Running now" count={running.totalCount} aside="one run says nothing about a change"><RunningNow runs={running.nodes} /></Section> : null}
      <Section title="All runs">
        <FilterForm key={filter} slug={slug} filter={filter} onChange={() => setPages([null])} />
        {pages.map((after, place) => <RunPage key={after ?? 'first'} slug={slug} filter={filter} after={after} last={place === pages.length - 1} onMore={(next) => setPages([...pages, next])} />)}
      </Section>
    </>
  );
}

function FilterForm({ slug, filter, onChange }: { readonly slug: string; readonly filter: string; readonly onChange: () => void }) {
  const router = useRouter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get('filter');
    const next = typeof given === 'string' ? given.trim() : '';
    onChange();
    router.replace(`/p/${slug}?view=runs${next ? `&filter=${encodeURIComponent(next)}` : ''}`, { scroll: false });
  };
  return (
    <form className="mt-3 flex gap-2" onSubmit={submit} role="search">
      <div className="min-w-0 flex-1"><Field quiet label="Filter runs" name="filter" className="mono" defaultValue={filter} placeholder="metrics.val_acc > 0.9 AND params.lr < 0.01" spellCheck={false} /></div>
      <Button type="submit" className="h-8">Filter</Button>
    </form>
  );
}

interface RunPageProps { readonly slug: string; readonly filter: string; readonly after: string | null; readonly last: boolean; readonly onMore: (cursor: string) => void }

function RunPage({ slug, filter, after, last, onMore }: RunPageProps) {
  const [{ data, error, fetching }, refresh] = useQuery({ query: ProjectRunsQuery, variables: { slug, filter: filter || null, after }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], refresh);
  const failure = failureOf(error);
  const runs = data?.project?.runs;
  if (failure?.code === 'BAD_USER_INPUT') return <div className="mt-3"><ErrorNote quiet title="This filter cannot be read."><p>{failure.message}</p></ErrorNote></div>;
  if (!runs) return <Absent failure={failure} fetching={fetching} what="project" again={refresh} />;
  const next = last && runs.pageInfo.hasNextPage ? runs.pageInfo.endCursor : null;
  return (
    <>
      {after === null ? <Counted total={runs.totalCount} filtered={filter !== ''} /> : null}
      {runs.nodes.length > 0 ? <RunTable runs={runs.nodes} /> : null}
      {next ? <div className="mt-3"><Button onClick={() => onMore(next)}>Show more</Button></div> : null}
    </>
  );
}

function Counted({ total, filtered }: { readonly total: number; readonly filtered: boolean }) {
  if (total === 0 && !filtered) return <Empty fact="No runs yet. A verdict needs at least two on each side." />;
  return <p className="hint mt-3" role="status">{total === 0 ? 'No run matches this filter.' : `${count(total, 'run')}${filtered ? ' match' : ''}`}</p>;
}

const RunTable = ({ runs }: { readonly runs: readonly ProjectRun[] }) => (
  <DataTable
    label="Runs" rows={runs} rowKey={(run) => run.id}
    columns={[
      { key: 'run', head: 'run', cell: (run) => <><Link className="font-medium hover:text-accent" href={`/r/${run.id}`}>{run.name}</Link><SeedOf run={run} /></> },
      { key: 'status', head: 'status', cell: (run) => (run.excluded === null ? <StatusWord of={run} /> : <span className="st warn" title={run.excluded.reason}>excluded</span>) },
      { key: 'experiment', head: 'experiment', leaves: 'narrow', cell: (run) => <Link className="hover:text-accent" href={`/e/${run.experiment.key}`}><span className="id">{run.experiment.key}</span> {run.experiment.name}</Link> },
      { key: 'metric', head: 'metric', leaves: 'wide', cell: (run) => <span className="mono text-ink-3">{headlineMetric(run)?.key ?? ''}</span> },
      { key: 'last', head: 'last', kind: 'number', cell: (run) => { const metric = headlineMetric(run); return metric ? <><span className="wide:hidden font-mono text-11 text-ink-3">{metric.key} </span>{metric.last === null ? metric.lastText : formatReading(metric.last)}</> : ''; } },
      { key: 'took', head: 'took', kind: 'number', leaves: 'wide', cell: (run) => (run.durationMs === null ? '' : formatDuration(run.durationMs)) },
      { key: 'by', head: 'by', leaves: 'wide', cell: (run) => <span className="text-ink-2">{run.userName}</span> },
      { key: 'when', head: 'started', kind: 'number', leaves: 'narrow', cell: (run) => <span className="text-ink-3"><RelativeTime short at={run.startedAt ?? run.createdAt} /></span> },
    ]}
  />
);

const STATUS_CLASS = { SCHEDULED: 'text-ink-3', RUNNING: 'text-accent', FINISHED: 'text-ink-2', FAILED: 'bad', KILLED: 'bad' } as const;

function StatusWord({ of: { status, health } }: { readonly of: Pick<ProjectRun, 'status' | 'health'> }) {
  const ailing = ailment(health);
  if (ailing === null) return <span className={`st ${STATUS_CLASS[status]}`}>{status.toLowerCase()}</span>;
  return <span className="st warn" title={health.reason ?? undefined}>{status === 'RUNNING' ? ailing : `${status.toLowerCase()}, ${ailing}`}</span>;
}
