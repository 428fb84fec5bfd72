'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '../_ui/button.tsx';
import type { FindMentions } from './mention-list.ts';
import { Kbd } from '../_ui/kbd.tsx';
import { whenIdle } from '../_ui/when-idle.ts';
import { fetchCommentEditor, WritingBox } from './writing-box.tsx';

export interface ComposerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly send: string;
  readonly initial?: string;
  /** Sends; answers null when it worked, else what went wrong in a sentence. What was typed stays until it worked. */
  readonly onSend: (markdown: string) => Promise<string | null>;
  readonly onCancel?: (() => void) | undefined;
  readonly autoFocus?: boolean;
  readonly findMentions?: FindMentions | undefined;
  /** Called as one types. */
  readonly onType?: (() => void) | undefined;
  /** Starts as a one-line button, so that a list of threads stays calm. */
  readonly folded?: boolean;
}

/** Where one writes a comment. */
export function Composer({ label, placeholder, send, initial = '', onSend, onCancel, autoFocus = false, findMentions, onType, folded = false }: ComposerProps) {
  const text = useRef(initial);
  const [empty, setEmpty] = useState(initial.trim() === '');
  const [open, setOpen] = useState(!folded);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [draft, setDraft] = useState(0);
  useEffect(() => whenIdle(fetchCommentEditor), []);
  const clear = (): void => {
    text.current = '';
    setEmpty(true);
    setProblem(null);
    setDraft((before) => before + 1);
    setOpen(!folded);
  };
  const submit = async (): Promise<void> => {
    if (sending || text.current.trim() === '') return;
    setSending(true);
    const failed = await onSend(text.current.trim());
    setSending(false);
    setProblem(failed);
    if (failed === null) clear();
  };
  if (!open) return <button type="button" className="field composer-closed" onPointerEnter={fetchCommentEditor} onFocus={fetchCommentEditor} onClick={() => setOpen(true)}>{placeholder}</button>;
  return (
    <div>
      <WritingBox
        key={draft}
        label={label}
        placeholder={placeholder}
        initial={draft === 0 ? initial : ''}
        findMentions={findMentions}
        autoFocus={autoFocus || folded}
        onProblem={setProblem}
        onChange={(markdown) => {
          text.current = markdown;
          setProblem(null);
          setEmpty(markdown.trim() === '');
          onType?.();
        }}
        onSend={() => void submit()}
      />
      {problem !== null && <p className="bad mt-2 text-12" role="alert">{problem}</p>}
      <div className="row" style={{ marginTop: 6 }}>
        <Button small look="primary" disabled={empty || sending} onClick={() => void submit()}>{send}</Button>
        {(folded || onCancel !== undefined) && <Button small look="bare" onClick={onCancel ?? clear}>Cancel</Button>}
        <span className="sp" />
        <span className="hint"><Kbd keys="Mod ↵" /> <span className="p2">sends</span></span>
      </div>
    </div>
  );
}
