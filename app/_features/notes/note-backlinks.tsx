'use client';

import Link from 'next/link';
import { useQuery } from '../../_graphql/use-query.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Section } from '../../_ui/section.tsx';
import { placeOf } from './note-address.ts';
import { BacklinksQuery, type BacklinkRow } from './note-documents.ts';

interface BacklinksProps {
  readonly links: readonly BacklinkRow[];
  readonly total: number;
  /** Said where there is none; nothing is shown without it. */
  readonly none?: string;
}

/** Notes and comments that mention a thing. */
export function Backlinks({ links, total, none }: BacklinksProps) {
  const named = links.flatMap((link) => sourceOf(link) ?? []);
  if (named.length === 0 && none === undefined) return null;
  return (
    <Section title="Mentioned in" count={total === 0 ? null : total}>
      {named.length === 0 && <p className="hint mt-2">{none}</p>}
      <ul>
        {named.map(({ id, label, href, how, author, at }) => (
          <li key={id} className="li">
            <span><Link className="ti" href={href}>{label}</Link> <span className="hint">{how}</span></span>
            <span className="hint">{author}{author !== '' && ', '}<RelativeTime at={at} /></span>
          </li>
        ))}
      </ul>
      {total > links.length && <p className="hint mt-2">The newest {links.length} of {total}.</p>}
    </Section>
  );
}

interface Named { readonly id: string; readonly label: string; readonly href: string; readonly how: string; readonly author: string; readonly at: string }

/** A source as a link; null for one that the reader may not see. */
function sourceOf({ id, source, metric, author, createdAt }: BacklinkRow): Named | null {
  const common = { id, author: author?.name ?? '', at: createdAt };
  const meant = metric === null ? '' : `, for ${metric}`;
  if (source?.__typename === 'Note') return { ...common, label: source.title, href: `/n/${source.id}`, how: `note${meant}` };
  const place = source?.__typename === 'Thread' ? placeOf(source.subject) : null;
  return place && { ...common, label: place.label, href: place.href, how: `comment${meant}` };
}

/** What mentions an experiment, run or hypothesis; nothing at all while nothing does. */
export function SubjectBacklinks({ subject }: { readonly subject: string }) {
  const [{ data }] = useQuery({ query: BacklinksQuery, variables: { id: subject }, requestPolicy: 'cache-and-network' });
  const links = data?.node && 'backlinks' in data.node ? data.node.backlinks : null;
  return links === null ? null : <Backlinks links={links.nodes} total={links.totalCount} />;
}
