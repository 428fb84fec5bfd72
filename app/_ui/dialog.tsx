'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import { useRef, type ReactNode } from 'react';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One or two sentences under the title; read out with it. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

/** A question that must be answered before going on. Escape and the veil close it, and the keys go on where they were. */
export function Dialog({ open, onClose, title, about, children }: DialogProps) {
  const before = useRef<Element | null>(null);
  const remember = (): void => { before.current = document.activeElement; };
  const goBack = (event: Event): void => {
    const was = before.current;
    // What opened it may be gone, a line of a menu, or be in the dialog itself: then the keys go where Radix sends them.
    if (!(was instanceof HTMLElement) || !was.isConnected || was === document.body) return;
    event.preventDefault();
    was.focus({ preventScroll: true });
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => { if (!next) onClose(); }}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="veil" />
        <RadixDialog.Content className="dialog" onOpenAutoFocus={remember} onCloseAutoFocus={goBack} {...(about ? {} : { 'aria-describedby': undefined })}>
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
