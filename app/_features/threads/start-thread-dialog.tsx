'use client';

import { toast } from 'sonner';
import { useMutation } from 'urql';
import { anchorText, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Dialog } from '../../_ui/dialog.tsx';
import { useFindMentions } from './find-mentions.ts';
import { ThreadCrop } from './thread-crop.tsx';
import { StartThread } from './thread-documents.ts';

interface StartThreadDialogProps {
  /** What the thread will point at; null keeps the dialog closed. */
  readonly anchor: ThreadAnchor | null;
  readonly subject: string;
  readonly onClose: () => void;
}

/** Starts a thread on a verdict, a point of a chart or a line of a table, without leaving the place. */
export function StartThreadDialog({ anchor, subject, onClose }: StartThreadDialogProps) {
  const [, start] = useMutation(StartThread);
  const findMentions = useFindMentions(subject);
  const send = async (body: string): Promise<string | null> => {
    const failure = failureOf((await start({ input: { subject, anchor, body } })).error);
    if (failure !== null) return failure.message;
    toast.success('Thread started.');
    onClose();
    return null;
  };
  const onChart = anchor?.kind === 'point' || anchor?.kind === 'range' ? anchor : null;
  const span = onChart?.kind === 'range' ? { from: onChart.from, to: onChart.to, step: (onChart.from + onChart.to) / 2 } : { step: onChart?.step ?? 0 };
  return (
    <Dialog open={anchor !== null} onClose={onClose} title={`Start a thread ${anchorText(anchor)}`}>
      {onChart?.crop !== undefined && <div className="mb-4"><ThreadCrop crop={onChart.crop} metric={onChart.metric} {...span} number={null} /></div>}
      <Quoted anchor={anchor} />
      <Composer label="Comment" placeholder="What do you see here?" send="Start thread" findMentions={findMentions} autoFocus onSend={send} onCancel={onClose} />
    </Dialog>
  );
}

/** The words that will be talked about, where there are some. */
function Quoted({ anchor }: { readonly anchor: ThreadAnchor | null }) {
  return anchor !== null && 'quote' in anchor && anchor.quote !== undefined ? <blockquote className="src-quote">{anchor.quote}</blockquote> : null;
}
