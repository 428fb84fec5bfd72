'use client';

import Link from 'next/link';
import { Dialog } from '../../_ui/dialog.tsx';
import { useAddress } from '../../_ui/use-address.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Empty, Loading } from '../../_ui/waiting.tsx';
import { StageQuery, type FunnelStep } from './dashboard-documents.ts';

type Stage = FunnelStep['stage'];
const WORDS: Readonly<Record<Stage, string>> = { STATED: 'stated', TESTED: 'tested', DECIDED: 'decided', APPROVED: 'approved' };
const isStage = (text: string | null): text is Stage => text !== null && Object.hasOwn(WORDS, text);

/** How far the hypotheses came; each number opens the list behind it, and the address holds it. */
export function FunnelPanel({ slug, funnel }: { readonly slug: string; readonly funnel: readonly FunnelStep[] }) {
  const address = useAddress();
  const shown = address.params.get('stage');
  const stated = funnel[0]?.count ?? 0;
  if (stated === 0) return <Empty fact="No hypothesis yet." steps={[<Link key="new" href={`/p/${slug}/hypotheses/new`}>Write the first one</Link>]} />;
  return (
    <>
      <ul className="dash-funnel">
        {funnel.map(({ stage, count }) => (
          <li key={stage}>
            <button type="button" onClick={() => address.set({ stage })} aria-label={`${count} ${WORDS[stage]} of ${stated}: show them`}><span className="num">{count}</span> <span>{WORDS[stage]}</span></button>
            <span className="dash-bar" aria-hidden="true"><i style={{ width: `${(100 * count) / stated}%` }} /></span>
          </li>
        ))}
      </ul>
      <p className="hint mt-2">Decided: a verdict other than inconclusive. Approved: an approval that holds now.</p>
      {isStage(shown) ? <StageDialog slug={slug} stage={shown} onClose={() => address.set({ stage: null })} /> : null}
    </>
  );
}

function StageDialog({ slug, stage, onClose }: { readonly slug: string; readonly stage: Stage; readonly onClose: () => void }) {
  const [{ data }] = useQuery({ query: StageQuery, variables: { slug, stage }, requestPolicy: 'cache-and-network' });
  const found = data?.project?.hypothesesAtStage;
  return (
    <Dialog open onClose={onClose} title={`Hypotheses that were ${WORDS[stage]}`} about={found && found.totalCount > found.nodes.length ? `The newest ${found.nodes.length} of ${found.totalCount}.` : undefined}>
      {found ? <ul className="max-h-[60vh] overflow-y-auto" tabIndex={0} aria-label="Hypotheses">{found.nodes.map(({ id, statement, status }) => <li key={id} className="li grid-cols-[minmax(0,1fr)_max-content]"><Link className="ti" href={`/h/${id}`}>{statement}</Link><span className="hint">{status.toLowerCase()}</span></li>)}</ul> : <Loading />}
    </Dialog>
  );
}
