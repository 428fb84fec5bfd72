'use client';

import type { ReactNode } from 'react';
import { Initials } from '../../_ui/initials.tsx';

interface ActionRowProps {
  readonly action: { readonly id: string; readonly body: string; readonly dueOn: string | null; readonly state: 'OPEN' | 'DONE' | 'DROPPED'; readonly owner: { readonly name: string; readonly initials: string } | null; readonly viewerCanSettle: boolean };
  readonly onSettle: (state: 'OPEN' | 'DONE') => Promise<unknown>;
  readonly children?: ReactNode;
}

/** One thing somebody took upon themselves; the box says whether it is done. */
export function ActionRow({ action, onSettle, children }: ActionRowProps) {
  const { body, dueOn, state, owner, viewerCanSettle } = action;
  return (
    <li className={`act ${state === 'OPEN' ? '' : 'done'}`}>
      <input type="checkbox" checked={state !== 'OPEN'} disabled={!viewerCanSettle} aria-label={`Done: ${body}`} onChange={() => void onSettle(state === 'OPEN' ? 'DONE' : 'OPEN')} />
      <span className="min-w-0">{body}</span>
      {owner ? <Initials letters={owner.initials} name={owner.name} /> : <span />}
      <span className="s">{[owner?.name, dueOn === null ? null : `due ${dueOn}`, state === 'DROPPED' ? 'dropped' : null].filter(Boolean).join(', ')} {children}</span>
    </li>
  );
}
