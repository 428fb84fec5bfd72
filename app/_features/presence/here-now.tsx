'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { graphql, type ResultOf } from '../../_graphql/graphql.ts';
import { useConnection } from '../../_graphql/connection.ts';
import { Initials } from '../../_ui/initials.tsx';
import { useViewer } from '../../_shell/viewer.tsx';

const HereNow = graphql(`subscription HereNow($subject: ID!) { hereNow(subject: $subject) { id name initials } }`);
export type PersonHere = ResultOf<typeof HereNow>['hereNow'][number];

const NOBODY: readonly PersonHere[] = [];
const MOST_SHOWN = 5;

/** Who looks at a thing now, oneself included; nobody while that is not known. Looking counts as being there. */
export function useHereNow(subject: string | null): readonly PersonHere[] {
  const client = useClient();
  const { state } = useConnection();
  const [known, setKnown] = useState<{ readonly subject: string; readonly people: readonly PersonHere[] } | null>(null);
  useEffect(() => {
    if (subject === null) return;
    const line = client.subscription(HereNow, { subject }).subscribe(({ data }) => { if (data) setKnown({ subject, people: data.hereNow }); });
    return () => line.unsubscribe();
  }, [client, subject]);
  return known !== null && known.subject === subject && state !== 'lost' ? known.people : NOBODY;
}

/** Notes and meetings show who is there themselves. */
const SHOWN_BY_PAGE = /^\/[mn]\//;

/** Initials of the others who are here, for the head of a page; nothing where one is alone, or where the page says it. */
export function HereNowAvatars({ subject }: { readonly subject: string | null }) {
  const { viewer } = useViewer();
  const others = useHereNow(subject).filter(({ id }) => id !== viewer?.person.id);
  const shownByPage = SHOWN_BY_PAGE.test(usePathname());
  if (others.length === 0 || shownByPage) return null;
  const more = others.length - MOST_SHOWN;
  return (
    <span className="row" title={`Also here: ${others.map(({ name }) => name).join(', ')}`}>
      <span className="hint p2">Also here</span>
      <span className="avs" role="group" aria-label="Also here">{others.slice(0, MOST_SHOWN).map(({ id, name, initials }) => <Initials key={id} letters={initials} name={name} />)}</span>
      {more > 0 ? <span className="hint num">+{more}</span> : null}
    </span>
  );
}
