'use client';

import { useState, type FormEvent } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogButtons } from '../../_ui/dialog.tsx';
import { Textarea } from '../../_ui/field.tsx';
import { DismissReview } from './review-documents.ts';

/** Takes a decision its force, with a reason that everybody reads. */
export function DismissDialog({ review, reviewer, onClose }: { readonly review: string; readonly reviewer: string; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [{ fetching, error }, dismiss] = useMutation(DismissReview);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if ((await dismiss({ input: { review, reason } })).error === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Dismiss the review of ${reviewer}`} about="It stays in the record and says nothing any more. The reason stands beside it.">
      <form className="grid gap-4" onSubmit={(event) => void send(event)}>
        <Textarea label="Why?" rows={2} required value={reason} onChange={(event) => setReason(event.target.value)} problem={failureOf(error)?.message ?? null} autoFocus />
        <DialogButtons><Button look="danger" type="submit" disabled={fetching || reason.trim() === ''}>Dismiss</Button><Button look="bare" onClick={onClose}>Keep it</Button></DialogButtons>
      </form>
    </Dialog>
  );
}
