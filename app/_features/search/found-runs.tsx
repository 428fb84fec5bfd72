'use client';

import Link from 'next/link';
import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { DataTable } from '../../_ui/data-table.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';

const FoundRunsQuery = graphql(`
  query FoundRuns($filter: String!, $project: String, $first: Int) {
    runs(filter: $filter, project: $project, first: $first) {
      totalCount
      nodes { id name seed status startedAt createdAt experiment { id key name project { id slug name } verdict { id outcome } } }
    }
  }
`);
type FoundRun = ResultOf<typeof FoundRunsQuery>['runs']['nodes'][number];

/** Most runs that are listed here; the table of a project's runs has them all. */
const MOST = 100;

/** The runs of which a filter is true, newest first. */
export function FoundRuns({ filter, project }: { readonly filter: string; readonly project: string | null }) {
  const [{ data, error, fetching }, again] = useQuery({ query: FoundRunsQuery, variables: { filter, project, first: MOST }, requestPolicy: 'cache-and-network' });
  const failure = failureOf(error);
  if (failure && !data) return <div className="mt-6"><NotRead title="The filter could not be answered." failure={failure} again={again} /></div>;
  if (!data) return <div className="mt-8">{fetching ? <Loading rows={6} label="Filtering" /> : null}</div>;
  const { totalCount, nodes } = data.runs;
  if (nodes.length === 0) return <div className="mt-8"><Empty fact="No run is like this." steps={['Take a condition away, or look in all projects.']} /></div>;
  return (
    <Section title="Runs" count={totalCount} aside={nodes.length < totalCount ? `the newest ${count(nodes.length, 'run')}` : undefined}>
      <DataTable label="Runs of which the filter is true" rows={nodes} rowKey={({ id }) => id} columns={COLUMNS} />
    </Section>
  );
}

const COLUMNS = [
  { key: 'run', head: 'run', cell: ({ id, name, seed }: FoundRun) => <><Link className="font-medium hover:text-accent" href={`/r/${id}`}>{name}</Link>{seed === null ? null : <span className="hint"> seed {seed}</span>}</> },
  { key: 'experiment', head: 'experiment', cell: ({ experiment }: FoundRun) => experiment && <><Link className="id hover:text-accent" href={`/e/${experiment.key}`}>{experiment.key}</Link> <span className="text-ink-2">{experiment.name}</span></> },
  { key: 'verdict', head: 'verdict', width: '112px', leaves: 'narrow' as const, cell: ({ experiment }: FoundRun) => experiment?.verdict && <VerdictBadge of={wordOf(experiment.verdict.outcome)} /> },
  { key: 'status', head: 'status', width: '96px', leaves: 'narrow' as const, cell: ({ status }: FoundRun) => status.toLowerCase() },
  { key: 'project', head: 'project', width: '96px', leaves: 'wide' as const, cell: ({ experiment }: FoundRun) => experiment && <Link className="text-12 text-ink-2 hover:text-accent" href={`/p/${experiment.project.slug}`}>{experiment.project.name}</Link> },
  { key: 'when', head: 'started', kind: 'number' as const, width: '88px', cell: ({ startedAt, createdAt }: FoundRun) => <span className="text-ink-3"><RelativeTime short at={startedAt ?? createdAt} /></span> },
];
