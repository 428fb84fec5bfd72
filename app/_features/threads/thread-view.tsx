'use client';

import { Bell, BellOff } from 'lucide-react';
import { memo, useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { landOn } from '../../_ui/land-on.ts';
import { count } from '../../_ui/numbers.ts';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { useFindMentions } from './find-mentions.ts';
import { quoteOf } from './quote.ts';
import { FollowThread, Reply, ResolveThread, type CommentDetail, type ThreadDetail } from './thread-documents.ts';
import { ThreadComments } from './thread-comments.tsx';
import { ThreadSeen } from './thread-seen.tsx';
import type { LinkedPlace } from './use-linked.ts';
import { TypingLine } from './typing-line.tsx';
import { useReadMarks } from './use-read-marks.ts';
import { useTellTyping, type TypingFeed } from './use-typing.ts';

interface ThreadViewProps {
  readonly thread: ThreadDetail;
  /** As ThreadSeen takes it. */
  readonly dataNow: ((metric: string) => string) | undefined;
  readonly typing: TypingFeed;
  /** Where in it a link leads; undefined where none does. */
  readonly linked?: LinkedPlace | undefined;
}

/** One thread: number and place, what was seen there, comments with hairlines between, a reply and a way to settle it. */
export const ThreadView = memo(function ThreadView({ thread, dataNow, typing, linked }: ThreadViewProps) {
  const end = useRef<HTMLDivElement>(null);
  const { top, isLinked } = useReached(linked);
  const firstNew = useReadMarks(thread, end);
  const [quoted, setQuoted] = useState<{ readonly text: string; readonly times: number }>({ text: '', times: 0 });
  const place = thread.place?.words ?? '';
  const onQuote = useCallback((comment: CommentDetail): void => setQuoted(({ times }) => ({ text: quoteOf(comment), times: times + 1 })), []);
  return (
    <article ref={top} tabIndex={isLinked ? -1 : undefined} className="thread" id={`thread-${thread.id}`} aria-label={`Thread ${thread.number}${place === '' ? '' : `, ${place}`}`} data-chosen={isLinked ? '' : undefined}>
      <ThreadHead thread={thread} place={place} />
      {thread.outside !== null && <FromOutside of={thread.outside} />}
      <ThreadSeen thread={thread} dataNow={dataNow} />
      <ThreadComments thread={thread} firstNew={firstNew} linked={linked?.comment ?? null} onQuote={onQuote} />
      <div ref={end} />
      <TypingLine feed={typing} thread={thread.id} />
      <Settled thread={thread} />
      {thread.viewerCan.reply && thread.resolvedAt === null && <ReplyForm key={quoted.times} thread={thread} quoted={quoted.text} />}
    </article>
  );
});

/** A link to the whole of a thread leads the keyboard there too. Who chose a passage goes on in the text: the thread only comes into sight. */
function useReached(linked: LinkedPlace | undefined): { readonly top: RefObject<HTMLElement | null>; readonly isLinked: boolean } {
  const top = useRef<HTMLElement>(null);
  const from = linked?.comment === null ? linked.from : null;
  useEffect(() => {
    if (from === null || top.current === null) return undefined;
    if (from === 'page') {
      top.current.scrollIntoView({ block: 'nearest' });
      return undefined;
    }
    top.current.focus({ preventScroll: true });
    return landOn(top.current, 'start');
  }, [from]);
  return { top, isLinked: from !== null };
}

function Settled({ thread: { resolvedAt, resolvedBy } }: { readonly thread: ThreadDetail }) {
  return resolvedAt === null ? null : <p className="hint">Resolved{resolvedBy !== null && ` by ${resolvedBy.name}`} <RelativeTime at={resolvedAt} />.</p>;
}

/** Who answers here should know who reads it. */
function FromOutside({ of: { open, sharedBy } }: { readonly of: NonNullable<ThreadDetail['outside']> }) {
  return <p className="note warn-edge text-12 mt-2">From outside, through a share link{sharedBy === null ? '' : ` of ${sharedBy.name}`}. {open ? 'Whoever has the link reads what is answered here.' : 'The link has ended, so nobody outside reads what is answered here.'}</p>;
}

function ThreadHead({ thread, place }: { readonly thread: ThreadDetail; readonly place: string }) {
  const [{ fetching }, resolve] = useMutation(ResolveThread);
  const resolved = thread.resolvedAt !== null;
  const settle = async (): Promise<void> => {
    const failure = failureOf((await resolve({ input: { thread: thread.id, resolved: !resolved } })).error);
    if (failure !== null) toast.error(failure.message);
  };
  return (
    <div className="sec-h thread-h">
      <div className="what">
        <span className="mk" aria-hidden="true">{thread.number}</span>
        <h3>Thread {thread.number}</h3>
        {place !== '' && <span className="text-12 text-ink-3 tr" title={place}>{place}</span>}
        {thread.unread.count > 0 && <span className="new-count">{count(thread.unread.count, 'new', 'new')}</span>}
      </div>
      <div className="row">
        {resolved && <span className="text-12 text-ink-3">resolved</span>}
        <FollowButton thread={thread} />
        {thread.viewerCan.resolve && <Button small look="bare" disabled={fetching} onClick={() => void settle()}>{resolved ? 'Open again' : 'Resolve'}</Button>}
      </div>
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
  const findMentions = useFindMentions(thread.id);
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
