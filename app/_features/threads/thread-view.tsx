'use client';

import { Bell, BellOff } from 'lucide-react';
import { Fragment, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { CommentView } from './comment-view.tsx';
import { EarlierComments } from './earlier-comments.tsx';
import { useFindMentions } from './find-mentions.ts';
import { quoteOf } from './quote.ts';
import { FollowThread, Reply, ResolveThread, type CommentDetail, type ThreadDetail } from './thread-documents.ts';
import { ThreadSeen } from './thread-seen.tsx';
import { useReadMarks } from './use-read-marks.ts';
import { typingWords, useTellTyping } from './use-typing.ts';

interface ThreadViewProps {
  readonly subject: string;
  readonly thread: ThreadDetail;
  /** As ThreadSeen takes it. */
  readonly dataNow: ((metric: string) => string) | undefined;
  /** Who writes in it at this moment. */
  readonly typing?: readonly string[] | undefined;
}

/** One thread: number and place, what was seen there, comments with hairlines between, a reply and a way to settle it. */
export function ThreadView({ subject, thread, dataNow, typing = [] }: ThreadViewProps) {
  const end = useRef<HTMLDivElement>(null);
  const firstNew = useReadMarks(thread, end);
  const [quoted, setQuoted] = useState<{ readonly text: string; readonly times: number }>({ text: '', times: 0 });
  const place = thread.place?.words ?? '';
  const { nodes, pageInfo } = thread.commentPage;
  const onQuote = (comment: CommentDetail): void => setQuoted(({ times }) => ({ text: quoteOf(comment), times: times + 1 }));
  const row = (comment: CommentDetail) => (
    <Fragment key={comment.id}>
      {comment.id === firstNew && <NewLine thread={thread} />}
      <CommentView thread={thread.id} comment={comment} unread={comment.id === firstNew} mayReply={thread.viewerCan.reply} onQuote={onQuote} />
    </Fragment>
  );
  return (
    <article className="thread" id={`thread-${thread.id}`} aria-label={`Thread ${thread.number}${place === '' ? '' : `, ${place}`}`}>
      <ThreadHead thread={thread} place={place} />
      <ThreadSeen thread={thread} dataNow={dataNow} />
      {pageInfo.hasPreviousPage && pageInfo.startCursor !== null && <EarlierComments subject={subject} thread={thread.id} before={pageInfo.startCursor} row={row} />}
      {nodes.map((comment) => row(comment))}
      <div ref={end} />
      <p className="typing" aria-live="polite">{typingWords(typing)}</p>
      {thread.resolvedAt !== null && <p className="hint">Resolved{thread.resolvedBy !== null && ` by ${thread.resolvedBy.name}`} <RelativeTime at={thread.resolvedAt} />.</p>}
      {thread.viewerCan.reply && thread.resolvedAt === null && <ReplyForm key={quoted.times} thread={thread} quoted={quoted.text} />}
    </article>
  );
}

/** Stays above what was new when the page came. */
function NewLine({ thread }: { readonly thread: ThreadDetail }) {
  return <p className="new-line" role="separator" aria-label="New since you last looked">{thread.unread.count > 0 ? `${thread.unread.count} new` : 'new'}</p>;
}

function ThreadHead({ thread, place }: { readonly thread: ThreadDetail; readonly place: string }) {
  const [{ fetching }, resolve] = useMutation(ResolveThread);
  const resolved = thread.resolvedAt !== null;
  const settle = async (): Promise<void> => {
    const failure = failureOf((await resolve({ input: { thread: thread.id, resolved: !resolved } })).error);
    if (failure !== null) toast.error(failure.message);
  };
  return (
    <div className="sec-h">
      <span className="mk" aria-hidden="true">{thread.number}</span>
      <h3>Thread {thread.number}</h3>
      {place !== '' && <span className="text-12 text-ink-3 tr" title={place}>{place}</span>}
      {thread.unread.count > 0 && <span className="new-count">{count(thread.unread.count, 'new', 'new')}</span>}
      <span className="sp" />
      {resolved && <span className="text-12 text-ink-3">resolved</span>}
      <FollowButton thread={thread} />
      {thread.viewerCan.resolve && <Button small look="bare" disabled={fetching} onClick={() => void settle()}>{resolved ? 'Open again' : 'Resolve'}</Button>}
    </div>
  );
}

/** Two states one can see: one hears of it, or one does not. */
function FollowButton({ thread }: { readonly thread: ThreadDetail }) {
  const [, follow] = useMutation(FollowThread);
  const subscribed = thread.following === 'SUBSCRIBED';
  const Icon = subscribed ? Bell : BellOff;
  const words = subscribed ? 'You hear of this thread. Mute it' : 'You do not hear of this thread. Subscribe';
  return <button type="button" className="btn bare sm icon" aria-pressed={subscribed} aria-label={words} title={words} onClick={() => { void follow({ input: { thread: thread.id, following: subscribed ? 'MUTED' : 'SUBSCRIBED' } }); }}><Icon aria-hidden="true" /></button>;
}

function ReplyForm({ thread, quoted }: { readonly thread: ThreadDetail; readonly quoted: string }) {
  const [, reply] = useMutation(Reply);
  const { onType, onStop } = useTellTyping(thread.id);
  const findMentions = useFindMentions();
  return (
    <div className="mt-2">
      <Composer
        folded={quoted === ''} label={`Reply to thread ${thread.number}`} placeholder="Reply" send="Reply" initial={quoted} autoFocus={quoted !== ''} onType={onType} findMentions={findMentions}
        onSend={async (body) => {
          const failure = failureOf((await reply({ input: { thread: thread.id, body } })).error)?.message ?? null;
          onStop();
          return failure;
        }}
      />
    </div>
  );
}
