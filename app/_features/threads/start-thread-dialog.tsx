'use client';

import { toast } from 'sonner';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import { failureOf } from '../../_graphql/refusal.ts';
import { Dialog } from '../../_ui/dialog.tsx';
import { anchorText, type ThreadAnchor } from './thread-anchor.ts';
import { ThreadCrop } from './thread-crop.tsx';
import { StartThread } from './thread-documents.ts';

interface StartThreadDialogProps {
  /** What the thread will point at; null keeps the dialog closed. */
  readonly anchor: ThreadAnchor | null;
  readonly subject: string;
  readonly onClose: () => void;
}

/** Starts a thread on a verdict or on a point of a chart, without leaving the place. */
export function StartThreadDialog({ anchor, subject, onClose }: StartThreadDialogProps) {
  const [, start] = useMutation(StartThread);
  const send = async (body: string): Promise<string | null> => {
    const failure = failureOf((await start({ input: { subject, anchor, body } })).error);
    if (failure !== null) return failure.message;
    toast.success('Thread started.');
    onClose();
    return null;
  };
  return (
    <Dialog open={anchor !== null} onClose={onClose} title={`Start a thread ${anchorText(anchor)}`}>
      {anchor?.kind === 'point' && anchor.crop !== undefined && <div className="mb-4"><ThreadCrop crop={anchor.crop} metric={anchor.metric} step={anchor.step} number={null} /></div>}
      <Composer label="Comment" placeholder="What do you see here?" send="Start thread" autoFocus onSend={send} onCancel={onClose} />
    </Dialog>
  );
}
