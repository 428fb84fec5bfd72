'use client';

import { MessageSquarePlus } from 'lucide-react';
import Link from 'next/link';
import type { ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { count } from '../../_ui/numbers.ts';
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

interface PlacePinProps extends Pick<PlaceMarkProps, 'name' | 'discussion'> {
  /** The thread's. */
  readonly id: string;
  readonly number: number;
  /** Whose thread it is, where that is not what the page is about. */
  readonly of?: string | undefined;
  /** How many there are, where that is shown. */
  readonly comments?: number;
  /** Whether something else stood here when the thread was started. */
  readonly changed?: boolean;
  readonly tabIndex?: number;
}

/** The pin of an open thread, which leads to it. */
export function PlacePin({ id, number, of, name, discussion, comments, changed = false, tabIndex }: PlacePinProps) {
  const whose = of === undefined ? '' : ` of ${of}`;
  return (
    <Link className={changed ? 'pin changed' : 'pin'} href={`${discussion}#thread-${id}`} title={`Thread ${number}${whose}${changed ? ', on what stood here before' : ''}`} tabIndex={tabIndex}>
      <span className="vh">Thread {number}{whose} on {name}{comments === undefined ? '' : `, ${count(comments, 'comment')}`}</span>
      <span className="mk" aria-hidden="true">{number}</span>
      {comments !== undefined && <span className="pin-n" aria-hidden="true">{count(comments, 'comment')}{changed && ', line changed'}</span>}
    </Link>
  );
}

/** Beside a line of a table: the pins of its open threads, and a way to start one, which shows when the line is looked at. */
export function PlaceMark({ anchor, name, places, discussion, onStart }: PlaceMarkProps) {
  const here = places.filter((place) => samePlace(place.anchor, anchor));
  return (
    <span className="place">
      {here.map(({ id, number }) => <PlacePin key={id} id={id} number={number} name={name} discussion={discussion} />)}
      {onStart !== undefined && <button type="button" className="btn bare sm icon start" aria-label={`Start a thread on ${name}`} title="Start a thread here" onClick={() => onStart(anchor)}><MessageSquarePlus aria-hidden="true" /></button>}
    </span>
  );
}
