'use client';

import { Markdown } from '../../_editor/markdown.tsx';
import { useQuery } from '../../_graphql/use-query.ts';
import { Dialog } from '../../_ui/dialog.tsx';
import { RelativeTime } from '../../_ui/relative-time.tsx';
import { Loading } from '../../_ui/waiting.tsx';
import { CommentHistoryQuery, type CommentDetail } from './thread-documents.ts';

/** What a comment said before, newest first. */
export function CommentHistory({ comment, onClose }: { readonly comment: CommentDetail; readonly onClose: () => void }) {
  const [{ data }] = useQuery({ query: CommentHistoryQuery, variables: { id: comment.id }, requestPolicy: 'network-only' });
  const edits = data?.comment?.edits;
  return (
    <Dialog open onClose={onClose} title="How this comment read before" about={`${comment.author?.name ?? 'Its writer'} changed it; every wording is kept.`}>
      {edits === undefined && <Loading rows={2} />}
      {(edits ?? []).toReversed().map(({ body, replacedAt }) => (
        <div key={replacedAt} className="was">
          <p className="hint">until <RelativeTime at={replacedAt} /></p>
          <Markdown text={body} />
        </div>
      ))}
    </Dialog>
  );
}
