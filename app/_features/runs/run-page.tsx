'use client';

import Link from 'next/link';
import { useCallback, useEffect, useMemo } from 'react';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { ErrorNote } from '../../_ui/waiting.tsx';
import type { CurveStore } from '../metrics/curve-store.ts';
import { useRunSeries } from '../metrics/use-run-series.ts';
import { RunDuplicatesNotice } from '../duplicates/run-duplicates.tsx';
import { Discussion } from '../threads/discussion.tsx';
import { knownUser } from './known-user.ts';
import { RunActions } from './run-actions.tsx';
import { RunChangesPart } from './run-changes.tsx';
import { RunCapture } from './run-capture.tsx';
import { RunArtifacts } from './run-artifacts.tsx';
import { RunCharts } from './run-charts.tsx';
import { RunConsole } from './run-console.tsx';
import { drawnFrom } from './run-data-mark.ts';
import { RunQuery, RunUpdated, type RunDetail } from './run-documents.ts';
import { RunFacts } from './run-facts.tsx';
import { RunMetricsTable } from './run-metrics-table.tsx';
import { RunParams } from './run-params.tsx';
import { RunRail } from './run-rail.tsx';
import { runStanding, type RunStanding } from './run-standing.ts';
import { RunSystem } from './run-system.tsx';
import { RunStatusWord } from './run-status.tsx';

/** /r/<id>: one execution, live while it lasts. */
export function RunPage({ id }: { readonly id: string }) {
  const [{ data, fetching, error }, again] = useQuery({ query: RunQuery, variables: { id }, requestPolicy: 'cache-and-network' });
  useLive(RunUpdated, [{ id }], again);
  const run = data?.run ?? null;
  useCrumbs(crumbsOf(run, id), run?.experiment.project.slug ?? null, run?.id ?? null);
  if (run === null) return <Absent failure={failureOf(error)} fetching={fetching} what="run" again={again} />;
  return <RunView run={run} onRefresh={again} />;
}

function crumbsOf(run: RunDetail | null, id: string): { label: string; href?: string; mono?: boolean }[] {
  if (run === null) return [{ label: 'Run' }, { label: id.slice(0, 8), mono: true }];
  const { experiment } = run;
  return [{ label: experiment.project.name, href: `/p/${experiment.project.slug}` }, { label: experiment.key, href: `/e/${experiment.key}`, mono: true }, { label: run.name }];
}

const TABS = ['charts', 'metrics', 'config', 'capture', 'artifacts', 'console', 'system', 'discussion'] as const;
type TabKey = (typeof TABS)[number];
const TAB_WORDS: Readonly<Record<TabKey, string>> = { charts: 'Charts', metrics: 'Metrics', config: 'Config', capture: 'Capture', artifacts: 'Artifacts', console: 'Console', system: 'System', discussion: 'Discussion' };

const SUMMARY_EVERY_MS = 10_000;

function RunView({ run, onRefresh }: { readonly run: RunDetail; readonly onRefresh: () => void }) {
  const address = useAddress();
  const live = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  const keys = useMemo(() => run.metrics.map(({ key }) => key), [run.metrics]);
  const store = useRunSeries(run.id, { live, keys });
  const standing = runStanding(run);
  useEffect(() => {
    if (!live) return undefined;
    // Summaries of a running run are not announced with each point; the table may lag a little, the curves do not.
    const timer = setInterval(onRefresh, SUMMARY_EVERY_MS);
    return () => clearInterval(timer);
  }, [live, onRefresh]);
  const tab = TABS.find((one) => one === address.params.get('tab')) ?? 'charts';
  const counts: Partial<Record<TabKey, number>> = { metrics: run.metrics.length, config: run.params.length, discussion: run.threads.totalCount };
  return (
    <>
      <PageHead title={<>{run.name}{run.seed !== null && !/seed/i.test(run.name) && <span className="text-ink-3 font-normal"> seed {run.seed}</span>}</>} meta={<RunMeta run={run} standing={standing} />}>
        <RunActions run={run} />
      </PageHead>
      {standing.remark !== null && <div className="mt-3"><ErrorNote quiet={standing.tone !== 'bad'} title={standing.remark}>{run.excluded !== null && <ExcludedBy exclusion={run.excluded} />}<Ended run={run} /></ErrorNote></div>}
      <RunChangesPart run={run} />
      <RunDuplicatesNotice id={run.id} mayWrite={run.viewerCan.edit} />
      <RunFacts run={run} live={live} store={store} />
      <Tabs label="Run" current={tab} tabs={TABS.map((key) => ({ key, label: TAB_WORDS[key], href: address.href({ tab: key === 'charts' ? null : key, file: null, line: null }), count: counts[key] ?? null }))} />
      <TabBody tab={tab} run={run} store={store} live={live} />
    </>
  );
}

/** How the process of a run ended that did not finish, and the way to the rest. */
function Ended({ run: { id, status, exit } }: { readonly run: RunDetail }) {
  if (exit === null || status === 'FINISHED' || (exit.exitCode === null && exit.signal === null)) return null;
  return <p>{exit.signal === null ? `Exit code ${String(exit.exitCode)}` : `Ended by ${exit.signal}`}: <Link className="lk" href={`/r/${id}?tab=capture`}>how it ended</Link>.</p>;
}

function ExcludedBy({ exclusion }: { readonly exclusion: NonNullable<RunDetail['excluded']> }) {
  return <p>By {exclusion.by?.name ?? 'someone'}, <RelativeTime at={exclusion.at} />.</p>;
}

function RunMeta({ run, standing }: { readonly run: RunDetail; readonly standing: RunStanding }) {
  return (
    <div className="meta">
      <RunStatusWord standing={standing} />
      <InVariant run={run} />
      <span>Started{knownUser(run.userName) && <> by <b>{run.userName}</b></>} {run.startedAt === null ? 'not yet' : <b><RelativeTime at={run.startedAt} /></b>}</span>
      <span>{run.experiment.exploratory ? 'In' : 'Tests'} <Link className="lk" href={`/e/${run.experiment.key}`}>{run.experiment.key} {run.experiment.name}</Link></span>
      {run.parentRunId !== null && <span>Inside <Link className="lk mono" href={`/r/${run.parentRunId}`}>{run.parentRunId.slice(0, 8)}</Link></span>}
      {run.archivedAt !== null && <span className="warn">archived</span>}
    </div>
  );
}

/** One that is left out of the statistics is none of the variant's samples. */
function InVariant({ run: { variant, excluded } }: { readonly run: RunDetail }) {
  if (!variant) return null;
  return <span>{excluded === null ? <>1 of {variant.runCount}</> : <>Besides the {variant.runCount}</>} in variant <b>{variant.label}</b>{variant.role === 'BASELINE' && ', the baseline'}</span>;
}

function TabBody({ tab, run, store, live }: { readonly tab: TabKey; readonly run: RunDetail; readonly store: CurveStore; readonly live: boolean }) {
  const address = useAddress();
  const dataNow = useCallback((metric: string) => drawnFrom(run, metric), [run]);
  const changed = useMemo(() => new Map((run.variant?.changed ?? []).filter((one) => one.kind === 'CONFIG').map((one) => [one.name, one.from] as const)), [run.variant]);
  switch (tab) {
    case 'charts': return <div className="cols"><RunCharts run={run} store={store} live={live} /><RunRail run={run} /></div>;
    case 'metrics': return <RunMetricsTable run={run} />;
    case 'config': return <RunParams run={run} changed={changed} />;
    case 'capture': return <RunCapture runId={run.id} />;
    case 'artifacts': return <RunArtifacts run={run} path={address.params.get('file')} onPath={(path) => address.set({ file: path, line: null })} />;
    case 'system': return <RunSystem runId={run.id} store={store} live={live} />;
    case 'console': return <RunConsole run={run} />;
    case 'discussion': return <Discussion dataNow={dataNow} subject={run.id} mayComment={run.viewerCan.comment} draftAnchor={null} emptyFact="No discussion of this run yet." />;
  }
}
