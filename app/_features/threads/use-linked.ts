'use client';

import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { LinkedCommentQuery, OneThreadQuery, type ThreadDetail } from './thread-documents.ts';

export interface LinkedPlace {
  /** Null where the link is to the thread as a whole. */
  readonly comment: { readonly id: string; readonly number: number } | null;
}

export interface Linked {
  readonly thread: ThreadDetail;
  readonly place: LinkedPlace;
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

/** The comment or thread that the address leads to, however old it is; null where it leads to none about this subject. */
export function useLinked(subject: string): Linked | null {
  const hash = useHash();
  const { params } = useAddress();
  const wantedComment = idIn(hash, 'comment');
  const wantedThread = wantedComment === null ? (idIn(hash, 'thread') ?? params.get('thread')) : null;
  const [{ data: ofComment }] = useQuery({ query: LinkedCommentQuery, variables: { id: wantedComment ?? '' }, pause: wantedComment === null });
  const [{ data: ofThread }] = useQuery({ query: OneThreadQuery, variables: { id: wantedThread ?? '' }, pause: wantedThread === null });
  const comment = wantedComment === null ? null : (ofComment?.comment ?? null);
  const found = wantedComment === null ? (wantedThread === null ? null : (ofThread?.thread ?? null)) : (comment?.thread ?? null);
  const thread = found?.subject && 'id' in found.subject && found.subject.id === subject ? found : null;
  const [id, number] = [comment?.id ?? null, comment?.number ?? 0];
  const place = useMemo((): LinkedPlace => ({ comment: id === null ? null : { id, number } }), [id, number]);
  return thread === null ? null : { thread, place };
}
