'use client';

import { Fragment } from 'react';
import { CommentView } from './comment-view.tsx';
import { CommentsAround, EarlierComments } from './earlier-comments.tsx';
import type { CommentDetail, ThreadDetail } from './thread-documents.ts';
import type { LinkedPlace } from './use-linked.ts';

interface ThreadCommentsProps {
  readonly thread: ThreadDetail;
  /** The comment that was the first unread one when the page came. */
  readonly firstNew: string | null;
  /** The comment a link leads to. */
  readonly linked: LinkedPlace['comment'];
  readonly onQuote: (comment: CommentDetail) => void;
}

/** The newest comments of a thread, above them those that were asked for, or those that a link leads to. */
export function ThreadComments({ thread, firstNew, linked, onQuote }: ThreadCommentsProps) {
  const { nodes, pageInfo } = thread.commentPage;
  const first = nodes[0]?.number ?? 0;
  const row = (comment: CommentDetail) => (
    <Fragment key={comment.id}>
      {comment.id === firstNew && <NewLine thread={thread} />}
      <CommentView comment={comment} unread={comment.id === firstNew} linked={comment.id === linked?.id} mayReply={thread.viewerCan.reply} onQuote={onQuote} />
    </Fragment>
  );
  const isBefore = linked !== null && linked.number < first;
  return (
    <>
      {isBefore
        ? <CommentsAround thread={thread.id} comment={linked.id} until={first} row={row} />
        : pageInfo.hasPreviousPage && pageInfo.startCursor !== null && <EarlierComments thread={thread.id} before={pageInfo.startCursor} row={row} />}
      {nodes.map((comment) => row(comment))}
    </>
  );
}

/** Stays above what was new when the page came. */
function NewLine({ thread }: { readonly thread: ThreadDetail }) {
  return <p className="new-line" role="separator" aria-label="New since you last looked">{thread.unread.count > 0 ? `${thread.unread.count} new` : 'new'}</p>;
}
