'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useMutation } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import { RenameNote } from './note-documents.ts';

interface NoteTitleProps {
  readonly id: string;
  readonly title: string;
  readonly editable: boolean;
  /** Return in the title goes on in the text. */
  readonly onDone: () => void;
}

/** What is on its way when the page is left still arrives. */
const TO_THE_END = { fetchOptions: { credentials: 'same-origin', keepalive: true } } as const;

/** The title, edited in place: kept when one leaves it or the page, given back by Escape. */
export function NoteTitle({ id, title, editable, onDone }: NoteTitleProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [, rename] = useMutation(RenameNote);
  const box = useRef<HTMLTextAreaElement>(null);
  const fresh = useSearchParams().has('new');
  useEffect(() => { if (fresh) box.current?.select(); }, [fresh]);
  const sent = useRef<string | null>(null);
  const keep = async (): Promise<void> => {
    const next = (typed ?? title).trim();
    if (next === title || next === '') { setTyped(null); return; }
    if (next === sent.current) return;
    sent.current = next;
    const failure = failureOf((await rename({ input: { note: id, title: next } }, TO_THE_END)).error);
    sent.current = null;
    if (failure !== null) { toast.error(failure.message); return; }
    setTyped(null);
  };
  const leave = useEffectEvent(() => { if (typed !== null) void keep(); });
  useEffect(() => {
    const onLeave = (): void => leave();
    window.addEventListener('pagehide', onLeave);
    return () => {
      window.removeEventListener('pagehide', onLeave);
      leave();
    };
  }, []);
  if (!editable) return <h1 className="note-title">{title}</h1>;
  return (
    <h1 className="note-title">
      <textarea
        ref={box} aria-label="Title of the note" rows={1} maxLength={200} value={typed ?? title} placeholder="Untitled"
        onChange={({ target }) => setTyped(target.value.replaceAll('\n', ' '))} onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') { event.preventDefault(); box.current?.blur(); onDone(); }
          if (event.key === 'Escape') { setTyped(null); requestAnimationFrame(() => box.current?.blur()); }
        }}
      />
    </h1>
  );
}
