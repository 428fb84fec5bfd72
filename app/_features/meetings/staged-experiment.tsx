'use client';

import Link from 'next/link';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { count } from '../../_ui/numbers.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { tellingFirst } from '../../../domain/metrics/telling.ts';
import { ExperimentCharts } from '../experiments/experiment-charts.tsx';
import { ExperimentQuery, type ExperimentDetail } from '../experiments/experiment-documents.ts';
import { ExperimentOverview } from '../experiments/experiment-overview.tsx';
import { ExperimentDiscussion } from '../experiments/experiment-discussion.tsx';
import { useExperimentNews } from '../experiments/use-experiment-news.ts';
import { ExperimentRuns } from '../runs/experiment-runs.tsx';

const TABS = ['overview', 'charts', 'runs', 'discussion'] as const;
const WORDS = { overview: 'Evidence', charts: 'Charts', runs: 'Runs', discussion: 'Discussion' } as const;

/** The experiment itself, live, as on its own page: what is presented is never a picture of it. */
export function StagedExperiment({ experimentKey }: { readonly experimentKey: string }) {
  const { params, set } = useAddress();
  const tab = TABS.find((one) => one === params.get('tab')) ?? 'overview';
  const [{ data, fetching, error }, again] = useQuery({ query: ExperimentQuery, variables: { key: experimentKey, metric: params.get('metric') }, requestPolicy: 'cache-and-network' });
  useExperimentNews(experimentKey, again);
  const experiment = data?.experiment ?? null;
  if (experiment === null) return <Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} />;
  const metric = params.get('metric') ?? experiment.hypothesis?.metric ?? tellingFirst(experiment.metricKeys)[0] ?? null;
  return (
    <>
      <div className="row wrap text-12 text-ink-3 mb-3">
        <span className="id">{experiment.key}</span>
        <span>{[experiment.owner?.name, count(experiment.runCount, 'run')].filter(Boolean).join(', ')}</span>
        <span className="sp" />
        {TABS.map((one) => <button key={one} type="button" className="stage-tab" aria-pressed={tab === one} onClick={() => set({ tab: one === 'overview' ? null : one })}>{WORDS[one]}</button>)}
        <Link className="lk" href={`/e/${experiment.key}`}>open experiment</Link>
      </div>
      <h2 className="vh">{experiment.name}</h2>
      <Part tab={tab} experiment={experiment} metric={metric} />
    </>
  );
}

function Part({ tab, experiment, metric }: { readonly tab: (typeof TABS)[number]; readonly experiment: ExperimentDetail; readonly metric: string | null }) {
  switch (tab) {
    case 'overview': return <ExperimentOverview experiment={experiment} metric={metric} />;
    case 'charts': return <ExperimentCharts experiment={experiment} />;
    case 'runs': return <ExperimentRuns experiment={experiment} metric={metric} />;
    case 'discussion': return <ExperimentDiscussion experiment={experiment} />;
  }
}
