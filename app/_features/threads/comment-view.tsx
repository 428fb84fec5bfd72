'use client';

import { Ellipsis } from 'lucide-react';
import { memo, useEffect, useRef, useState, type RefObject } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { Markdown } from '../../_editor/markdown.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Initials } from '../../_ui/initials.tsx';
import { landOn } from '../../_ui/land-on.ts';
import { MenuItem, RareMenu } from '../../_ui/menu.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { CommentHistory } from './comment-history.tsx';
import { useFindMentions } from './find-mentions.ts';
import { ReactionMenu, Reactions } from './reactions.tsx';
import { DeleteComment, EditComment, type CommentDetail } from './thread-documents.ts';

interface CommentViewProps {
  readonly comment: CommentDetail;
  readonly unread: boolean;
  /** Whether a link led here. */
  readonly linked: boolean;
  readonly mayReply: boolean;
  readonly onQuote: (comment: CommentDetail) => void;
}

type Doing = 'nothing' | 'editing' | 'deleting' | 'looking back';

/** One comment, or the place where one was. Drawn again only when it changed itself: there may be thousands. */
export const CommentView = memo(function CommentView({ comment, unread, linked, mayReply, onQuote }: CommentViewProps) {
  const [doing, setDoing] = useState<Doing>('nothing');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!linked || place.current === null) return undefined;
    place.current.focus({ preventScroll: true });
    return landOn(place.current, 'center');
  }, [linked]);
  if (comment.deletedAt !== null) return <Gone comment={comment} place={place} />;
  return (
    <div ref={place} className={linked ? 'cm linked' : 'cm'} id={`comment-${comment.id}`} tabIndex={-1} {...(unread ? { 'data-unread': '' } : {})}>
      <Face of={comment} />
      <div className="min-w-0">
        <div className="by">
          <b className="font-medium">{authorOf(comment)}</b> {comment.guestName !== null && <span className="hint">guest</span>} <When comment={comment} onLookBack={() => setDoing('looking back')} />
          {doing === 'nothing' && <CommentActs comment={comment} mayReply={mayReply} onQuote={onQuote} onDo={setDoing} />}
        </div>
        {doing === 'editing' ? <EditForm comment={comment} onDone={() => setDoing('nothing')} /> : <Words comment={comment} />}
        <Reactions comment={comment} mayReact={mayReply} />
      </div>
      {doing === 'looking back' && <CommentHistory comment={comment} onClose={() => setDoing('nothing')} />}
      {doing === 'deleting' && <DeleteDialog comment={comment} onClose={() => setDoing('nothing')} />}
    </div>
  );
});

const Face = ({ of }: { readonly of: CommentDetail }) => <Initials letters={of.author?.initials ?? of.guestName?.slice(0, 1).toUpperCase() ?? '?'} name={authorOf(of)} />;
const authorOf = ({ author, guestName }: CommentDetail): string => author?.name ?? guestName ?? 'Someone who left';

/** What came from outside is text and nothing more: no picture that is fetched, no link, no mention. */
const Words = ({ comment: { body, guestName } }: { readonly comment: CommentDetail }) => (guestName === null ? <Markdown text={body} /> : <p className="md whitespace-pre-wrap">{body}</p>);

function When({ comment, onLookBack }: { readonly comment: CommentDetail; readonly onLookBack: () => void }) {
  return <span className="text-ink-3"><RelativeTime at={comment.createdAt} />{comment.editedAt !== null && <>, <button type="button" className="lk" onClick={onLookBack}>edited</button></>}</span>;
}

type ActsProps = Pick<CommentViewProps, 'comment' | 'mayReply' | 'onQuote'> & { readonly onDo: (doing: Doing) => void };

function CommentActs(props: ActsProps) {
  return <span className="acts">{props.mayReply && <ReactionMenu comment={props.comment} />}<CommentMenu {...props} /></span>;
}

function Gone({ comment, place }: { readonly comment: CommentDetail; readonly place: RefObject<HTMLDivElement | null> }) {
  return <div ref={place} tabIndex={-1} className="cm gone" id={`comment-${comment.id}`}>A comment of {authorOf(comment)} was deleted{comment.deletedBy !== null && comment.deletedBy.id !== comment.author?.id && ` by ${comment.deletedBy.name}`}{comment.deletedAt !== null && <>, <RelativeTime at={comment.deletedAt} /></>}.</div>;
}

function CommentMenu({ comment, mayReply, onQuote, onDo }: ActsProps) {
  const copyLink = (): void => {
    const address = new URL(location.href);
    address.searchParams.set('tab', 'discussion');
    address.hash = `comment-${comment.id}`;
    void navigator.clipboard.writeText(address.href).then(() => toast.success('Link copied.'), () => toast.error('The browser did not allow to copy.'));
  };
  return (
    <RareMenu align="end" trigger={<button type="button" className="btn bare sm icon" aria-label={`More about the comment of ${authorOf(comment)}`}><Ellipsis aria-hidden="true" /></button>}>
      {mayReply && <MenuItem onSelect={() => onQuote(comment)}>Quote</MenuItem>}
      <MenuItem onSelect={copyLink}>Copy a link</MenuItem>
      {comment.viewerCan.edit && <MenuItem onSelect={() => onDo('editing')}>Edit</MenuItem>}
      {comment.viewerCan.delete && <MenuItem onSelect={() => onDo('deleting')}>Delete</MenuItem>}
    </RareMenu>
  );
}

function EditForm({ comment, onDone }: { readonly comment: CommentDetail; readonly onDone: () => void }) {
  const [, edit] = useMutation(EditComment);
  const findMentions = useFindMentions(null);
  const save = async (body: string): Promise<string | null> => {
    const failure = failureOf((await edit({ input: { comment: comment.id, body } })).error);
    if (failure === null) onDone();
    return failure?.message ?? null;
  };
  return <Composer label="Edit your comment" placeholder="Comment" send="Save" initial={comment.body} findMentions={findMentions} autoFocus onCancel={onDone} onSend={save} />;
}

function DeleteDialog({ comment, onClose }: { readonly comment: CommentDetail; readonly onClose: () => void }) {
  const [{ fetching, error }, remove] = useMutation(DeleteComment);
  const failure = failureOf(error);
  const go = async (): Promise<void> => {
    if ((await remove({ input: { comment: comment.id } })).error === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Delete this comment?" about="Its words, earlier wordings and reactions go for good. That something was said here, and who deleted it, stays.">
      {failure !== null && <p className="bad" role="alert">{failure.message}</p>}
      <DialogButtons><Button look="danger" disabled={fetching} onClick={() => void go()}>Delete</Button><Button look="bare" onClick={onClose}>Keep it</Button></DialogButtons>
    </Dialog>
  );
}
