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
import { When } from '../datasets/dataset-words.tsx';
import { CodeRunsQuery } from './code-documents.ts';

const PAGE = 20;
const MOST = 200;
const TITLE = 'Runs of this version';
const WORDS = { SCHEDULED: 'waiting to start', RUNNING: 'running', FINISHED: 'finished', FAILED: 'failed', KILLED: 'stopped' } as const;

/** The runs that ran the same commit with the same changes, newest first. */
export function CodeRuns({ id }: { readonly id: string }) {
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({ query: CodeRunsQuery, variables: { id, first }, requestPolicy: 'cache-and-network' });
  const failure = failureOf(error);
  const runs = data?.run?.codeVersion?.runs;
  if (failure !== null) return <Section title={TITLE}><NotRead title="The runs could not be read." failure={failure} again={again} /></Section>;
  if (!runs) return <Section title={TITLE}>{fetching ? <Loading rows={3} label="Reading the runs" /> : null}</Section>;
  return (
    <Section title={TITLE} count={runs.totalCount}>
      {runs.nodes.length === 0
        ? <p className="mt-2 text-ink-3">Nothing tells this version from others, so it is not known which runs ran it.</p>
        : (
          <DataTable
            label={TITLE} rows={runs.nodes} rowKey={(run) => run.id} rowClass={(run) => (run.id === id ? 'me' : undefined)}
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
