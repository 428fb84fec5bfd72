'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Mention } from '../../../domain/richtext/mentions.ts';
import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Initials } from '../../_ui/initials.tsx';
import { count, formatNumber } from '../../_ui/numbers.ts';
import { ExperimentUpdated } from '../experiments/experiment-documents.ts';
import { HypothesisSentence } from '../hypotheses/hypothesis-sentence.tsx';
import { RunUpdated } from '../runs/run-documents.ts';
import { RunStatusWord } from '../runs/run-status.tsx';
import { runStanding } from '../runs/run-standing.ts';
import { Effect, SingleRun } from '../verdicts/effect.tsx';
import { kindOf, VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';

const MentionedQuery = graphql(`
  query Mentioned($id: ID!, $metric: String) {
    node(id: $id) {
      __typename id
      ... on Person { name initials }
      ... on Hypothesis { statement change because metric direction minEffect hypothesisStatus: status }
      ... on Experiment {
        key name exploratory runCount activeRunCount verdictPending
        hypothesis { id minEffect }
        verdict { id outcome metric effect ciLow ciHigh baselineRuns treatmentRuns explanation }
        variants(first: 6) { id label role estimate(metric: $metric) { metric n mean ciLow ciHigh } }
      }
      ... on Run { name runStatus: status health { state since reason } seed excluded { reason at by { id name } } deletedAt removedFrom archivedAt experiment { id key name } metrics(first: 4) { key last lastText } }
    }
  }
`);
type Mentioned = NonNullable<ResultOf<typeof MentionedQuery>['node']>;
type Of<Name extends Mentioned['__typename']> = Extract<Mentioned, { readonly __typename: Name }>;

/** How what is mentioned stands now: what a reader would otherwise leave the page for. */
export function MentionCard({ mention: { kind, id } }: { readonly mention: Mention }) {
  const [owner = ''] = id.split('/');
  const metric = kind === 'metric' ? id.slice(owner.length + 1) : null;
  const [{ data, fetching, error }, again] = useQuery({ query: MentionedQuery, variables: { id: owner, metric }, requestPolicy: 'cache-and-network' });
  const node = data?.node ?? null;
  useLive(ExperimentUpdated, node?.__typename === 'Experiment' ? [{ key: node.key }] : [], again);
  useLive(RunUpdated, node?.__typename === 'Run' ? [{ id: node.id }] : [], again);
  if (node === null) return <p className="hint" role="status">{fetching ? 'Looking…' : absentWords(failureOf(error))}</p>;
  return <div role="status"><Standing node={node} metric={metric} /></div>;
}

const absentWords = (failure: Failure | null): string => failure?.message ?? 'It is not there any more, or you may not see it.';

function Standing({ node, metric }: { readonly node: Mentioned; readonly metric: string | null }) {
  if (node.__typename === 'Person') return <div className="row"><Initials letters={node.initials} name={node.name} named /><b className="font-medium">{node.name}</b></div>;
  if (node.__typename === 'Hypothesis') return <Card href={`/h/${node.id}`} title={<HypothesisSentence of={node} size="small" />}><VerdictBadge of={wordOf(node.hypothesisStatus)} /></Card>;
  if (node.__typename === 'Experiment') return metric === null ? <ExperimentStanding experiment={node} /> : <MetricStanding experiment={node} metric={metric} />;
  // Nothing else is mentioned.
  return node.__typename === 'Run' ? <RunCard run={node} /> : null;
}

const Card = ({ href, title, children }: { readonly href: string; readonly title: ReactNode; readonly children: ReactNode }) => (
  <div className="grid gap-1"><Link className="font-medium" href={href}>{title}</Link>{children}</div>
);

function ExperimentStanding({ experiment }: { readonly experiment: Of<'Experiment'> }) {
  const { verdict } = experiment;
  return (
    <Card href={`/e/${experiment.key}`} title={<><span className="id">{experiment.key}</span> {experiment.name}</>}>
      {verdict === null
        ? <span className="text-ink-3">{experiment.exploratory ? 'Exploratory: no hypothesis yet' : 'No verdict yet'}</span>
        : <span className="row wrap"><VerdictBadge of={wordOf(verdict.outcome)} /><Effect effect={verdict.effect} low={verdict.ciLow} high={verdict.ciHigh} bar={experiment.hypothesis?.minEffect} kind={kindOf(verdict.outcome)} /></span>}
      {verdict !== null && <p className="serif text-14 text-ink-2">{verdict.explanation}</p>}
      <span className="hint">{count(experiment.runCount, 'run')}{experiment.activeRunCount > 0 && `, ${experiment.activeRunCount} going on`}{experiment.verdictPending && ', verdict being computed again'}</span>
    </Card>
  );
}

function MetricStanding({ experiment, metric }: { readonly experiment: Of<'Experiment'>; readonly metric: string }) {
  const measured = experiment.variants.filter(({ estimate }) => estimate !== null);
  return (
    <Card href={`/e/${experiment.key}?metric=${encodeURIComponent(metric)}`} title={<><span className="mono">{metric}</span> <span className="text-ink-3">in {experiment.key}</span></>}>
      {measured.length === 0 && <span className="text-ink-3">No finished run has logged it.</span>}
      {measured.map(({ id, label, estimate }) => estimate && (
        <span key={id} className="row"><span className="tr">{label}</span><span className="sp" /><span className="num">{formatNumber(estimate.mean)}</span>{estimate.ciLow === null || estimate.ciHigh === null ? <SingleRun /> : <span className="num ci">{formatNumber(estimate.ciLow)} to {formatNumber(estimate.ciHigh)}</span>}</span>
      ))}
    </Card>
  );
}

function RunCard({ run }: { readonly run: Of<'Run'> }) {
  return (
    <Card href={`/r/${run.id}`} title={<>{run.name} <span className="text-ink-3 font-normal">run in {run.experiment.key}</span></>}>
      <RunStatusWord standing={runStanding({ ...run, status: run.runStatus })} />
      {run.metrics.map(({ key, last, lastText }) => <span key={key} className="row"><span className="mono tr">{key}</span><span className="sp" /><span className="num">{last === null ? lastText : formatNumber(last)}</span></span>)}
      {run.metrics.length > 0 && <span className="hint">One run: <SingleRun />, which says nothing about a change.</span>}
    </Card>
  );
}
