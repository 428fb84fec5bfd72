'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { formatMoment } from '../../_ui/moments.ts';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime, useNow } from '../../_ui/relative-time.tsx';
import { RevokeShareLink, type ShareLinkRow } from './share-documents.ts';

type Link = ShareLinkRow;

/** Links made so far: whether each still opens, how often it was read, and a button that ends it at once. */
export function ShareLinkList({ links, onChanged }: { readonly links: readonly Link[]; readonly onChanged: () => void }) {
  if (links.length === 0) return null;
  return (
    <section aria-label="Links made so far">
      <h3>Links made so far</h3>
      <ul className="mt-1">{links.map((link) => <LinkLine key={link.id} link={link} onChanged={onChanged} />)}</ul>
    </section>
  );
}

function LinkLine({ link, onChanged }: { readonly link: Link; readonly onChanged: () => void }) {
  const [{ fetching }, revoke] = useMutation(RevokeShareLink);
  const now = useNow();
  const expired = isUsedUp(link) || (now !== null && Date.parse(link.expiresAt) <= now);
  const end = async (): Promise<void> => {
    const failure = failureOf((await revoke({ input: { shareLink: link.id } })).error);
    if (failure === null) toast.success('Revoked. The link opens nothing now.');
    else toast.error(failure.message);
    onChanged();
  };
  return (
    <li className="li" style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
      <span>
        <span className={link.revokedAt !== null || expired ? 'text-ink-3' : undefined}>{link.recipients.length > 0 ? `For ${link.recipients.join(', ')}. ` : ''}{stateOf(link, expired)}{link.ending === '' ? null : <span className="mono text-12 text-ink-3" title="The end of its address"> …{link.ending}</span>}</span>
        <span className="block text-12 text-ink-3">
          made {link.createdBy && `by ${link.createdBy.name} `}<RelativeTime at={link.createdAt} />, read {count(link.viewCount, 'time')}{limitOf(link)}{link.lastViewedAt === null ? null : <>, last <RelativeTime at={link.lastViewedAt} /></>}{promisesOf(link)}
        </span>
        <Views link={link} />
      </span>
      {link.revokedAt === null && !expired && <Revoke disabled={fetching} onRevoke={() => void end()} />}
    </li>
  );
}

/** Asked once more: nothing brings a link back. */
function Revoke({ disabled, onRevoke }: { readonly disabled: boolean; readonly onRevoke: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) return <Button small look="danger" onClick={() => setAsking(true)}>Revoke</Button>;
  return (
    <span className="row flex-wrap justify-end col-span-2">
      <span className="hint w-full text-right">Whoever reads it now loses it at once.</span>
      <Button small look="danger" autoFocus disabled={disabled} onClick={onRevoke}>Revoke it</Button><Button small look="bare" onClick={() => setAsking(false)}>Keep it</Button>
    </span>
  );
}

/** When it was looked at; of many looks the newest. */
function Views({ link: { viewedAt, viewCount } }: { readonly link: Link }) {
  if (viewedAt.length === 0) return null;
  return (
    <details className="text-12 text-ink-3">
      <summary>{viewCount > viewedAt.length ? `The last ${viewedAt.length} views` : count(viewedAt.length, 'view')}</summary>
      <ol className="tabular-nums">{viewedAt.map((at, place) => <li key={place}><Moment at={at} /></li>)}</ol>
    </details>
  );
}

/** With its year, which a link may well outlive. */
const Moment = ({ at }: { readonly at: string }) => <time dateTime={at}>{formatMoment(new Date(at))}</time>;

const isUsedUp = ({ maxViews, viewCount }: Link): boolean => maxViews !== null && viewCount >= maxViews;
const limitOf = ({ maxViews }: Link): string => (maxViews === null ? '' : ` of at most ${maxViews}`);

/** What was promised of the page when the link was made. */
const promisesOf = ({ frozenDigest, hasPassword, redact, comparedRuns, lineage, guestsMayComment }: Link): string => [
  lineage ? ', showing the lineage' : '', comparedRuns.length > 0 ? `, comparing ${comparedRuns.length} runs` : '', frozenDigest === null ? '' : `, frozen at evidence ${frozenDigest.slice(0, 16)}`, hasPassword ? ', with a password' : '', guestsMayComment ? ', open for comments' : '', redact.length > 0 ? `, without ${redact.map((one) => one.toLowerCase()).join(', ')}` : '',
].join('');

function stateOf(link: Link, expired: boolean) {
  if (link.revokedAt !== null) return <>Revoked <RelativeTime at={link.revokedAt} /></>;
  if (isUsedUp(link)) return <>Used up</>;
  return expired ? <>Expired <RelativeTime at={link.expiresAt} /></> : <>Opens until <Moment at={link.expiresAt} /></>;
}
