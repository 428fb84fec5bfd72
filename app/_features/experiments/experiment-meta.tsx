import Link from 'next/link';
import { Fragment } from 'react';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { count } from '../../_ui/numbers.ts';
import { VerdictBadge } from '../verdicts/verdict-badge.tsx';
import type { ExperimentDetail } from './experiment-documents.ts';

const DESIGNS: Readonly<Record<ExperimentDetail['design'], string>> = { SINGLE_CHANGE: 'single change', ABLATION: 'ablation', FACTORIAL: 'factorial', SWEEP: 'sweep', BASELINE: 'baseline' };

/** Under the title: who, how, from what, how much. */
export function ExperimentMeta({ experiment }: { readonly experiment: ExperimentDetail }) {
  return (
    <div className="meta">
      {experiment.exploratory && <VerdictBadge of="exploratory" />}
      {experiment.owner && <span>Owner <b>{experiment.owner.name}</b></span>}
      <span>Design <b>{DESIGNS[experiment.design]}</b></span>
      <Relatives word="From" of={experiment.parents} />
      <Relatives word="Led to" of={experiment.children} />
      <span>{count(experiment.runCount, 'run')}{experiment.activeRunCount > 0 && <>, <span className="text-accent font-medium">{experiment.activeRunCount} running</span></>}</span>
      {experiment.ailingRunCount > 0 && <Link className="warn" href={`/e/${experiment.key}?tab=runs&sort=status`}>{count(experiment.ailingRunCount, 'running one needs', 'running ones need')} a look</Link>}
      <span>Created <b><RelativeTime at={experiment.createdAt} /></b></span>
      {experiment.archivedAt !== null && <span className="warn">archived</span>}
      {experiment.deletedAt !== null && <span className="warn">deleted <RelativeTime at={experiment.deletedAt} />{experiment.removedFrom !== null && <>, to be removed for good on {experiment.removedFrom.slice(0, 10)}</>}</span>}
    </div>
  );
}

function Relatives({ word, of }: { readonly word: string; readonly of: ExperimentDetail['parents'] }) {
  if (of.length === 0) return null;
  return <span>{word} {of.map((one, index) => <Fragment key={one.id}>{index > 0 && ', '}<Link className="lk" href={`/e/${one.key}`} title={one.name}>{one.key}</Link></Fragment>)}</span>;
}
