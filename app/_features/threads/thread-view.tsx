'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { Markdown } from '../../_editor/markdown.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { anchorFrom, anchorText, type ThreadAnchor } from './thread-anchor.ts';
import { ThreadCrop } from './thread-crop.tsx';
import { EditComment, Reply, ResolveThread, type ThreadDetail } from './thread-documents.ts';

type Comment = ThreadDetail['comments'][number];

interface ThreadViewProps {
  readonly thread: ThreadDetail;
  readonly number: number;
  /** A mark of the data that figures are drawn from now: a crop with another one has been left behind. Undefined where the page does not know. */
  readonly dataNow: ((metric: string) => string) | undefined;
}

/** One thread: number and place, comments with hairlines between, a reply and a way to settle it. */
export function ThreadView({ thread, number, dataNow }: ThreadViewProps) {
  const [, reply] = useMutation(Reply);
  const [{ fetching }, resolve] = useMutation(ResolveThread);
  const resolved = thread.resolvedAt !== null;
  const settle = async (): Promise<void> => {
    const failure = failureOf((await resolve({ input: { thread: thread.id, resolved: !resolved } })).error);
    if (failure !== null) toast.error(failure.message);
  };
  const anchor = anchorFrom(thread.anchor);
  const place = anchorText(anchor);
  return (
    <article className="thread" id={`thread-${thread.id}`} aria-label={`Thread ${number}${place === '' ? '' : `, ${place}`}`}>
      <div className="sec-h">
        <span className="mk" aria-hidden="true">{number}</span>
        <h3>Thread {number}</h3>
        {place !== '' && <span className="text-12 text-ink-3">{place}</span>}
        <span className="sp" />
        {resolved && <span className="text-12 text-ink-3">resolved</span>}
        {thread.viewerCan.resolve && <Button small look="bare" disabled={fetching} onClick={() => void settle()}>{resolved ? 'Open again' : 'Resolve'}</Button>}
      </div>
      <Crop thread={thread} number={number} anchor={anchor} dataNow={dataNow} />
      {thread.comments.map((comment) => <CommentView key={comment.id} comment={comment} />)}
      {thread.commentCount > thread.comments.length && <p className="hint">{thread.commentCount - thread.comments.length} more comments are not shown.</p>}
      {thread.viewerCan.reply && !resolved && (
        <Composer folded label={`Reply to thread ${number}`} placeholder="Reply" send="Reply" onSend={async (body) => failureOf((await reply({ input: { thread: thread.id, body } })).error)?.message ?? null} />
      )}
    </article>
  );
}

/** What the writer saw at the point; when the data has moved on, it says so. */
function Crop({ thread, number, anchor, dataNow }: ThreadViewProps & { readonly anchor: ThreadAnchor | null }) {
  if (anchor?.kind !== 'point' || anchor.crop === undefined) return null;
  const moved = dataNow !== undefined && dataNow(anchor.metric) !== anchor.crop.drawnFrom;
  return (
    <>
      <ThreadCrop crop={anchor.crop} metric={anchor.metric} step={anchor.step} number={number} />
      <p className={moved ? 'crop-note moved' : 'crop-note'}>{moved ? 'Frozen: the data has changed since. ' : ''}As {thread.createdBy?.name ?? 'its writer'} saw it <RelativeTime at={thread.createdAt} />.</p>
    </>
  );
}

function CommentView({ comment }: { readonly comment: Comment }) {
  const [editing, setEditing] = useState(false);
  const [, edit] = useMutation(EditComment);
  const save = async (body: string): Promise<string | null> => {
    const failure = failureOf((await edit({ input: { comment: comment.id, body } })).error);
    if (failure === null) setEditing(false);
    return failure?.message ?? null;
  };
  return (
    <div className="cm">
      <Initials letters={comment.author?.initials ?? '?'} name={comment.author?.name ?? 'Someone who left'} />
      <div className="min-w-0">
        <div className="by">
          <b className="font-medium">{comment.author?.name ?? 'Someone who left'}</b> <span className="text-ink-3"><RelativeTime at={comment.createdAt} />{comment.editedAt !== null && ', edited'}</span>
          {comment.viewerCanEdit && !editing && <Button small look="bare" onClick={() => setEditing(true)}>Edit</Button>}
        </div>
        {editing
          ? <Composer label="Edit your comment" placeholder="Comment" send="Save" initial={comment.body} autoFocus onCancel={() => setEditing(false)} onSend={save} />
          : <Markdown text={comment.body} />}
      </div>
    </div>
  );
}
