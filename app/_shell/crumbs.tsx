'use client';

import Link from 'next/link';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';

export interface Crumb { readonly label: string; readonly href?: string; /** Keys and ids are set in mono. */ readonly mono?: boolean }

interface Place {
  readonly crumbs: readonly Crumb[];
  /** The slug of the project the page belongs to; the navigation shows its parts. */
  readonly project: string | null;
  /** Id of the thing the page is about: who looks at the same is shown beside the breadcrumb. */
  readonly subject: string | null;
}

const NOWHERE: Place = { crumbs: [], project: null, subject: null };
const PlaceContext = createContext<Place>(NOWHERE);
const SetPlaceContext = createContext<(place: Place) => void>(() => undefined);

export function PlaceProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<Place>(NOWHERE);
  return <SetPlaceContext value={setPlace}><PlaceContext value={place}>{children}</PlaceContext></SetPlaceContext>;
}

export const usePlace = (): Place => use(PlaceContext);

/** A page says where it is: the breadcrumb, the document's title, its project, if it belongs to one, and the thing it is about. */
export function useCrumbs(crumbs: readonly Crumb[], project: string | null = null, subject: string | null = null): void {
  const setPlace = use(SetPlaceContext);
  const text = JSON.stringify(crumbs);
  const place = useMemo<Place>(() => ({ crumbs: JSON.parse(text) as Crumb[], project, subject }), [text, project, subject]);
  useEffect(() => {
    setPlace(place);
    const last = place.crumbs.at(-1);
    if (last) document.title = `${last.label} · Lemma`;
  }, [place, setPlace]);
}

export function Breadcrumb() {
  const { crumbs } = usePlace();
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="crumb">
        {crumbs.map((crumb, depth) => {
          const last = depth === crumbs.length - 1;
          const text = <span className={crumb.mono ? 'mono' : undefined}>{crumb.label}</span>;
          return <li key={`${depth}${crumb.label}`}>{crumb.href && !last ? <Link href={crumb.href}>{text}</Link> : <span {...(last ? { 'aria-current': 'page' as const } : {})}>{text}</span>}</li>;
        })}
      </ol>
    </nav>
  );
}
