'use client';

import Link from 'next/link';
import { useState } from 'react';
import { failureOf } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Absent } from '../../_ui/absent.tsx';
import { ButtonLink } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { count, decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { Empty } from '../../_ui/waiting.tsx';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { SingleRun } from '../verdicts/effect.tsx';
import { effectScale, type Scale } from '../verdicts/interval-geometry.ts';
import { IntervalGlyph } from '../verdicts/interval-glyph.tsx';
import { neededRepeats } from '../verdicts/needed-repeats.ts';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { BoardQuery, ProjectUpdated, type BoardHypothesis, type ProjectHead } from './project-query.ts';
import { WithoutHypothesis } from './without-hypothesis.tsx';

const COLUMNS = ['PROPOSED', 'TESTING', 'SUPPORTED', 'REFUTED', 'INCONCLUSIVE'] as const;
const SHOWN_A_COLUMN = 8;

type Test = BoardHypothesis['experiments']['nodes'][number];

/** The test a card speaks of: the newest with a verdict, else the newest. */
const testOf = (hypothesis: BoardHypothesis): Test | null => hypothesis.experiments.nodes.find((test) => test.verdict) ?? hypothesis.experiments.nodes[0] ?? null;

/** One scale a metric, shared by all its cards: effects in different units never share one. */
function scalesOf(hypotheses: readonly BoardHypothesis[]): ReadonlyMap<string, Scale> {
  const groups = Map.groupBy(hypotheses.filter((hypothesis) => testOf(hypothesis)?.verdict), (hypothesis) => testOf(hypothesis)?.verdict?.metric ?? '');
  return new Map([...groups].map(([metric, same]) => [metric, effectScale(
    same.map((hypothesis) => { const verdict = testOf(hypothesis)?.verdict; return { mid: verdict?.effect ?? null, low: verdict?.ciLow ?? null, high: verdict?.ciHigh ?? null }; }),
    same.map((hypothesis) => hypothesis.minEffect),
  )]));
}

export function HypothesisBoard({ project }: { readonly project: ProjectHead }) {
  const slug = project.slug;
  const [abandonedToo, setAbandonedToo] = useState(false);
  const [{ data, error, fetching }, refresh] = useQuery({ query: BoardQuery, variables: { slug }, requestPolicy: 'cache-and-network' });
  useLive(ProjectUpdated, [{ slug }], refresh);
  const hypotheses = data?.project?.hypotheses.nodes;
  if (!hypotheses) return <Absent failure={failureOf(error)} fetching={fetching} what="project" again={refresh} />;
  const scales = scalesOf(hypotheses);
  const abandoned = hypotheses.filter((hypothesis) => hypothesis.status === 'ABANDONED').length;
  const columns = abandonedToo ? [...COLUMNS, 'ABANDONED' as const] : COLUMNS;
  return (
    <>
      {hypotheses.length === 0 ? <NoHypothesis project={project} /> : (
        <section aria-label="Hypotheses by status">
          <p className="hint flex flex-wrap gap-x-4">
            <span className="p2">{scaleNote(scales)}</span><span className="sp" />
            {abandoned > 0 ? <button type="button" className="lk" onClick={() => setAbandonedToo((now) => !now)}>{abandonedToo ? 'Hide abandoned' : `${abandoned} abandoned, hidden`}</button> : null}
          </p>
          <div className="board" tabIndex={0} role="region" aria-label="Board" style={abandonedToo ? { gridTemplateColumns: 'repeat(6, minmax(0, 1fr))' } : undefined}>
            {columns.map((status) => <BoardColumn key={status} status={status} scales={scales} hypotheses={hypotheses.filter((hypothesis) => hypothesis.status === status)} />)}
          </div>
        </section>
      )}
      <WithoutHypothesis slug={slug} mayWrite={project.viewerCan.write} />
    </>
  );
}

function scaleNote(scales: ReadonlyMap<string, Scale>): string {
  const [only] = scales;
  if (!only) return 'Whiskers appear with the first verdict; the dotted line is the bar.';
  if (scales.size > 1) return 'Whiskers share one scale for each metric; the dotted line is the bar.';
  const [metric, { min, max }] = only;
  return `Whiskers share one scale: ${formatNumber(min)} to ${formatNumber(max, { sign: true })} in ${metric}; the dotted line is the bar.`;
}

const NoHypothesis = ({ project }: { readonly project: ProjectHead }) => (
  <Empty fact="No hypothesis yet. Without one, a result can be called whatever one likes afterwards." steps={['Say what you will change and which metric it should move.', 'Say by how much at least, and why.', 'Run the baseline and the change with the same few seeds.']}>
    {project.viewerCan.write ? <ButtonLink look="primary" hint="N" href={`/p/${project.slug}/hypotheses/new`}>New hypothesis</ButtonLink> : null}
  </Empty>
);

interface BoardColumnProps { readonly status: BoardHypothesis['status']; readonly hypotheses: readonly BoardHypothesis[]; readonly scales: ReadonlyMap<string, Scale> }

function BoardColumn({ status, hypotheses, scales }: BoardColumnProps) {
  const [all, setAll] = useState(false);
  const shown = all ? hypotheses : hypotheses.slice(0, SHOWN_A_COLUMN);
  return (
    <section aria-label={`${status.toLowerCase()}, ${hypotheses.length}`} className={hypotheses.length === 0 ? 'p2' : undefined}>
      <div className="sec-h"><VerdictBadge of={wordOf(status)} /><span className="num">{hypotheses.length}</span></div>
      {hypotheses.length === 0 ? <p className="hint pt-3">none</p> : <ul>{shown.map((hypothesis) => <Card key={hypothesis.id} hypothesis={hypothesis} scales={scales} />)}</ul>}
      {hypotheses.length > shown.length ? <button type="button" className="lk hint mt-2" onClick={() => setAll(true)}>{hypotheses.length - shown.length} more</button> : null}
    </section>
  );
}

function Card({ hypothesis, scales }: { readonly hypothesis: BoardHypothesis; readonly scales: ReadonlyMap<string, Scale> }) {
  const test = testOf(hypothesis);
  return (
    <li className="card">
      <Link href={`/h/${hypothesis.id}`}><HypothesisSentence of={hypothesis} size="small" withReason={false} /></Link>
      {test?.verdict ? <Found verdict={test.verdict} scale={scales.get(test.verdict.metric)} bar={hypothesis.minEffect} /> : null}
      <div className="row mt-1 gap-1.5 text-12 text-ink-3">
        {test ? <Link className="id hover:text-accent" href={`/e/${test.key}`}>{test.key}</Link> : null}
        <span className="tr" title={standingOf(hypothesis, test)}>{standingOf(hypothesis, test)}</span><span className="sp" />
        {hypothesis.author ? <Initials letters={hypothesis.author.initials} name={hypothesis.author.name} /> : null}
      </div>
    </li>
  );
}

/** What there is to say beside the key: approval, repeats, or what comes next. */
function standingOf(hypothesis: BoardHypothesis, test: Test | null): string {
  if (!test) return hypothesis.grade === 'STRONG' ? 'no experiment yet' : `grade ${hypothesis.grade.toLowerCase()}, no experiment yet`;
  if (test.approval === 'STALE') return 'approval stale';
  const needed = test.verdict && neededRepeats(test.verdict);
  if (needed) return needed;
  if (test.verdict) return `n = ${Math.min(test.verdict.baselineRuns, test.verdict.treatmentRuns)}${test.approval === 'APPROVED' ? ', approved' : ''}`;
  return test.activeRunCount > 0 ? `${count(test.activeRunCount, 'run')} going` : count(test.runCount, 'run');
}

function Found({ verdict, scale, bar }: { readonly verdict: NonNullable<Test['verdict']>; readonly scale: Scale | undefined; readonly bar: number | null }) {
  if (verdict.effect === null || !scale) return null;
  const decimals = decimalsFor(verdict.ciLow, verdict.ciHigh);
  return (
    <div className="est mt-1.5">
      {verdict.ciLow === null ? <SingleRun /> : <IntervalGlyph mid={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} scale={scale} bar={bar} kind={kindOf(verdict.outcome)} width={96} />}
      <span className="num text-12">{formatNumber(verdict.effect, { decimals, sign: true })}</span>
      <span className={`v v-${wordOf(verdict.outcome)} text-12`}>{wordOf(verdict.outcome)}</span>
      <span className="vh"> on {verdict.metric}{verdict.ciLow === null || verdict.ciHigh === null ? '' : `, very likely between ${formatNumber(verdict.ciLow, { decimals })} and ${formatNumber(verdict.ciHigh, { decimals })}`}</span>
    </div>
  );
}
