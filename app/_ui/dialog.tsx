'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One or two sentences under the title; read out with it. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

/** A question that must be answered before going on. Escape and the veil close it. */
export function Dialog({ open, onClose, title, about, children }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => { if (!next) onClose(); }}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="veil" />
        <RadixDialog.Content className="dialog" {...(about ? {} : { 'aria-describedby': undefined })}>
          <RadixDialog.Title className="text-17 font-semibold">{title}</RadixDialog.Title>
          {about ? <RadixDialog.Description className="mt-1 text-ink-2">{about}</RadixDialog.Description> : null}
          <div className="mt-4 grid gap-4">{children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** The row of buttons at a dialog's end. */
export const DialogButtons = ({ children }: { readonly children: ReactNode }) => <div className="mt-2 flex flex-wrap gap-2">{children}</div>;
