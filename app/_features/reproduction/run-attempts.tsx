'use client';

import Link from 'next/link';
import { DataTable } from '../../_ui/data-table.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import type { Reproduction } from './reproduction-documents.ts';

/** Every time somebody did the run again: whether it was reproduced, and what differed. */
export function RunAttempts({ attempts }: { readonly attempts: readonly Reproduction[] }) {
  if (attempts.length === 0) return null;
  return (
    <Section title="Done again" count={attempts.length}>
      <div className="mt-3">
        <DataTable
          label="Attempts to do it again" rows={attempts} rowKey={({ id }) => id}
          columns={[
            { key: 'outcome', head: 'outcome', cell: ({ reproduced }) => (reproduced ? 'reproduced' : <b>not reproduced</b>), width: '9em' },
            { key: 'why', head: 'what differed', cell: (attempt) => <Differed attempt={attempt} /> },
            { key: 'run', head: 'run', cell: ({ again }) => (again === null ? 'not started' : <Link className="lk" href={`/r/${again.id}`}>{again.name}</Link>) },
            { key: 'who', head: 'by', leaves: 'narrow', cell: ({ by, machine }) => <span className="bidi-own">{[by?.name, machine].filter(Boolean).join(', ')}</span> },
            { key: 'when', head: 'when', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
          ]}
        />
      </div>
    </Section>
  );
}

function Differed({ attempt: { causes, metrics } }: { readonly attempt: Reproduction }) {
  if (causes.length === 0) return <span className="text-ink-3">nothing: {metrics.length === 1 ? '1 metric lies' : `${metrics.length} metrics lie`} within tolerance</span>;
  return <ul>{causes.map((cause) => <li key={`${cause.kind} ${cause.name}`} className="bidi-own">{cause.sentence}</li>)}</ul>;
}
