import Link from 'next/link';
import { DataTable } from '../../_ui/data-table.tsx';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { IntervalAxis } from '../verdicts/interval-axis.tsx';
import { effectScale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import type { HypothesisTest } from './hypothesis-query.ts';

/** Every test of a hypothesis, on one scale: what speaks for it and what speaks against it at the same size. */
export function EvidenceLedger({ tests, bar }: { readonly tests: readonly HypothesisTest[]; readonly bar: number | null }) {
  const scale = effectScale(tests.map(({ verdict }) => ({ mid: verdict?.effect ?? null, low: verdict?.ciLow ?? null, high: verdict?.ciHigh ?? null })), [bar]);
  const decimals = (verdict: HypothesisTest['verdict']) => decimalsFor(verdict?.ciLow, verdict?.ciHigh);
  return (
    <DataTable
      finding label="Evidence" rows={tests} rowKey={(test) => test.id}
      columns={[
        { key: 'name', head: 'experiment', cell: (test) => <><Link className="font-medium hover:text-accent" href={`/e/${test.key}`}>{test.name}</Link> <span className="id text-12">{test.key}</span></> },
        { key: 'n', head: 'repeats', kind: 'number', leaves: 'narrow', cell: ({ verdict, runCount }) => (verdict ? `${verdict.baselineRuns} + ${verdict.treatmentRuns}` : runCount) },
        { key: 'glyph', kind: 'interval', width: '30%', head: <IntervalAxis scale={scale} bar={bar} />, cell: ({ verdict }) => verdict && <IntervalGlyph size="cell" mid={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} scale={scale} bar={bar} kind={kindOf(verdict.outcome)} /> },
        { key: 'effect', head: 'effect', kind: 'number', cell: ({ verdict }) => (verdict?.effect == null ? '' : formatNumber(verdict.effect, { decimals: decimals(verdict), sign: true })) },
        { key: 'interval', head: '95 % interval', kind: 'number', leaves: 'wide', cell: ({ verdict }) => (verdict?.ciLow == null || verdict.ciHigh === null ? verdict?.effect == null ? '' : <SingleRun /> : <span className="ci">{formatNumber(verdict.ciLow, { decimals: decimals(verdict) })} to {formatNumber(verdict.ciHigh, { decimals: decimals(verdict) })}</span>) },
        { key: 'verdict', head: 'verdict', cell: (test) => (test.verdict ? <VerdictBadge of={wordOf(test.verdict.outcome)} /> : <span className="hint">{test.runCount === 0 ? 'no runs yet' : 'not compared yet'}</span>) },
        { key: 'review', head: 'review', leaves: 'wide', cell: (test) => (test.approval === 'STALE' ? <VerdictBadge of="stale" /> : <span className="hint">{test.approval === 'NONE' ? '' : test.approval.toLowerCase().replace('_', ' ')}</span>) },
        { key: 'when', head: 'when', kind: 'number', leaves: 'narrow', cell: (test) => <span className="text-ink-3"><RelativeTime short at={test.verdict?.computedAt ?? test.updatedAt} /></span> },
      ]}
    />
  );
}
