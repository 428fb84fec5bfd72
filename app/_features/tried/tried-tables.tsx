import Link from 'next/link';
import { rangeSentence } from '../../../domain/tried/report.ts';
import { DataTable, type Column } from '../../_ui/data-table.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { count, decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { ChangedVariableChip } from '../variants/changed-variable-chip.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { IntervalAxis } from '../verdicts/interval-axis.tsx';
import { effectScale, type Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { hoursText } from './tried-summary.tsx';
import type { TriedAnswer, TriedRow } from './tried-documents.ts';
import { RangeStrip } from './range-strip.tsx';

/** A part a variable, in it a table a metric; every table of a metric has the same scale. Behind them what words alone found. */
export function TriedTables({ tried, slug }: { readonly tried: TriedAnswer; readonly slug: string | null }) {
  const rows = tried.rows.nodes;
  const scales = new Map([...Map.groupBy(rows.filter(isMeasured), ({ metric }) => metric ?? '')].map(([metric, own]) => [metric, effectScale(own.map(({ effect, ciLow, ciHigh }) => ({ mid: effect, low: ciLow, high: ciHigh })), own.map(({ minEffect }) => minEffect))]));
  return [...Map.groupBy(rows, ({ kind, variable }) => (variable === null ? null : `${kind ?? ''} ${variable}`))].map(([key, own]) => {
    const variable = own[0]?.variable ?? null;
    const range = tried.ranges.find((each) => each.variable === variable);
    return (
      <Section key={key ?? ''} title={variable === null ? 'Found by words' : <span className="mono">{variable}</span>} count={own.length} aside={variable === null ? 'they speak of it; what they changed is called otherwise' : 'each against its own baseline, in the hypothesised direction'}>
        {range ? <RangeStrip range={range} rows={own} sentence={rangeSentence({ ...range, values: range.values, gaps: range.gaps })} /> : null}
        {tablesOf(own).map(([metric, some]) => <Table key={metric ?? ''} name={variable ?? 'words'} metric={metric} rows={some} scale={scales.get(metric ?? '')} withProject={slug === null} />)}
      </Section>
    );
  });
}

const isMeasured = (row: TriedRow): boolean => row.effect !== null && row.metric !== null;

/** Those with an effect by metric; the rest, failed ones among them, in one table. */
function tablesOf(rows: readonly TriedRow[]): [metric: string | null, rows: TriedRow[]][] {
  const tables = [...Map.groupBy(rows, (row) => (isMeasured(row) ? row.metric : null))];
  return tables.toSorted(([a], [b]) => Number(a === null) - Number(b === null));
}

interface TableProps { readonly name: string; readonly metric: string | null; readonly rows: readonly TriedRow[]; readonly scale: Scale | undefined; readonly withProject: boolean }

function Table({ name, metric, rows, scale, withProject }: TableProps) {
  // Said once for all experiments with the value: the rows stand together.
  const opens = new Set(rows.filter((row, at) => at === 0 || rows[at - 1]?.value !== row.value).map(({ id }) => id));
  const value: Column<TriedRow> = name === 'words'
    ? { key: 'value', head: 'found by', leaves: 'narrow', width: '96px', cell: ({ foundBy }) => <span className="text-12 text-ink-3">{FOUND_BY[foundBy]}</span> }
    : { key: 'value', head: 'value', width: '104px', cell: (row) => <ValueOf row={row} opens={opens.has(row.id)} /> };
  const measured: Column<TriedRow>[] = metric === null || !scale ? [] : [
    { key: 'glyph', kind: 'interval', width: '20%', head: <IntervalAxis scale={scale} />, cell: (row) => <GlyphOf row={row} scale={scale} /> },
    { key: 'effect', head: 'effect', kind: 'number', width: '72px', cell: ({ effect, ciLow, ciHigh }) => (effect === null ? '' : formatNumber(effect, { decimals: decimalsFor(ciLow, ciHigh), sign: true })) },
    { key: 'interval', head: '95 % interval', kind: 'number', leaves: 'wide', width: '136px', cell: (row) => <IntervalText of={row} /> },
  ];
  return (
    <>
      <p className="hint mt-3">{metric === null ? 'No effect measured' : <>Effect on <span className="mono">{metric}</span></>}</p>
      <DataTable
        finding={metric !== null} label={`${name}, ${metric ?? 'no effect measured'}`} rows={rows} rowKey={({ id }) => id}
        columns={[value, EXPERIMENT, ...measured, VERDICT, REPEATS, HOURS, ...(withProject ? [PROJECT] : []), OWNER, WHEN]}
      />
    </>
  );
}

const FOUND_BY = { VARIABLE: 'a variable', VALUE: 'a value', EXPERIMENT: 'its words', HYPOTHESIS: 'its hypothesis', NOTE: 'a note', THREAD: 'a discussion' } as const;

/** Digests and commits are known by their beginning. */
const shortened = (value: string | null): string => (value === null ? 'not set' : /^[\da-f]{32,}$/.test(value) ? value.slice(0, 10) : value);

/** The value where it opens its rows, and what the baseline of each had. */
function ValueOf({ row: { value, from, to }, opens }: { readonly row: TriedRow; readonly opens: boolean }) {
  return (
    <>
      <span className={opens ? 'mono text-12 [overflow-wrap:anywhere]' : 'vh'} title={to ?? 'not set'}>{shortened(value)}</span>
      {from === null ? null : <div className="hint [overflow-wrap:anywhere]">from <span className="mono">{shortened(from)}</span></div>}
    </>
  );
}

const EXPERIMENT: Column<TriedRow> = {
  key: 'experiment', head: 'experiment',
  cell: ({ experiment, comments, ...row }) => experiment && (
    <>
      <Link className="font-medium hover:text-accent" href={`/e/${experiment.key}`}>{experiment.name}</Link> <span className="id text-12">{experiment.key}</span>
      {comments > 0 ? <> <Link className="hint p2 whitespace-nowrap hover:text-accent" href={`/e/${experiment.key}?tab=discussion`}>{count(comments, 'comment')}</Link></> : null}
      {row.variable === null ? <Changes of={row.changed} /> : <Circumstances of={row} />}
    </>
  ),
};

const SHOWN_CHANGES = 3;

/** Of an experiment that words found: what it changed. */
function Changes({ of: changed }: { readonly of: TriedRow['changed'] }) {
  if (changed.length === 0) return null;
  return <div className="row wrap mt-1">{changed.slice(0, SHOWN_CHANGES).map((one) => <ChangedVariableChip key={`${one.kind} ${one.name}`} of={one} />)}{changed.length > SHOWN_CHANGES ? <span className="hint">and {changed.length - SHOWN_CHANGES} more</span> : null}</div>;
}

/** What else this variant changed: then no effect can be put down to this variable. */
function Circumstances({ of: { alsoChanged, foundBy } }: { readonly of: Pick<TriedRow, 'alsoChanged' | 'foundBy'> }) {
  if (alsoChanged === 0 && foundBy !== 'VALUE') return null;
  return <div className="hint">{foundBy === 'VALUE' ? 'found by its value' : ''}{foundBy === 'VALUE' && alsoChanged > 0 ? ', ' : ''}{alsoChanged > 0 ? <span className="text-inconclusive">with {count(alsoChanged, 'other variable')} changed</span> : null}</div>;
}

/** Without an interval it says n = 1 in its place, on whatever screen. */
function GlyphOf({ row, scale }: { readonly row: TriedRow; readonly scale: Scale }) {
  const single = row.ciLow === null || row.ciHigh === null;
  return (
    <div className="relative min-w-16">
      <IntervalGlyph size="cell" mid={row.effect} low={row.ciLow} high={row.ciHigh} scale={scale} bar={row.minEffect} kind={row.outcome ? kindOf(row.outcome) : null} />
      {single ? <span className="absolute inset-0 flex items-center justify-end"><SingleRun /></span> : null}
    </div>
  );
}

function IntervalText({ of: row }: { readonly of: TriedRow }) {
  if (row.ciLow === null || row.ciHigh === null) return null;
  const decimals = decimalsFor(row.ciLow, row.ciHigh);
  return <span className="ci">{formatNumber(row.ciLow, { decimals })} to {formatNumber(row.ciHigh, { decimals })}</span>;
}

const VERDICT: Column<TriedRow> = {
  key: 'verdict', head: 'verdict', width: '112px',
  cell: (row) => (row.outcome === null ? <span className="hint">{notCompared(row)}</span> : <VerdictBadge of={wordOf(row.outcome)} />),
};

function notCompared({ runs, failedRuns, experiment }: TriedRow): string {
  if (runs === 0) return 'no runs yet';
  if (failedRuns === runs) return runs === 1 ? 'its run failed' : 'all runs failed';
  return experiment?.exploratory ? 'exploratory' : 'not compared';
}

const REPEATS: Column<TriedRow> = { key: 'repeats', head: 'repeats', kind: 'number', leaves: 'narrow', width: '88px', cell: (row) => <>{row.outcome === null ? formatNumber(row.runs) : `${row.baselineRuns} + ${row.treatmentRuns}`}{row.failedRuns > 0 ? <div className="text-refuted">{formatNumber(row.failedRuns)} failed</div> : null}</> };
const HOURS: Column<TriedRow> = { key: 'hours', head: 'run hours', kind: 'number', leaves: 'narrow', width: '72px', cell: ({ hours }) => hoursText(hours) };
const PROJECT: Column<TriedRow> = { key: 'project', head: 'project', leaves: 'wide', width: '88px', cell: ({ experiment }) => experiment && <Link className="text-12 text-ink-2 hover:text-accent" href={`/p/${experiment.project.slug}`}>{experiment.project.name}</Link> };
const OWNER: Column<TriedRow> = { key: 'owner', head: 'by', leaves: 'wide', width: '40px', cell: ({ experiment }) => (experiment?.owner ? <Initials letters={experiment.owner.initials} name={experiment.owner.name} /> : null) };
const WHEN: Column<TriedRow> = { key: 'when', head: 'when', kind: 'number', leaves: 'narrow', width: '80px', cell: ({ at }) => (at === null ? null : <span className="text-ink-3"><RelativeTime short at={at} /></span>) };
