import Link from 'next/link';
import { DataTable } from '../../_ui/data-table.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { IntervalAxis } from '../verdicts/interval-axis.tsx';
import { effectScale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { Highlight } from './highlight.tsx';
import type { Found, SearchEdge } from './search-results.ts';

interface Tried { readonly experiment: Found<'Experiment'>; readonly highlight: string | null }

/** The experiments a search found: those with an effect on one scale for each metric, the rest below. */
export function TriedExperiments({ edges }: { readonly edges: readonly SearchEdge[] }) {
  const tried = edges.flatMap(({ node, highlights }): Tried[] => (node.__typename === 'Experiment' ? [{ experiment: node, highlight: highlights[0] ?? null }] : []));
  const measured = Map.groupBy(tried.filter(({ experiment }) => experiment.verdict?.effect != null), ({ experiment }) => experiment.verdict?.metric ?? '');
  const unmeasured = tried.filter(({ experiment }) => experiment.verdict?.effect == null);
  return (
    <>
      {[...measured].map(([metric, rows]) => <Measured key={metric} metric={metric} rows={rows} />)}
      {unmeasured.length > 0 ? (
        <Section title="Tried, with no effect measured" count={unmeasured.length}>
          <DataTable label="Experiments without an effect" rows={unmeasured} rowKey={({ experiment }) => experiment.id} columns={[NAME, STATE, PROJECT, OWNER, WHEN]} />
        </Section>
      ) : null}
    </>
  );
}

function Measured({ metric, rows }: { readonly metric: string; readonly rows: readonly Tried[] }) {
  const scale = effectScale(rows.map(({ experiment: { verdict } }) => ({ mid: verdict?.effect ?? null, low: verdict?.ciLow ?? null, high: verdict?.ciHigh ?? null })), rows.map(({ experiment }) => experiment.hypothesis?.minEffect));
  return (
    <Section title={<>Effect on <span className="mono">{metric}</span></>} count={rows.length} aside="each against its own baseline, in the hypothesised direction, 95 % intervals">
      <DataTable
        finding label={`Tried, measured on ${metric}`} rows={rows} rowKey={({ experiment }) => experiment.id}
        columns={[
          NAME,
          { key: 'n', head: 'repeats', kind: 'number', leaves: 'narrow', width: '72px', cell: ({ experiment: { verdict } }: Tried) => (verdict ? `${verdict.baselineRuns} + ${verdict.treatmentRuns}` : '') },
          { key: 'glyph', kind: 'interval', width: '24%', head: <IntervalAxis scale={scale} />, cell: ({ experiment: { verdict, hypothesis } }: Tried) => verdict && <IntervalGlyph size="cell" mid={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} scale={scale} bar={hypothesis?.minEffect ?? null} kind={kindOf(verdict.outcome)} /> },
          { key: 'effect', head: 'effect', kind: 'number', width: '88px', cell: ({ experiment: { verdict } }: Tried) => (verdict?.effect == null ? '' : formatNumber(verdict.effect, { decimals: decimalsFor(verdict.ciLow, verdict.ciHigh), sign: true })) },
          { key: 'interval', head: '95 % interval', kind: 'number', leaves: 'wide', width: '184px', cell: ({ experiment: { verdict } }: Tried) => <IntervalText of={verdict} /> },
          STATE, PROJECT, OWNER, WHEN,
        ]}
      />
    </Section>
  );
}

function IntervalText({ of: verdict }: { readonly of: Found<'Experiment'>['verdict'] }) {
  if (verdict?.ciLow == null || verdict.ciHigh === null) return <SingleRun />;
  const decimals = decimalsFor(verdict.ciLow, verdict.ciHigh);
  return <span className="ci">{formatNumber(verdict.ciLow, { decimals })} to {formatNumber(verdict.ciHigh, { decimals })}</span>;
}

const NAME = {
  key: 'name', head: 'experiment', width: '27%',
  cell: ({ experiment, highlight }: Tried) => (
    <>
      <Link className="font-medium hover:text-accent" href={`/e/${experiment.key}`}>{experiment.name}</Link> <span className="id text-12">{experiment.key}</span>
      {highlight ? <div className="hint hl line-clamp-1"><Highlight text={highlight} /></div> : null}
    </>
  ),
};

const STATE = {
  key: 'verdict', head: 'verdict', width: '112px',
  cell: ({ experiment }: Tried) => (experiment.verdict ? <VerdictBadge of={wordOf(experiment.verdict.outcome)} /> : experiment.exploratory ? <VerdictBadge of="exploratory" /> : <span className="hint">{experiment.runCount === 0 ? 'no runs yet' : 'not compared'}</span>),
};

const PROJECT = { key: 'project', head: 'project', leaves: 'wide' as const, width: '88px', cell: ({ experiment }: Tried) => <Link className="text-12 text-ink-2 hover:text-accent" href={`/p/${experiment.project.slug}`}>{experiment.project.name}</Link> };
const OWNER = { key: 'owner', head: 'by', leaves: 'wide' as const, width: '40px', cell: ({ experiment: { owner } }: Tried) => (owner ? <Initials letters={owner.initials} name={owner.name} /> : null) };
const WHEN = { key: 'when', head: 'when', kind: 'number' as const, leaves: 'narrow' as const, width: '88px', cell: ({ experiment }: Tried) => <span className="text-ink-3"><RelativeTime short at={experiment.createdAt} /></span> };
