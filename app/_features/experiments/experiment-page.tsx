'use client';

import { failureOf } from '../../_graphql/refusal.ts';
import { useCrumbs } from '../../_shell/crumbs.tsx';
import { Absent } from '../../_ui/absent.tsx';
import { PageHead } from '../../_ui/section.tsx';
import { Tabs } from '../../_ui/tabs.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { CompareRuns } from '../runs/compare-runs.tsx';
import { ExperimentRuns } from '../runs/experiment-runs.tsx';
import { ReviewRail } from '../reviews/review-rail.tsx';
import { ExperimentActions } from './experiment-actions.tsx';
import { ExperimentDiscussion } from './experiment-discussion.tsx';
import { ExperimentCharts, useMetricKeys } from './experiment-charts.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';
import { ExperimentMeta } from './experiment-meta.tsx';
import { DeletedWithRuns } from './no-runs-yet.tsx';
import { ExperimentOverview } from './experiment-overview.tsx';
import { useExperiment } from './use-experiment.ts';

export type ExperimentTab = 'overview' | 'charts' | 'runs' | 'compare' | 'discussion';

const TABS: readonly ExperimentTab[] = ['overview', 'charts', 'runs', 'compare', 'discussion'];
const WORDS: Readonly<Record<ExperimentTab, string>> = { overview: 'Overview', charts: 'Charts', runs: 'Runs', compare: 'Compare', discussion: 'Discussion' };

/** /e/<key>: one test of one hypothesis. */
export function ExperimentPage({ experimentKey, only }: { readonly experimentKey: string; /** The compare page has an address of its own. */ readonly only?: ExperimentTab }) {
  const address = useAddress();
  const chosen = address.params.get('metric');
  const tab = only ?? TABS.find((one) => one === address.params.get('tab')) ?? 'overview';
  const { experiment, metric, fetching, error, again } = useExperiment(experimentKey, { chosen, withMeans: tab === 'overview' });
  useMetricKeys(experimentKey, tab !== 'charts');
  useCrumbs(crumbsOf(experiment, experimentKey), experiment?.project.slug ?? null, experiment?.id ?? null);
  if (experiment === null) return <Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} />;
  return <ExperimentView experiment={experiment} tab={tab} metric={metric} onChanged={again} />;
}

interface ExperimentViewProps {
  readonly experiment: ExperimentDetail;
  readonly tab: ExperimentTab;
  readonly metric: string | null;
  readonly onChanged: () => void;
}

function ExperimentView({ experiment, tab, metric, onChanged }: ExperimentViewProps) {
  return (
    <div className="cols">
      <div>
        <PageHead title={experiment.name} meta={<ExperimentMeta experiment={experiment} />}><ExperimentActions experiment={experiment} /></PageHead>
        {experiment.description && <p className="mt-2 text-ink-2 max-w-[44em]">{experiment.description}</p>}
        <Tabs label="Experiment" current={tab} tabs={[...TABS.map((key) => ({ key, label: WORDS[key], href: hrefOf(experiment.key, key), count: countOf(experiment, key) })), { key: 'lineage', label: 'Lineage', href: `/e/${experiment.key}/lineage` }]} />
        <TabBody tab={tab} experiment={experiment} metric={metric} />
      </div>
      <ReviewRail experiment={experiment} onChanged={onChanged} withThreads={tab !== 'discussion'} />
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
  return [{ label: project.name, href: `/p/${project.slug}` }, { label: 'Experiments', href: `/p/${project.slug}?view=experiments` }, { label: experiment.key, mono: true }];
}

function TabBody({ tab, experiment, metric }: { readonly tab: ExperimentTab; readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  if (experiment.deletedAt !== null && experiment.runCount === 0 && (tab === 'runs' || tab === 'compare')) return <DeletedWithRuns experiment={experiment} />;
  switch (tab) {
    case 'overview': return <ExperimentOverview experiment={experiment} metric={metric} />;
    case 'charts': return <ExperimentCharts experiment={experiment} />;
    case 'runs': return <ExperimentRuns experiment={experiment} metric={metric} />;
    case 'compare': return <CompareRuns experiment={experiment} metric={metric} charts={(ids) => <ExperimentCharts experiment={experiment} only={ids} />} />;
    case 'discussion': return <ExperimentDiscussion experiment={experiment} />;
  }
}
