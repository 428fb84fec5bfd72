'use client';

import { useState, type ReactNode } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { Loading } from '../../_ui/waiting.tsx';
import { CommentsAroundQuery, DiscussionChanged, EarlierCommentsQuery, LaterCommentsQuery, type CommentDetail } from './thread-documents.ts';

interface PageProps {
  readonly thread: string;
  readonly row: (comment: CommentDetail) => ReactNode;
}

/** A page that stays as it was read, but for comments of it that change: those are in the cache by themselves. Read again after a lost connection came back. */
function useCommentPage<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables): Data | undefined {
  const [{ data }, again] = useQuery<Data, Variables>({ query, variables, requestPolicy: 'cache-and-network' });
  useLive(DiscussionChanged, [], again);
  return data;
}

interface EarlierProps extends PageProps {
  /** The cursor of the oldest comment that is shown. */
  readonly before: string;
}

/** What was said before, fifty at a time, when somebody asks for it. */
export function EarlierComments(props: EarlierProps) {
  const [asked, setAsked] = useState(false);
  return asked ? <EarlierPage {...props} /> : <button type="button" className="btn bare sm earlier" onClick={() => setAsked(true)}>Show earlier comments</button>;
}

function EarlierPage({ thread, before, row }: EarlierProps) {
  const page = useCommentPage(EarlierCommentsQuery, { id: thread, before })?.thread?.commentPage;
  if (page === undefined) return <Loading rows={2} label="Reading earlier comments" />;
  return (
    <>
      {page.pageInfo.hasPreviousPage && page.pageInfo.startCursor !== null && <EarlierComments thread={thread} before={page.pageInfo.startCursor} row={row} />}
      {page.nodes.map((comment) => row(comment))}
    </>
  );
}

interface AroundProps extends PageProps {
  /** The comment that a link leads to. */
  readonly comment: string;
  /** The number of the first comment that is shown below. */
  readonly until: number;
}

/** The comment a link leads to with what stands around it, between what was said before and the newest. */
export function CommentsAround({ thread, comment, until, row }: AroundProps) {
  const page = useCommentPage(CommentsAroundQuery, { id: thread, comment })?.thread?.commentPage;
  if (page === undefined) return <Loading rows={3} label="Reading what the link leads to" />;
  const { hasPreviousPage, startCursor, endCursor } = page.pageInfo;
  return (
    <>
      {hasPreviousPage && startCursor !== null && <EarlierComments thread={thread} before={startCursor} row={row} />}
      {page.nodes.filter(({ number }) => number < until).map((one) => row(one))}
      <LaterComments thread={thread} after={endCursor} last={page.nodes.at(-1)?.number ?? 0} until={until} row={row} />
    </>
  );
}

interface LaterProps extends PageProps {
  /** The cursor and number of the newest comment of the page above. */
  readonly after: string | null;
  readonly last: number;
  readonly until: number;
}

/** What was said after it, fifty at a time, as far as the newest that are shown. */
function LaterComments(props: LaterProps & { readonly after: string | null }) {
  const [asked, setAsked] = useState(false);
  if (props.after === null || props.last >= props.until - 1) return null;
  return asked ? <LaterPage {...props} after={props.after} /> : <button type="button" className="btn bare sm earlier" onClick={() => setAsked(true)}>Show the {props.until - 1 - props.last} between</button>;
}

function LaterPage({ thread, after, until, row }: LaterProps & { readonly after: string }) {
  const page = useCommentPage(LaterCommentsQuery, { id: thread, after })?.thread?.commentPage;
  if (page === undefined) return <Loading rows={2} label="Reading later comments" />;
  return (
    <>
      {page.nodes.filter(({ number }) => number < until).map((one) => row(one))}
      <LaterComments thread={thread} after={page.pageInfo.endCursor} last={page.nodes.at(-1)?.number ?? until} until={until} row={row} />
    </>
  );
}
