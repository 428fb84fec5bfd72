'use client';

import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { LinkedCommentQuery, OneThreadQuery, type ThreadDetail } from './thread-documents.ts';

export interface LinkedPlace {
  /** What led there: the address, or what was chosen on the page. */
  readonly from: 'address' | 'page';
  /** Null where the link is to the thread as a whole. */
  readonly comment: { readonly id: string; readonly number: number } | null;
}

export interface Linked {
  readonly thread: ThreadDetail;
  readonly place: LinkedPlace;
  /** What the thread is about. */
  readonly subject: object | null;
}

function useHash(): string {
  const [hash, setHash] = useState('');
  useEffect(() => {
    const read = (): void => setHash(decodeURIComponent(location.hash.slice(1)));
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return hash;
}

const idIn = (hash: string, kind: string): string | null => (hash.startsWith(`${kind}-`) ? hash.slice(kind.length + 1) : null);

/** To the whole of a thread: the same object each time, so that what it leads to is reached once. */
const WHOLE: { readonly [From in LinkedPlace['from']]: LinkedPlace } = { address: { from: 'address', comment: null }, page: { from: 'page', comment: null } };

function useLinkedComment(wanted: string | null): Linked | null {
  const [{ data }] = useQuery({ query: LinkedCommentQuery, variables: { id: wanted ?? '' }, pause: wanted === null });
  const comment = wanted === null ? null : (data?.comment ?? null);
  const [id, number] = [comment?.id ?? '', comment?.number ?? 0];
  const place = useMemo((): LinkedPlace => ({ from: 'address', comment: { id, number } }), [id, number]);
  return comment?.thread ? { thread: comment.thread, place, subject: comment.thread.subject } : null;
}

function useLinkedThread(wanted: string | null, from: LinkedPlace['from']): Linked | null {
  const [{ data }] = useQuery({ query: OneThreadQuery, variables: { id: wanted ?? '' }, pause: wanted === null });
  const thread = wanted === null ? null : (data?.thread ?? null);
  return thread === null ? null : { thread, place: WHOLE[from], subject: thread.subject };
}

/** The comment or thread that the address leads to, or else the one that was chosen, however old it is; null where it is none about this subject. */
export function useLinked(subject: string, chosen: string | null): Linked | null {
  const hash = useHash();
  const { params } = useAddress();
  const comment = useLinkedComment(idIn(hash, 'comment'));
  const addressed = idIn(hash, 'thread') ?? params.get('thread');
  const thread = useLinkedThread(addressed ?? chosen, addressed === null ? 'page' : 'address');
  const linked = comment ?? thread;
  return linked?.subject && 'id' in linked.subject && linked.subject.id === subject ? linked : null;
}
