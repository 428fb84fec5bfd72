'use client';

import Link from 'next/link';
import { useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { Button } from '../../_ui/button.tsx';
import { DataTable, type Column } from '../../_ui/data-table.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { Empty } from '../../_ui/waiting.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { IntervalAxis } from '../verdicts/interval-axis.tsx';
import { effectScale, type Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { ExperimentsQuery, ProjectUpdated, type ProjectExperiment } from './project-query.ts';

/** All experiments of a project: those with an effect under the metric it is on, the rest below, nothing hidden by its outcome. */
export function ProjectExperiments({ slug }: { readonly slug: string }) {
  const [archived, setArchived] = useState(false);
  const [{ data, error, fetching }, refresh] = useQuery({ query: ExperimentsQuery, variables: { slug, after: null, archived }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], refresh);
  const found = data?.project?.experiments;
  if (!found) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={refresh} />;
  const measured = Map.groupBy(found.nodes.filter((experiment) => experiment.verdict?.effect != null), (experiment) => experiment.verdict?.metric ?? '');
  const unmeasured = found.nodes.filter((experiment) => experiment.verdict?.effect == null);
  return (
    <>
      {found.nodes.length === 0 ? <Empty fact={archived ? 'Nothing is archived here.' : 'No experiment yet. Each tests one hypothesis.'} steps={archived ? [] : ['Write a hypothesis, and plan its experiment from there.', 'Or let a script log here: what it logs becomes an experiment by itself.']} /> : null}
      {[...measured].map(([metric, experiments]) => <Measured key={metric} metric={metric} experiments={experiments} />)}
      {unmeasured.length > 0 ? <Section title={measured.size > 0 ? 'No effect measured yet' : 'Experiments'} count={unmeasured.length}><DataTable label="Experiments without an effect" rows={unmeasured} rowKey={(row) => row.id} columns={[NAME, RUNS, VERDICT, APPROVAL, OWNER, WHEN]} /></Section> : null}
      <p className="mt-4 flex flex-wrap items-center gap-4">
        <span className="hint">{found.totalCount > found.nodes.length ? `The newest ${found.nodes.length} of ${found.totalCount}.` : 'Complete: nothing is hidden by outcome, owner or age.'}</span>
        <Button look="bare" small aria-pressed={archived} onClick={() => setArchived((now) => !now)}>{archived ? 'Show the current ones' : 'Show archived'}</Button>
      </p>
    </>
  );
}

function Measured({ metric, experiments }: { readonly metric: string; readonly experiments: readonly ProjectExperiment[] }) {
  const scale = effectScale(experiments.map(({ verdict }) => ({ mid: verdict?.effect ?? null, low: verdict?.ciLow ?? null, high: verdict?.ciHigh ?? null })), experiments.map(({ hypothesis }) => hypothesis?.minEffect));
  return (
    <Section title={<>Effect on <span className="mono">{metric}</span></>} count={experiments.length} aside="each against its own baseline, 95 % intervals">
      <DataTable finding label={`Experiments measured on ${metric}`} rows={experiments} rowKey={(row) => row.id} columns={[NAME, RUNS, glyphColumn(scale), EFFECT, INTERVAL, VERDICT, APPROVAL, OWNER, WHEN]} />
    </Section>
  );
}

type ExperimentColumn = Column<ProjectExperiment>;

const NAME: ExperimentColumn = { key: 'name', head: 'experiment', cell: ({ key, name }) => <><Link className="font-medium hover:text-accent" href={`/e/${key}`}>{name}</Link> <span className="id text-12">{key}</span></> };
const RUNS: ExperimentColumn = { key: 'runs', width: '72px', head: 'runs', kind: 'number', leaves: 'narrow', cell: ({ runCount, activeRunCount }) => <>{activeRunCount > 0 ? <span className="text-accent">{activeRunCount} going, </span> : null}{runCount}</> };
const EFFECT: ExperimentColumn = { key: 'effect', width: '88px', head: 'effect', kind: 'number', cell: ({ verdict }) => (verdict?.effect == null ? '' : formatNumber(verdict.effect, { decimals: decimalsFor(verdict.ciLow, verdict.ciHigh), sign: true })) };
const INTERVAL: ExperimentColumn = { key: 'interval', width: '184px', head: '95 % interval', kind: 'number', leaves: 'wide', cell: ({ verdict }) => (verdict?.ciLow == null || verdict.ciHigh === null ? <SingleRun /> : <span className="ci">{formatNumber(verdict.ciLow, { decimals: decimalsFor(verdict.ciLow, verdict.ciHigh) })} to {formatNumber(verdict.ciHigh, { decimals: decimalsFor(verdict.ciLow, verdict.ciHigh) })}</span>) };
const VERDICT: ExperimentColumn = { key: 'verdict', width: '112px', head: 'verdict', cell: (experiment) => <VerdictCell of={experiment} /> };
const APPROVAL: ExperimentColumn = { key: 'approval', width: '96px', head: 'review', leaves: 'narrow', cell: ({ approval }) => <ApprovalWord of={approval} /> };
const OWNER: ExperimentColumn = { key: 'owner', width: '40px', head: 'by', leaves: 'wide', cell: ({ owner }) => (owner ? <Initials letters={owner.initials} name={owner.name} /> : null) };
const WHEN: ExperimentColumn = { key: 'when', width: '88px', head: 'when', kind: 'number', leaves: 'narrow', cell: ({ updatedAt }) => <span className="text-ink-3"><RelativeTime short at={updatedAt} /></span> };

const glyphColumn = (scale: Scale): ExperimentColumn => ({
  key: 'glyph', kind: 'interval', width: '28%', head: <IntervalAxis scale={scale} />,
  cell: ({ verdict, hypothesis }) => verdict && <IntervalGlyph size="cell" mid={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} scale={scale} bar={hypothesis?.minEffect ?? null} kind={kindOf(verdict.outcome)} />,
});

function VerdictCell({ of: { verdict, exploratory, hypothesis, runCount } }: { readonly of: ProjectExperiment }) {
  if (verdict) return <VerdictBadge of={wordOf(verdict.outcome)} />;
  if (exploratory) return <VerdictBadge of="exploratory" />;
  if (runCount === 0) return <span className="hint">no runs yet</span>;
  return <span className="hint">{hypothesis?.metric ? 'not compared yet' : 'names no metric'}</span>;
}

const APPROVALS = { NONE: '', REQUESTED: 'asked', CHANGES_REQUESTED: 'changes asked', APPROVED: 'approved', STALE: '' } as const;

function ApprovalWord({ of }: { readonly of: keyof typeof APPROVALS }) {
  if (of === 'STALE') return <VerdictBadge of="stale" />;
  return <span className={of === 'REQUESTED' || of === 'CHANGES_REQUESTED' ? 'text-12 warn' : 'hint'}>{APPROVALS[of]}</span>;
}
