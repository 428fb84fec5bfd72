'use client';

import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { CompareRuns } from '../runs/compare-runs.tsx';
import { ExperimentRuns } from '../runs/experiment-runs.tsx';
import { ReviewRail } from '../reviews/review-rail.tsx';
import { Discussion } from '../threads/discussion.tsx';
import { ExperimentActions } from './experiment-actions.tsx';
import { ExperimentQuery, ExperimentUpdated, type ExperimentDetail } from './experiment-documents.ts';
import { ExperimentMeta } from './experiment-meta.tsx';
import { ExperimentOverview } from './experiment-overview.tsx';

export type ExperimentTab = 'overview' | 'runs' | 'compare' | 'discussion';

const TABS: readonly ExperimentTab[] = ['overview', 'runs', 'compare', 'discussion'];
const WORDS: Readonly<Record<ExperimentTab, string>> = { overview: 'Overview', runs: 'Runs', compare: 'Compare', discussion: 'Discussion' };

/** /e/<key>: one test of one hypothesis. */
export function ExperimentPage({ experimentKey, only }: { readonly experimentKey: string; /** The compare page has an address of its own. */ readonly only?: ExperimentTab }) {
  const address = useAddress();
  const chosen = address.params.get('metric');
  const [fallback, setFallback] = useState<string | null>(null);
  const [{ data, fetching, error }, read] = useQuery({ query: ExperimentQuery, variables: { key: experimentKey, metric: chosen ?? fallback }, requestPolicy: 'cache-and-network' });
  const again = useCallback(() => read({ requestPolicy: 'network-only' }), [read]);
  useLive(ExperimentUpdated, [{ key: experimentKey }], again);
  const experiment = data?.experiment ?? null;
  useCrumbs(crumbsOf(experiment, experimentKey), experiment?.project.slug ?? null);
  // Without a hypothesis nothing names a metric: show the first one that was logged.
  const first = experiment === null ? null : unnamedMetric(experiment);
  if (first !== null && chosen === null && fallback === null) setFallback(first);
  if (experiment === null) return <div className="page"><Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} /></div>;
  const tab = only ?? TABS.find((one) => one === address.params.get('tab')) ?? 'overview';
  return <ExperimentView experiment={experiment} tab={tab} metric={chosen ?? experiment.hypothesis?.metric ?? fallback} onChanged={again} />;
}

function unnamedMetric(experiment: ExperimentDetail): string | null {
  return experiment.hypothesis?.metric ? null : (experiment.metricKeys.find((key) => !key.startsWith('system/')) ?? null);
}

interface ExperimentViewProps {
  readonly experiment: ExperimentDetail;
  readonly tab: ExperimentTab;
  readonly metric: string | null;
  readonly onChanged: () => void;
}

function ExperimentView({ experiment, tab, metric, onChanged }: ExperimentViewProps) {
  return (
    <div className="page">
      <div className="cols">
        <div>
          <PageHead title={experiment.name} meta={<ExperimentMeta experiment={experiment} />}><ExperimentActions experiment={experiment} /></PageHead>
          {experiment.description && <p className="mt-2 text-ink-2 max-w-[44em]">{experiment.description}</p>}
          <Tabs label="Experiment" current={tab} tabs={TABS.map((key) => ({ key, label: WORDS[key], href: hrefOf(experiment.key, key), count: countOf(experiment, key) }))} />
          <TabBody tab={tab} experiment={experiment} metric={metric} />
        </div>
        <ReviewRail experiment={experiment} onChanged={onChanged} />
      </div>
    </div>
  );
}

function hrefOf(key: string, tab: ExperimentTab): string {
  if (tab === 'compare') return `/e/${key}/compare`;
  return tab === 'overview' ? `/e/${key}` : `/e/${key}?tab=${tab}`;
}

function countOf(experiment: ExperimentDetail, tab: ExperimentTab): number | null {
  if (tab === 'runs') return experiment.runCount;
  return tab === 'discussion' ? experiment.threads.totalCount : null;
}

function crumbsOf(experiment: ExperimentDetail | null, key: string): { label: string; href?: string; mono?: boolean }[] {
  if (experiment === null) return [{ label: key, mono: true }];
  const { project } = experiment;
  return [{ label: project.name, href: `/p/${project.slug}` }, { label: 'Experiments', href: `/p/${project.slug}?tab=experiments` }, { label: experiment.key, mono: true }];
}

function TabBody({ tab, experiment, metric }: { readonly tab: ExperimentTab; readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  switch (tab) {
    case 'overview': return <ExperimentOverview experiment={experiment} metric={metric} />;
    case 'runs': return <ExperimentRuns experiment={experiment} metric={metric} />;
    case 'compare': return <CompareRuns experiment={experiment} metric={metric} />;
    case 'discussion': return <Discussion subject={experiment.id} mayComment={experiment.viewerCan.comment} draftAnchor={null} emptyFact="Nothing has been said about this experiment yet. A thread can point at the verdict or at a point of a curve." />;
  }
}
