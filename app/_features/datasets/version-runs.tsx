'use client';

import Link from 'next/link';
import { useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { NotRead } from '../../_ui/not-read.tsx';
import { count } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import { Loading } from '../../_ui/waiting.tsx';
import { VersionRunsQuery } from './dataset-documents.ts';
import { When } from './dataset-words.tsx';

const PAGE = 20;
const MOST = 200;
const WORDS = { SCHEDULED: 'waiting to start', RUNNING: 'running', FINISHED: 'finished', FAILED: 'failed', KILLED: 'stopped' } as const;

/** The runs that read this version, newest first. */
export function VersionRuns({ id, digest }: { readonly id: string; readonly digest: string | null }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: VersionRunsQuery, variables: { version: id, first }, requestPolicy: 'cache-and-network' });
  const failure = failureOf(error);
  const runs = data?.dataset?.version.runs;
  const title = digest === null ? 'Runs that read this version' : <>Runs that read <span className="mono">{digest.slice(0, 12)}</span></>;
  if (failure !== null) return <Section title={title}><NotRead title="The runs could not be read." failure={failure} again={again} /></Section>;
  if (!runs) return <Section title={title}>{fetching ? <Loading rows={3} label="Reading the runs" /> : null}</Section>;
  return (
    <Section title={title} count={runs.totalCount}>
      {runs.nodes.length === 0
        ? <p className="mt-2 text-ink-3">No run of this project that is still there read it.</p>
        : (
          <DataTable
            label="Runs that read this version" rows={runs.nodes} rowKey={(run) => run.id}
            columns={[
              { key: 'name', head: 'run', cell: (run) => <Link className="lk bidi-own" href={`/r/${run.id}`}>{run.name}</Link> },
              { key: 'experiment', head: 'experiment', cell: ({ experiment }) => <><Link className="lk" href={`/e/${experiment.key}`}>{experiment.key}</Link> <span className="text-ink-3 p2 bidi-own">{experiment.name}</span></> },
              { key: 'status', head: 'status', leaves: 'narrow', width: '120px', cell: ({ status }) => WORDS[status] },
              { key: 'at', head: 'when', kind: 'number', width: '88px', cell: ({ startedAt, createdAt }) => <When at={startedAt ?? createdAt} /> },
            ]}
          />
        )}
      {runs.pageInfo.hasNextPage ? <p className="hint mt-2">The newest {runs.nodes.length} of {count(runs.totalCount, 'run')}. {first < MOST ? <Button small onClick={() => setFirst(MOST)}>Show more</Button> : null}</p> : null}
    </Section>
  );
}
