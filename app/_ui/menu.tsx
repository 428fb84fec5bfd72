'use client';

import { DropdownMenu } from 'radix-ui';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** A button that opens a list of things to do. `trigger` is a real button element. */
export function Menu({ trigger, children, align = 'start' }: { readonly trigger: ReactNode; readonly children: ReactNode; readonly align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal><DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>{children}</DropdownMenu.Content></DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({ children, onSelect, disabled = false }: { readonly children: ReactNode; readonly onSelect: () => void; readonly disabled?: boolean }) {
  return <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>{children}</DropdownMenu.Item>;
}

export function MenuLink({ children, href }: { readonly children: ReactNode; readonly href: string }) {
  return <DropdownMenu.Item className="menu-item" asChild><Link href={href}>{children}</Link></DropdownMenu.Item>;
}

export const MenuHead = ({ children }: { readonly children: ReactNode }) => <DropdownMenu.Label className="menu-head">{children}</DropdownMenu.Label>;
export const MenuRule = () => <DropdownMenu.Separator className="menu-rule" />;
