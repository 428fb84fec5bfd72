'use client';

import { CircleHelp, Inbox, KeyRound, LogIn, LogOut, SunMoon, UserPlus, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Initials } from '../_ui/initials.tsx';
import { Menu, MenuHead, MenuItem, MenuLink, MenuRule } from '../_ui/menu.tsx';
import { signOut } from '../_features/people/sign-in.ts';
import { UnreadCount } from '../_features/notifications/unread-count.tsx';
import { switchTheme } from './theme.ts';
import { useViewer } from './viewer.tsx';

/** Who one is here, and what belongs to oneself. `trigger` draws the button where the frame has no room for a name, nor for the inbox: `unread` is counted beside it there. */
export function ViewerMenu({ onShowKeys, trigger, unread = 0 }: { readonly onShowKeys: () => void; readonly trigger?: ReactNode; readonly unread?: number }) {
  const { viewer } = useViewer();
  const name = viewer?.person.name ?? 'You';
  return (
    <Menu trigger={trigger ?? <button type="button" className="who"><Initials named letters={viewer?.person.initials ?? '·'} name={name} /><span className="tr">{name}</span></button>}>
      <MenuHead>{viewer ? `${viewer.organization.name}, ${viewer.organizationRole.toLowerCase()}` : 'Not signed in'}</MenuHead>
      <MenuLink href="/inbox"><Inbox aria-hidden="true" />Inbox<UnreadCount unread={unread} /></MenuLink>
      <MenuLink href="/people"><Users aria-hidden="true" />People</MenuLink>
      <MenuLink href="/tokens"><KeyRound aria-hidden="true" />Tokens</MenuLink>
      <MenuRule />
      <MenuItem onSelect={() => switchTheme()}><SunMoon aria-hidden="true" />Light or dark</MenuItem>
      <MenuItem onSelect={onShowKeys}><CircleHelp aria-hidden="true" />Keys</MenuItem>
      <MenuRule />
      {viewer?.signedIn
        ? <MenuItem onSelect={() => { void signOut().then(() => window.location.assign('/')); }}><LogOut aria-hidden="true" />Sign out</MenuItem>
        : <>
            <MenuLink href="/sign-in"><LogIn aria-hidden="true" />Sign in</MenuLink>
            <MenuLink href="/sign-up"><UserPlus aria-hidden="true" />Make an account</MenuLink>
          </>}
    </Menu>
  );
}
