'use client';

import { MessageSquarePlus } from 'lucide-react';
import Link from 'next/link';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { samePlace } from './thread-anchor.ts';
import type { OpenPlace } from './use-threads.ts';

interface PlaceMarkProps {
  readonly anchor: ThreadAnchor;
  /** What the place is called. */
  readonly name: string;
  readonly places: readonly OpenPlace[];
  /** Where the discussion is. */
  readonly discussion: string;
  /** Undefined for who may not comment. */
  readonly onStart: ((anchor: ThreadAnchor) => void) | undefined;
}

/** Beside a line of a table: the pins of its open threads, and a way to start one, which shows when the line is looked at. */
export function PlaceMark({ anchor, name, places, discussion, onStart }: PlaceMarkProps) {
  const here = places.filter((place) => samePlace(place.anchor, anchor));
  return (
    <span className="place">
      {here.map(({ id, number }) => <Link key={id} className="mk" href={`${discussion}#thread-${id}`} aria-label={`Thread ${number} on ${name}`} title={`Thread ${number}`}>{number}</Link>)}
      {onStart !== undefined && <button type="button" className="btn bare sm icon start" aria-label={`Start a thread on ${name}`} title="Start a thread here" onClick={() => onStart(anchor)}><MessageSquarePlus aria-hidden="true" /></button>}
    </span>
  );
}
