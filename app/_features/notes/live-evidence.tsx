'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useClient } from 'urql';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Absent } from '../../_ui/absent.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { useExperiment } from '../experiments/use-experiment.ts';
import { LearningCurves } from '../metrics/learning-curves.tsx';
import { ExperimentRuns, experimentColumns } from '../runs/experiment-runs.tsx';
import { bothFilters, experimentFilter, orderText } from '../runs/run-columns.ts';
import { RunTableQuery } from '../runs/run-table-documents.ts';
import { viewFrom } from '../runs/run-view.ts';
import { VariantsTable } from '../variants/variants-table.tsx';
import { VerdictSection } from '../verdicts/verdict-section.tsx';
import type { EvidenceKind, Frozen } from './evidence.ts';
import { keptCurves } from './frozen-curves.ts';
import { keptExperiment, MOST_FROZEN_RUNS } from './frozen-experiment.ts';

/** Makes what is shown now into what is kept; null while there is nothing. */
export type Freeze = () => Promise<Pick<Frozen, 'digest' | 'content'> | null>;

interface LiveEvidenceProps {
  readonly kind: EvidenceKind;
  readonly experimentKey: string;
  /** Told how what is shown now is kept, and null when it goes. */
  readonly onFreezable: (freeze: Freeze | null) => void;
}

/** The experiment's own figures, kept fresh as they are on its page. What is chosen in them stays in the note. */
export function LiveEvidence({ kind, experimentKey, onFreezable }: LiveEvidenceProps) {
  const chosen = useAddress().params.get('metric');
  const { experiment, metric, fetching, error, again } = useExperiment(experimentKey, { chosen, withMeans: true });
  const shown = useMemo(() => experiment && readOnly(experiment), [experiment]);
  if (shown === null) return <Absent failure={failureOf(error)} fetching={fetching} what="experiment" again={again} />;
  return <Figure kind={kind} experiment={shown} metric={metric} onFreezable={onFreezable} />;
}

/** In a text one looks: what changes the experiment stays on its page. */
const readOnly = (experiment: ExperimentDetail): ExperimentDetail => ({ ...experiment, viewerCan: { ...experiment.viewerCan, edit: false, comment: false } });

interface FigureProps extends Pick<LiveEvidenceProps, 'kind' | 'onFreezable'> { readonly experiment: ExperimentDetail; readonly metric: string | null }

function Figure({ kind, experiment, metric, onFreezable }: FigureProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<readonly ChartSeries[]>([]);
  const onDrawn = useCallback((series: readonly ChartSeries[]) => { drawn.current = series; }, []);
  const address = useAddress();
  const runs = useRunsKept(experiment, metric);
  useEffect(() => {
    onFreezable(async () => {
      const digest = experiment.evidenceDigest;
      if (kind === 'runs') return { digest, content: await runs() };
      if (kind !== 'chart') return { digest, content: keptExperiment(experiment, { metric, of: kind }) };
      if (drawn.current.length === 0) return null;
      const caption = box.current?.querySelector('figcaption')?.textContent ?? '';
      return { digest, content: { metric, caption, query: address.params.toString(), ...keptCurves(drawn.current) } };
    });
    return () => onFreezable(null);
  });
  return (
    <div ref={box}>
      {kind === 'verdict' && (experiment.hypothesis === null ? <p className="hint">This experiment has no hypothesis yet, so nothing can be supported or refuted.</p> : <VerdictSection experiment={experiment} onComment={undefined} />)}
      {kind === 'comparison' && <VariantsTable experiment={experiment} metric={metric} />}
      {kind === 'chart' && (metric === null ? <p className="hint">No run has logged a metric yet.</p> : <LearningCurves experiment={experiment} metric={metric} onComment={undefined} onDrawn={onDrawn} />)}
      {kind === 'runs' && <ExperimentRuns experiment={experiment} metric={metric} />}
    </div>
  );
}

/** The first rows of the table as it is ordered and filtered. */
function useRunsKept(experiment: ExperimentDetail, metric: string | null): () => Promise<Frozen['content']> {
  const client = useClient();
  const { params } = useAddress();
  return async () => {
    const view = viewFrom(params);
    const columns = view.columns ?? experimentColumns(experiment, metric);
    const keys = (kind: 'metric' | 'param' | 'tag'): string[] => columns.filter((column) => column.kind === kind).map(({ key }) => key);
    const { data } = await client.query(RunTableQuery, {
      slug: experiment.project.slug, filter: bothFilters(experimentFilter(experiment.key), view.filter), orderBy: orderText(view.sort), first: MOST_FROZEN_RUNS, skip: 0, metrics: keys('metric'), params: keys('param'), tags: keys('tag'),
    }, { requestPolicy: 'network-only' }).toPromise();
    return { columns, rows: data?.runs.nodes ?? [], total: data?.runs.totalCount ?? 0 };
  };
}
