'use client';

import Link from 'next/link';
import { tickTexts } from '../../_charts/number-words.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { formatDay } from '../../_ui/moments.ts';
import { count, decimalsFor, formatInterval, formatNumber } from '../../_ui/numbers.ts';
import { useNow } from '../../_ui/relative-time.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { ProjectUpdated } from '../projects/project-query.ts';
import { layOutBest, type BestLayout } from './best-layout.ts';
import { BestResultQuery, type BestResult, type ShownMilestone } from './dashboard-documents.ts';

const MOST_LISTED = 6;
const STANDING: Readonly<Record<ShownMilestone['standing'], string>> = { BASELINE: 'the baseline', NEW_BEST: 'new best', WITHIN_NOISE: 'supported, within the noise of the best' };

/** How the best result of a metric moved, from the baseline on and by supported verdicts alone, and the milestones by name. */
export function BestPanel({ slug, metric, direction }: { readonly slug: string; readonly metric: string; readonly direction: 'INCREASE' | 'DECREASE' }) {
  const [{ data }, again] = useQuery({ query: BestResultQuery, variables: { slug, metric, direction }, requestPolicy: 'cache-and-network' });
  const now = useNow();
  useLive(ProjectUpdated, [{ slug }], again);
  const best = data?.project?.bestResult;
  if (!best || now === null) return <Loading rows={4} label="Reading the best results" />;
  const layout = layOutBest(best.milestones, now);
  if (!layout) return <Empty fact={<>No hypothesis about <span className="mono">{metric}</span> has a verdict yet, so there is no best result to show.</>} steps={['Run the baseline and the change with a few seeds each.', 'The baseline, and what is supported against it, appear here with their intervals.']} />;
  return (
    <>
      <Plot layout={layout} best={best} now={now} />
      <p className="cap"><b>{finding(best)}</b> Band and whiskers: 95 %.{best.milestones.some(({ standing }) => standing === 'WITHIN_NOISE') && ' Open dots are within the noise and do not move the line.'}</p>
      <ol className="dash-list" reversed aria-label="Milestones, newest first">
        {best.milestones.toReversed().slice(0, MOST_LISTED).map((milestone) => <MilestoneLine key={`${milestone.standing}${milestone.at}${milestone.experiment?.id ?? ''}`} of={milestone} now={now} />)}
      </ol>
    </>
  );
}

function finding({ metric, milestones }: BestResult): string {
  const best = milestones.findLast(({ standing }) => standing !== 'WITHIN_NOISE');
  if (!best) return '';
  const where = best.experiment?.name ?? 'an experiment that is gone';
  return best.standing === 'BASELINE' ? `Nothing beats the baseline yet: ${metric} ${figures(best)}, of ${where}.` : `The best ${metric} is ${figures(best)}, of ${where}.`;
}

function figures({ mean, low, high, n }: ShownMilestone): string {
  if (low === null || high === null) return `${formatNumber(mean)} (all ${n} repeats alike)`;
  const decimals = decimalsFor(low, high);
  return `${formatNumber(mean, { decimals })} ${formatInterval(low, high, decimals)}, n = ${n}`;
}

const MilestoneLine = ({ of: milestone, now }: { readonly of: ShownMilestone; readonly now: number }) => (
  <li>
    <span className="num">{formatDay(new Date(milestone.at), new Date(now))}</span>
    <span className="min-w-0">{milestone.experiment ? <Link className="ti" href={`/e/${milestone.experiment.key}`}>{milestone.experiment.name}</Link> : 'An experiment that is gone'} <span className="text-ink-3">{STANDING[milestone.standing]}{milestone.approved ? ', approved' : ''}</span></span>
    <span className="num text-ink-2">{figures(milestone)}</span>
  </li>
);

function Plot({ layout, best: { metric, milestones }, now }: { readonly layout: BestLayout; readonly best: BestResult; readonly now: number }) {
  const marks = layout.yTicks.map(({ at }) => at);
  const texts = tickTexts(marks, [marks[0] ?? 0, marks.at(-1) ?? 0]);
  return (
    <div className="ch dash-plot" role="img" aria-label={`Best ${metric} over time, in ${count(milestones.length, 'milestone')}. The list below says each.`}>
      <div className="yy">{layout.yTicks.map(({ at, y }, place) => <span key={at} style={{ top: `${y}%` }}>{texts[place]}</span>)}</div>
      <div className="pl">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {layout.yTicks.map(({ at, y }) => <path key={at} className="g" d={`M0 ${y}H100`} />)}
          <path className="bd" d={layout.band} fill="var(--c1)" />
          <path className="ln" d={layout.line} stroke="var(--c1)" />
          {layout.dots.map(({ key, x, y, low, high, best }) => (
            <g key={key} stroke={best ? 'var(--c1)' : 'var(--ink-3)'}><path d={`M${x} ${low}V${high}`} strokeWidth="1.25" /><path className="d" d={`M${x} ${y}h0`} />{best ? null : <path className="d o" d={`M${x} ${y}h0`} />}</g>
          ))}
        </svg>
      </div>
      <div className="xx"><span className="l" style={{ left: '2%' }}>{formatDay(new Date(milestones[0]?.at ?? now), new Date(now))}</span><span className="e" style={{ left: '100%' }}>today</span></div>
    </div>
  );
}
