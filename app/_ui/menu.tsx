'use client';

import { DropdownMenu } from 'radix-ui';
import Link from 'next/link';
import { cloneElement, useState, type ReactElement, type ReactNode } from 'react';

interface MenuProps {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  /** Whether it is open from the first. */
  readonly defaultOpen?: boolean;
}

/** A button that opens a list of things to do. `trigger` is a real button element. */
export function Menu({ trigger, children, align = 'start', defaultOpen = false }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal><DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>{children}</DropdownMenu.Content></DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type Button = ReactElement<{ readonly onClick?: () => void; readonly 'aria-haspopup'?: 'menu'; readonly 'aria-expanded'?: boolean }>;

/** The same beside each of hundreds: a menu listens to every key that is pressed on the page, so it is made when it is opened for the first time. */
export function RareMenu({ trigger, ...menu }: Omit<MenuProps, 'trigger' | 'defaultOpen'> & { readonly trigger: Button }) {
  const [made, setMade] = useState(false);
  return made ? <Menu {...menu} trigger={trigger} defaultOpen /> : cloneElement(trigger, { onClick: () => setMade(true), 'aria-haspopup': 'menu', 'aria-expanded': false });
}

export function MenuItem({ children, onSelect, disabled = false }: { readonly children: ReactNode; readonly onSelect: () => void; readonly disabled?: boolean }) {
  return <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>{children}</DropdownMenu.Item>;
}

export function MenuLink({ children, href, prefetch = null }: { readonly children: ReactNode; readonly href: string; /** False where there may be many: each that is seen would be asked for. */ readonly prefetch?: boolean | null }) {
  return <DropdownMenu.Item className="menu-item" asChild><Link href={href} prefetch={prefetch}>{children}</Link></DropdownMenu.Item>;
}

export const MenuHead = ({ children }: { readonly children: ReactNode }) => <DropdownMenu.Label className="menu-head">{children}</DropdownMenu.Label>;
export const MenuRule = () => <DropdownMenu.Separator className="menu-rule" />;
