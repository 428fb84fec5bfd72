'use client';

import { NodeSelection } from '@tiptap/pm/state';
import { useEditorState, type Editor } from '@tiptap/react';
import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { mentionFrom, type Mention } from '../../../domain/richtext/mentions.ts';
import { MentionCard } from './mention-card.tsx';
import { mentionAt } from './mention-node.ts';

interface Shown { readonly mention: Mention; readonly element: HTMLElement }

const OPEN_AFTER_MS = 180;
const CLOSE_AFTER_MS = 220;

/** The card of the mention under the pointer, or of the one that the caret is on. */
export function MentionCards({ editor }: { readonly editor: Editor }) {
  const pointed = usePointed(editor);
  const chosen = useEditorState({ editor, selector: ({ editor: { state, isFocused } }) => (isFocused && state.selection instanceof NodeSelection && state.selection.node.type.name === 'mention' ? state.selection.from : null) });
  const shown = pointed.shown ?? atPlace(editor, chosen);
  const anchor = useRef<HTMLElement | null>(null);
  useEffect(() => { anchor.current = shown?.element ?? null; });
  if (shown === null) return null;
  return (
    <Popover.Root open key={`${shown.mention.kind}/${shown.mention.id}`}>
      <Popover.Anchor virtualRef={{ current: shown.element }} />
      <Popover.Portal>
        <Popover.Content
          className="menu mention-card" side="bottom" align="start" sideOffset={6} collisionPadding={8} aria-label="How it stands"
          onOpenAutoFocus={(event) => event.preventDefault()} onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerEnter={pointed.stay} onPointerLeave={pointed.leave}
        >
          <MentionCard mention={shown.mention} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function atPlace(editor: Editor, at: number | null): Shown | null {
  const node = at === null ? null : editor.state.doc.nodeAt(at);
  const element = at === null ? null : editor.view.nodeDOM(at);
  const mention = node === null ? null : mentionFrom(node.attrs['kind'], node.attrs['id']);
  return mention !== null && element instanceof HTMLElement ? { mention, element } : null;
}

/** What the pointer rests on; it may move on into the card. */
function usePointed(editor: Editor): { readonly shown: Shown | null; readonly stay: () => void; readonly leave: () => void } {
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = (next: Shown | null, wait: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(next), wait);
  };
  const later = useRef(soon);
  useEffect(() => {
    const box = editor.view.dom;
    const over = (event: Event): void => {
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-type="mention"]') : null;
      const mention = mentionAt(element);
      if (element !== null && mention !== null) later.current({ mention, element }, OPEN_AFTER_MS);
    };
    const out = (event: Event): void => { if (event.target instanceof Element && mentionAt(event.target) !== null) later.current(null, CLOSE_AFTER_MS); };
    box.addEventListener('pointerover', over);
    box.addEventListener('pointerout', out);
    return () => {
      clearTimeout(timer.current);
      box.removeEventListener('pointerover', over);
      box.removeEventListener('pointerout', out);
    };
  }, [editor]);
  return { shown, stay: () => clearTimeout(timer.current), leave: () => soon(null, CLOSE_AFTER_MS) };
}
