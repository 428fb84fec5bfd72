'use client';

import { Check, Copy, Download } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { count, formatNumber } from '../../_ui/numbers.ts';
import { VerdictBadge, wordOf } from '../verdicts/verdict-badge.tsx';
import { triedAddress, triedFile } from './tried-address.ts';
import type { TriedAnswer } from './tried-documents.ts';

const ORDER = ['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE'] as const;

/** How the question was read, how much was tried, how it came out, and all of it as a file. */
export function TriedSummary({ tried, slug }: { readonly tried: TriedAnswer; readonly slug: string | null }) {
  const some = tried.rows.totalCount > 0;
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2" role="status">
        {tried.variables.length > 0 ? <span className="chg"><span className="k">read as</span><span>{tried.variables.slice(0, 6).join(', ')}{tried.variables.length > 6 ? ` and ${tried.variables.length - 6} more` : ''} changed</span></span> : null}
        {some ? <span className="hint">{count(tried.experimentCount, 'experiment')}, {count(tried.runs, 'run')}{tried.failedRuns > 0 ? `, ${formatNumber(tried.failedRuns)} of them failed` : ''}, {hoursText(tried.hours)} without their baselines. {tried.more ? 'More than these touched it: the newest are listed.' : 'Nothing is hidden by outcome, owner or age.'}</span> : null}
      </div>
      {tried.alsoLookAt.length > 0 ? <p className="hint mt-2">Also look at {tried.alsoLookAt.map((name, at) => <span key={name}>{at > 0 ? ', ' : ''}<Link className="lk mono" href={triedAddress(name, slug)}>{name}</Link></span>)}: it may be the same by another name.</p> : null}
      {some ? (
        <div className="row wrap mt-4">
          {ORDER.map((outcome) => ({ outcome, n: tried.outcomes.find((each) => each.outcome === outcome)?.count ?? 0 })).filter(({ n }) => n > 0).map(({ outcome, n }) => <VerdictBadge key={outcome} of={wordOf(outcome)} text={`${formatNumber(n)} ${outcome.toLowerCase()}`} />)}
          <NotCompared n={tried.outcomes.find(({ outcome }) => outcome === null)?.count ?? 0} />
          <span className="sp" />
          <span className="row">
            <CopyReport address={triedFile(tried.about, slug, 'md')} />
            <a className="btn sm" href={triedFile(tried.about, slug, 'csv')} download={`tried-${tried.about.replaceAll(/[^\w.-]+/g, '-')}.csv`}><Download aria-hidden="true" />CSV</a>
          </span>
        </div>
      ) : null}
    </>
  );
}

const NotCompared = ({ n }: { readonly n: number }) => (n > 0 ? <span className="text-12 text-ink-3">{formatNumber(n)} not compared</span> : null);

/** "0.35 h", "12 h": as dashboards count run hours. */
export const hoursText = (hours: number): string => `${hours > 0 && hours < 0.01 ? '< 0.01' : formatNumber(hours, { decimals: hours < 10 ? 2 : 0 })} h`;

type Copied = 'not yet' | 'copied' | 'failed';

/** Copies the whole answer as Markdown, not only the rows that are shown. */
function CopyReport({ address }: { readonly address: string }) {
  const [copied, setCopied] = useState<Copied>('not yet');
  const copy = async (): Promise<void> => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the report could not be read: ${response.status}`);
    await navigator.clipboard.writeText(await response.text());
  };
  const said = copied === 'failed' ? 'could not be copied' : copied;
  return (
    <>
      <Button small onClick={() => { copy().then(() => setCopied('copied'), () => setCopied('failed')); }}>{copied === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}Markdown</Button>
      <span className="hint" role="status">{copied === 'not yet' ? '' : said}</span>
    </>
  );
}
