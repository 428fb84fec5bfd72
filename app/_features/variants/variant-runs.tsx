'use client';

import Link from 'next/link';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { formatNumber } from '../../_ui/numbers.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { withDecimals } from '../verdicts/column-decimals.ts';
import type { VariantRow } from '../experiments/experiment-documents.ts';
import { VariantRunsQuery, type VariantRun } from './variant-documents.ts';

interface VariantRunsProps {
  readonly variant: VariantRow;
  readonly metric: string | null;
  readonly columns: number;
  readonly decimals: number | undefined;
}

/** The repeats behind a variant's row: seed and value of each, and why one does not count. */
export function VariantRuns({ variant, metric, columns, decimals }: VariantRunsProps) {
  const [{ data, error }] = useQuery({ query: VariantRunsQuery, variables: { id: variant.id }, requestPolicy: 'cache-and-network' });
  const failure = failureOf(error);
  const node = data?.node;
  const runs = node && 'runs' in node ? node.runs : null;
  if (runs === null) return <tr className="rep last"><td colSpan={columns} className="sub">{failure === null ? <Loading rows={2} /> : failure.message}</td></tr>;
  return runs.map((run, index) => (
    <tr key={run.id} className={index === runs.length - 1 ? 'rep last' : 'rep'}>
      <td className="sub"><Link className="lk" href={`/r/${run.id}`}>{run.name}</Link></td>
      <td className="p2 p3 mono text-12">{run.seed === null ? '' : `seed ${run.seed}`}</td>
      <td />
      <td className="num">{valueOf(run, metric, decimals)}</td>
      <td className="text-12 text-ink-3" colSpan={columns - 4}>{whyNot(run) ?? ''}</td>
    </tr>
  ));
}

function valueOf(run: VariantRun, metric: string | null, decimals: number | undefined): string {
  const found = run.metrics.find((one) => one.key === metric);
  if (found === undefined) return '–';
  return found.last === null ? found.lastText : formatNumber(found.last, withDecimals(decimals));
}

/** Why a run does not count; null when it does. */
function whyNot(run: VariantRun): string | null {
  if (run.deletedAt !== null) return 'deleted, not counted';
  if (run.excluded !== null) return `excluded: ${run.excluded.reason}`;
  if (run.status === 'FINISHED') return null;
  return { RUNNING: 'still running', SCHEDULED: 'not started', FAILED: 'failed, not counted', KILLED: 'stopped, not counted' }[run.status];
}
