'use client';

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ChartControls, X_NAMES } from '../../_charts/chart-controls.tsx';
import { ChartDataTable } from '../../_charts/chart-data-table.tsx';
import { ChartMenu } from '../../_charts/chart-menu.tsx';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import type { ChartSeries, Span } from '../../_charts/chart-series.ts';
import { chartViewFrom, chartViewParams } from '../../_charts/chart-view.ts';
import { sharedName } from '../../_charts/short-labels.ts';
import { LineChart } from '../../_charts/line-chart.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { chartAnchor, type Drawn } from '../threads/chart-anchor.ts';
import { useChartPins } from '../threads/use-chart-threads.tsx';
import { curveFinding, learningCurves, type CurveRun } from './learning-curves-data.ts';
import { useChartGroup } from './use-chart-group.ts';
import { MOST_RUNS, useExperimentCurves } from './use-experiment-curves.ts';

interface LearningCurvesProps {
  readonly experiment: ExperimentDetail;
  readonly metric: string | null;
  readonly onComment: ((anchor: ThreadAnchor) => void) | undefined;
  /** Told the lines whenever they are drawn anew, for whoever keeps them. */
  readonly onDrawn?: (series: readonly ChartSeries[]) => void;
}

const NO_PINS: readonly ChartPin[] = [];

/** Figure 2: how the metric moved, a mean and a band per variant or a line per run, live while runs go on. */
export function LearningCurves({ experiment, metric, onComment, onDrawn }: LearningCurvesProps) {
  const address = useAddress();
  const view = chartViewFrom(address.params);
  const lines = address.params.get('curves') === 'runs' ? 'runs' : 'variants';
  const { runs, curves, failure, loading, cut, again } = useExperimentCurves({
    slug: experiment.project.slug, experimentKey: experiment.key, metric, runCount: experiment.runCount, lines, xKind: view.xKind,
    version: `${experiment.runCount} ${experiment.activeRunCount} ${experiment.evidenceDigest} ${experiment.evidence.excludedRuns}`,
  });
  const keep = useMemo(() => keptVariants(experiment), [experiment]);
  const baselineId = experiment.baseline?.id ?? null;
  const series = useMemo(() => learningCurves({ runs, curves }, { xKind: view.xKind, lines, baselineId, keep, order: experiment.variants.map((variant) => variant.id) }), [runs, curves, view.xKind, lines, baselineId, keep, experiment.variants]);
  useEffect(() => onDrawn?.(series), [onDrawn, series]);
  const pins = usePins(experiment.id, metric, view.xKind === 'step');
  const group = useChartGroup();
  const zoom = useSyncExternalStore(group.subscribe, group.zoom, group.zoom);
  const [tableShown, setTableShown] = useState(false);
  if (metric === null) return null;
  const title = `Learning curves, ${metric}`;
  const commenting = commentingOn({ metric, series, yKind: view.yKind, drawnFrom: experiment.evidenceDigest }, view.xKind === 'step' ? onComment : undefined);
  return (
    <section className="sec" aria-label="Learning curves">
      <figure className="fig" style={{ margin: 0 }}>
        <div className="fig-h tools">
          <FigureName experiment={experiment} metric={metric} log={view.yKind === 'log'} linesBy={sharedName(series)} />
          <span className="sp" />
          <LinesChoice lines={lines} onLines={(next) => address.set({ curves: next === 'runs' ? 'runs' : null })} />
          <ChartControls view={view} onChange={(next) => address.set(chartViewParams(next, view))} />
          <ChartMenu title={title} xName={X_NAMES[view.xKind]} series={series} view={{ ...view, zoom }} tableShown={tableShown} onTable={setTableShown} />
        </div>
        {failure !== null && <NotRead title="The curves could not be read." failure={failure} again={again} />}
        <LineChart
          title={title} series={series} view={view} group={group} pins={pins}
          emptyText={loading ? 'Reading the curves' : `No run logged ${metric} over steps.`}
          {...commenting}
        />
        {tableShown && <ChartDataTable title={title} xName={X_NAMES[view.xKind]} series={series} />}
        <figcaption className="cap"><Caption series={series} runs={runs} experiment={experiment} lines={lines} />{cut && ` The newest ${MOST_RUNS} runs; the others are left out.`}</figcaption>
      </figure>
    </section>
  );
}

/** Ways to begin a thread at a step and about a window of steps, each with what is drawn there. */
function commentingOn(drawn: Drawn, onComment: LearningCurvesProps['onComment']) {
  if (onComment === undefined) return {};
  const begin = (at: number | Span): void => onComment(chartAnchor(drawn, at));
  return { onComment: begin, onCommentRange: begin };
}

/** Pins of the metric shown; over time a step has no place. */
function usePins(subject: string, metric: string | null, overSteps: boolean): readonly ChartPin[] {
  const pins = useChartPins(subject);
  return (overSteps && metric !== null ? pins.get(metric) : undefined) ?? NO_PINS;
}

/** Beyond eight variants: the one the verdict speaks of, then by size of effect. */
function keptVariants(experiment: ExperimentDetail): string[] {
  const spoken = experiment.verdict?.treatment?.id;
  const size = (variant: ExperimentDetail['variants'][number]): number => Math.abs(variant.comparison?.effect ?? 0);
  const sorted = experiment.variants.toSorted((a, b) => size(b) - size(a)).map((variant) => variant.id);
  return spoken === undefined ? sorted : [spoken, ...sorted.filter((id) => id !== spoken)];
}

function Caption({ series, runs, experiment, lines }: { readonly series: readonly ChartSeries[]; readonly runs: readonly CurveRun[]; readonly experiment: ExperimentDetail; readonly lines: 'variants' | 'runs' }) {
  if (series.length === 0) return null;
  const live = runs.filter((run) => run.status === 'RUNNING').length;
  const liveText = liveWords(live);
  if (lines === 'runs') return <>One line a run, in the colour of its variant.{liveText}</>;
  const means = series.filter((line) => line.band !== undefined);
  if (means.length === 0) return <><b>One run a variant: these curves prove nothing yet.</b> Repeats with other seeds would show how much is chance.{liveText}</>;
  const finding = curveFinding(series, experiment.baseline?.id ?? null, experiment.verdict?.treatment?.id ?? null);
  return <>{finding !== null && <b>{finding} </b>}{bandWords(means)}{means.length < series.length - live && ' Lines without a band are single runs.'}{liveText}</>;
}

function bandWords(means: readonly ChartSeries[]): string {
  const counts = means.map((line) => (line.counts ?? []).reduce((most, n) => Math.max(most, n), 0));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `Mean of ${least === most ? least : `${least} to ${most}`} repeats with pointwise 95\u00A0% bands.`;
}

function FigureName({ experiment, metric, log, linesBy }: { readonly experiment: ExperimentDetail; readonly metric: string; readonly log: boolean; readonly linesBy: string | null }) {
  const hasForest = (experiment.verdict?.comparisons.length ?? 0) > 0;
  return <><b>{hasForest ? 'Figure 2' : 'Figure 1'}</b><span className="tr"><span className="p2">Learning curves, </span><span className="mono">{metric}</span>{log && ', log'}{linesBy !== null && <> by <span className="mono">{linesBy}</span></>}</span></>;
}

function LinesChoice({ lines, onLines }: { readonly lines: 'variants' | 'runs'; readonly onLines: (lines: 'variants' | 'runs') => void }) {
  return (
    <div className="seg" role="group" aria-label="Lines">
      <button type="button" aria-pressed={lines === 'variants'} onClick={() => onLines('variants')}>Variants</button>
      <button type="button" aria-pressed={lines === 'runs'} onClick={() => onLines('runs')}>Runs</button>
    </div>
  );
}

function liveWords(live: number): string {
  if (live === 0) return '';
  return live === 1 ? ' One run still goes on.' : ` ${live} runs still go on.`;
}
