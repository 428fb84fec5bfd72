'use client';

import { useState, type ReactNode } from 'react';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { EarlierCommentsQuery, ThreadUpdated, type CommentDetail } from './thread-documents.ts';

interface EarlierCommentsProps {
  readonly subject: string;
  readonly thread: string;
  /** The cursor of the oldest comment that is shown. */
  readonly before: string;
  readonly row: (comment: CommentDetail) => ReactNode;
}

/** What was said before, fifty at a time, when somebody asks for it. */
export function EarlierComments(props: EarlierCommentsProps) {
  const [asked, setAsked] = useState(false);
  return asked ? <EarlierPage {...props} /> : <button type="button" className="btn bare sm earlier" onClick={() => setAsked(true)}>Show earlier comments</button>;
}

function EarlierPage({ subject, thread, before, row }: EarlierCommentsProps) {
  const [{ data }, again] = useQuery({ query: EarlierCommentsQuery, variables: { id: thread, before }, requestPolicy: 'cache-and-network' });
  useLive(ThreadUpdated, [{ subject }], again);
  const page = data?.thread?.commentPage;
  if (page === undefined) return <Loading rows={2} label="Reading earlier comments" />;
  return (
    <>
      {page.pageInfo.hasPreviousPage && page.pageInfo.startCursor !== null && <EarlierComments subject={subject} thread={thread} before={page.pageInfo.startCursor} row={row} />}
      {page.nodes.map((comment) => row(comment))}
    </>
  );
}
