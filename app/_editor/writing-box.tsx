'use client';

import type { Editor } from '@tiptap/core';
import dynamic from 'next/dynamic';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { carryOver } from './carry-over.ts';
import type { CommentEditorProps } from './comment-editor.tsx';
import { isTooMuch, TOO_MUCH } from './comment-room.ts';

const load = () => import('./comment-editor.tsx').then((module) => module.CommentEditor);
const CommentEditor = dynamic(load, { ssr: false, loading: () => null });

/** Brings what a comment is written with, before somebody wants to write. */
export const fetchCommentEditor = (): void => { load().catch(() => undefined); };

export interface WritingBoxProps extends Omit<CommentEditorProps, 'onReady'> {
  readonly autoFocus: boolean;
}

/** Takes the keys from the first one on: a plain box until the editor is there, which goes on with its text and its caret. */
export function WritingBox({ autoFocus, ...rest }: WritingBoxProps) {
  const { label, placeholder, initial = '', onChange, onSend, onProblem } = rest;
  const box = useRef<HTMLTextAreaElement>(null);
  const plain = useRef<HTMLTextAreaElement | null>(null);
  const focused = useRef(false);
  const composing = useRef(false);
  const arrived = useRef<Editor | null>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  // A letter that is being put together is finished where it was begun.
  const goOn = (): void => { if (!composing.current) setEditor(arrived.current); };
  useEffect(() => {
    plain.current = box.current;
    // A dialog takes the keys into itself, and remembers where they were.
    if (autoFocus && box.current?.closest('[role="dialog"]') === null) box.current.focus();
  }, [autoFocus]);
  // In the commit that takes the plain box away: no key comes in between.
  useLayoutEffect(() => {
    if (editor === null || editor.isDestroyed || plain.current === null) return;
    const { value, selectionStart, selectionEnd } = plain.current;
    carryOver(editor, initial, { text: value, from: selectionStart, to: selectionEnd });
    if (focused.current || autoFocus) editor.view.focus();
    plain.current = null;
  }, [editor, initial, autoFocus]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    onSend();
  };
  return (
    <>
      {editor === null && (
        <div className="composer">
          <div className="tools" aria-hidden="true" />
          <textarea
            ref={box} className="plain-box" aria-label={label} placeholder={placeholder} defaultValue={initial}
            onChange={({ target }) => onChange(target.value)}
            onKeyDown={onKey}
            onFocus={() => { focused.current = true; }}
            onBlur={() => { focused.current = false; }}
            onCompositionStart={() => { composing.current = true; }}
            onCompositionEnd={() => { composing.current = false; goOn(); }}
            onPaste={(event) => {
              if (!isTooMuch(event.clipboardData)) return;
              event.preventDefault();
              onProblem(TOO_MUCH);
            }}
          />
        </div>
      )}
      <div hidden={editor === null}>
        <CommentEditor {...rest} onReady={(ready) => { arrived.current = ready; goOn(); }} />
      </div>
    </>
  );
}
