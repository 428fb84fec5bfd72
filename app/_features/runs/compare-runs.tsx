'use client';

import Link from 'next/link';
import { useEffect, useState, type ReactNode } from 'react';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { useClient } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { count } from '../../_ui/numbers.ts';
import { Section } from '../../_ui/section.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { useKeys } from '../../_ui/use-keys.ts';
import { NotRead } from '../../_ui/not-read.tsx';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { ComparedFiles } from '../artifacts/compared-files.tsx';
import type { ExperimentDetail } from '../experiments/experiment-documents.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { PlaceMark } from '../threads/place-mark.tsx';
import { StartThreadDialog } from '../threads/start-thread-dialog.tsx';
import { useOpenPlaces } from '../threads/use-threads.ts';
import { VariantRunsQuery } from '../variants/variant-documents.ts';
import { CompareQuery, type RunComparison } from './compare-documents.ts';
import { comparisonLines, differsFromFirst, type ComparisonLine } from './comparison-rows.ts';

const MOST = 20;
const MOST_VARIANTS = 8;

interface CompareRunsProps {
  readonly experiment: ExperimentDetail;
  readonly metric: string | null;
  /** The curves of the runs that are compared. */
  readonly charts: (ids: readonly string[]) => ReactNode;
}

/** What differs between runs: those of the address, else one of each variant. */
export function CompareRuns({ experiment, metric, charts }: CompareRunsProps) {
  const address = useAddress();
  const named = (address.params.get('runs') ?? '').split(',').filter((id) => id !== '').slice(0, MOST);
  return named.length > 0
    ? <Compared experiment={experiment} ids={named} metric={metric} note={null} charts={charts} />
    : <FirstOfEach experiment={experiment} metric={metric} charts={charts} />;
}

/** Without a choice: the first run of the baseline and of up to seven treatments stands for its variant. */
function FirstOfEach({ experiment, metric, charts }: CompareRunsProps) {
  const sorted = experiment.variants.toSorted((a, b) => Number(b.id === experiment.baseline?.id) - Number(a.id === experiment.baseline?.id));
  const shown = sorted.slice(0, MOST_VARIANTS);
  const ids = useFirstRuns(shown.map((variant) => variant.id));
  if (shown.length < 2) return <Empty fact="There is nothing to compare yet." steps={[<>Choose runs in the <Link className="lk" href={`/e/${experiment.key}?tab=runs`}>runs</Link> tab and press Compare.</>]} />;
  if (ids === null) return <Loading rows={6} label="Reading the runs" />;
  return <Compared experiment={experiment} ids={ids} metric={metric} note={`One run of each of ${count(shown.length, 'variant')}. Choose others in the runs tab.`} charts={charts} />;
}

/** The first counted run of each variant; null while they are read. */
function useFirstRuns(variantIds: readonly string[]): readonly string[] | null {
  const client = useClient();
  const [read, setRead] = useState<{ readonly key: string; readonly ids: readonly string[] } | null>(null);
  const key = variantIds.join(' ');
  useEffect(() => {
    let current = true;
    const ofVariant = async (id: string): Promise<string | undefined> => {
      const node = (await client.query(VariantRunsQuery, { id }).toPromise()).data?.node;
      const runs = node && 'runs' in node ? node.runs : [];
      return (runs.find((run) => run.status === 'FINISHED' && run.excluded === null) ?? runs[0])?.id;
    };
    void Promise.all(key.split(' ').filter(Boolean).map(ofVariant)).then((ids) => {
      if (current) setRead({ key, ids: ids.filter((id) => id !== undefined) });
    });
    return () => {
      current = false;
    };
  }, [client, key]);
  return read?.key === key ? read.ids : null;
}

function Compared({ experiment, ids, metric, note, charts }: CompareRunsProps & { readonly ids: readonly string[]; readonly note: string | null }) {
  const address = useAddress();
  const all = address.params.get('all') === '1';
  const [{ data, fetching, error }, again] = useQuery({ query: CompareQuery, variables: { runs: [...ids] }, requestPolicy: 'cache-and-network', pause: ids.length === 0 });
  useKeys({ d: () => address.set({ all: all ? null : '1' }) });
  const failure = failureOf(error);
  if (failure !== null) return <NotRead title="These runs could not be compared." failure={failure} again={again} />;
  if (data === undefined) return fetching ? <Loading rows={8} label="Comparing" /> : <Empty fact="There is nothing to compare yet." />;
  const lines = comparisonLines(data.compare, !all);
  // What was measured differs nearly always, and by itself.
  const given = comparisonLines(data.compare, false).filter((line) => line.kind !== 'metric');
  const differing = given.filter((line) => line.differs).length;
  return (
    <>
    <Section title="What differs" count={differing} aside={<span className="row">{experiment.viewerCan.share && !experiment.exploratory && ids.length > 1 ? <ShareButton small subject={{ id: experiment.id, name: `this comparison of ${ids.length} runs`, shows: 'what differs between these runs and what they measured', compare: ids }} /> : null}<label className="tick text-12"><input type="checkbox" checked={!all} onChange={() => address.set({ all: all ? null : '1' })} /><span>only differences <kbd className="hk" aria-hidden="true">D</kbd></span></label></span>}>
      <CompareTable experiment={experiment} compared={data.compare} lines={lines} metric={metric} />
      <p className="hint mt-2">{differing} of {count(given.length, 'key')} {differing === 1 ? 'differs' : 'differ'}, beside what was measured. {note} A metric of one run has no interval: the verdict compares repeats.</p>
      <CodeLinks runs={data.compare.runs} />
    </Section>
    <ComparedFiles experiment={experiment} runs={data.compare.runs} all={all} />
    <Section title="Curves">{charts(ids)}</Section>
    </>
  );
}

/** To what differs in the code, line by line, from the first run to each of the others. */
function CodeLinks({ runs }: Pick<RunComparison, 'runs'>) {
  const [first, ...others] = runs;
  if (first === undefined || others.length === 0) return null;
  if (others.length === 1) return <p className="hint mt-2">See <Link className="lk" href={`/c/${first.id}/${others[0]?.id ?? ''}`}>the code side by side</Link>.</p>;
  return <p className="hint mt-2">The code of <b>{first.name}</b> beside that of {others.map(({ id, name }, at) => <span key={id}>{at === 0 ? null : ', '}<Link className="lk bidi-own" href={`/c/${first.id}/${id}`}>{name}</Link></span>)}.</p>;
}

interface CompareTableProps {
  readonly experiment: ExperimentDetail;
  readonly compared: RunComparison;
  readonly lines: readonly ComparisonLine[];
  readonly metric: string | null;
}

function CompareTable({ experiment, compared, lines, metric }: CompareTableProps) {
  const places = useOpenPlaces(experiment.id);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const mark = (line: ComparisonLine) => <PlaceMark anchor={anchorOf(line, compared)} name={line.name} places={places} discussion={`/e/${experiment.key}?tab=discussion`} onStart={experiment.viewerCan.comment ? setAnchor : undefined} />;
  return (
    <div className="tw" tabIndex={0} role="region" aria-label="Differences between runs">
      <table className="tb bk cmp" style={{ minWidth: 200 + compared.runs.length * 132 }}>
        <thead>
          <tr>
            <th scope="col">key</th><th scope="col" className="p2">kind</th>
            {compared.runs.map((run) => (
              <th key={run.id} scope="col"><Link className="lk" href={`/r/${run.id}`}>{run.name}</Link><br /><span className="font-normal">{run.variant?.label ?? 'no variant'}{run.seed !== null && `, seed ${run.seed}`}{run.excluded !== null && ', excluded'}</span></th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.kind} ${line.name}`}>
              <th scope="row" className={`mono ${line.name === metric ? 'font-semibold' : ''}`}><span className="row">{line.name}{mark(line)}</span></th>
              <td className="text-12 text-ink-3 p2">{line.kind}</td>
              {line.values.map((value, index) => <td key={compared.runs[index]?.id ?? index} className={differsFromFirst(line, index) && line.kind !== 'metric' ? 'diff mono text-12' : 'mono text-12'}><CellText line={line} index={index} value={value} /></td>)}
            </tr>
          ))}
          {lines.length === 0 && <tr><td colSpan={compared.runs.length + 2} className="text-ink-3">Nothing that was recorded differs between these runs.</td></tr>}
        </tbody>
      </table>
      <StartThreadDialog anchor={anchor} subject={experiment.id} onClose={() => setAnchor(null)} />
    </div>
  );
}

/** A line of the code's difference, or a row of anything else that was compared. */
function anchorOf(line: ComparisonLine, { runs }: RunComparison): ThreadAnchor {
  const ids = runs.map(({ id }) => id);
  return line.kind === 'code' ? { kind: 'code', name: line.name, runs: ids } : { kind: 'comparison', of: line.kind, name: line.name, runs: ids };
}

/** The same as the first run is a dot; what is missing says so. */
function CellText({ line, index, value }: { readonly line: ComparisonLine; readonly index: number; readonly value: string | null }) {
  if (value === null) return <span className="text-ink-3">{line.kind === 'metric' ? 'not logged' : 'unset'}</span>;
  if (index > 0 && line.kind !== 'metric' && !differsFromFirst(line, index)) return <span className="text-ink-3" role="img" aria-label="same as the first run">·</span>;
  return <span title={value}>{value.length > 120 ? `${value.slice(0, 120)}…` : value}</span>;
}
