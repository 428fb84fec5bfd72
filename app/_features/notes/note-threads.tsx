'use client';

import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useMutation } from 'urql';
import { Composer } from '../../_editor/composer.tsx';
import type { NoteConnection } from '../../_editor/note-connection.ts';
import type { Passages } from '../../_editor/passages.ts';
import { failureOf } from '../../_graphql/refusal.ts';
import { Discussion } from '../threads/discussion.tsx';
import { useFindMentions } from '../threads/find-mentions.ts';
import { PassageContext, type PassageNow } from '../threads/passage-context.ts';
import { StartThread } from '../threads/thread-documents.ts';
import { useOpenPlaces, useThreads } from '../threads/use-threads.ts';
import { useFollowPassages } from './use-follow-passages.ts';
import type { NoteDetail } from './note-documents.ts';

interface NoteThreadsProps {
  readonly note: NoteDetail;
  readonly connection: NoteConnection;
  readonly passages: Passages;
  /** Whether the text is there: before that no passage is gone. */
  readonly known: boolean;
}

/** What is said about a note, beside its text: on passages of it, which are marked there, and on the whole. */
export function NoteThreads({ note, connection, passages, known }: NoteThreadsProps) {
  const places = useOpenPlaces(note.id);
  useEffect(() => passages.mark(places.flatMap(({ id, number, anchor }) => (anchor.kind === 'text' ? [{ id, number, from: anchor.from, to: anchor.to, quote: anchor.quote }] : []))), [passages, places]);
  const older = useShownThread(note.id, passages);
  useFollowPassages(connection, passages);
  const words = useSyncExternalStore(passages.subscribe, () => passages.words, () => passages.words);
  const passageOf = useCallback((thread: string): PassageNow | null => {
    const said = known ? words.get(thread) : undefined;
    return said === undefined ? null : { words: said, show: () => passages.show(thread) };
  }, [known, words, passages]);
  return (
    <section className="note-threads" aria-label="Threads">
      <Draft note={note} connection={connection} passages={passages} />
      <PassageContext value={passageOf}>
        <Discussion subject={note.id} mayComment={note.viewerCan.comment} draftAnchor={null} chosen={older} emptyFact={note.viewerCan.comment ? 'Nothing was said about this note yet. Choose words in it to say something on them.' : 'Nothing was said about this note yet.'} />
      </PassageContext>
    </section>
  );
}

/** The thread of the passage that was chosen in the text comes into sight. Answers its id where it is none of the newest, which alone are read at first. */
function useShownThread(subject: string, passages: Passages): string | null {
  const chosen = useSyncExternalStore(passages.subscribe, () => passages.chosen, () => null);
  const { threads, loading } = useThreads(subject);
  const newest = threads.some(({ id }) => id === chosen);
  useEffect(() => showChosen(chosen === null ? null : threadOnPage(chosen)), [chosen, newest]);
  return newest || loading ? null : chosen;
}

const threadOnPage = (id: string): Element | null => document.querySelector(`#thread-${CSS.escape(id)}`);

function showChosen(thread: Element | null): void {
  for (const other of document.querySelectorAll('.note-threads .thread[data-chosen]')) if (other !== thread) other.removeAttribute('data-chosen');
  thread?.setAttribute('data-chosen', '');
  thread?.scrollIntoView({ block: 'nearest' });
}

/** The server knows a passage once what was written here has reached it, which takes a moment where the line is good. */
const SAVED_WITHIN_MS = 10_000;
const NOT_SAVED = 'The note itself is not saved yet, so nobody else could find this passage. Your comment stays here: send it again when the note says “Saved”.';

/** Where the first words on a passage are written. They stay when other words of the note are chosen. */
function Draft({ note, connection, passages }: Pick<NoteThreadsProps, 'note' | 'connection' | 'passages'>) {
  const draft = useSyncExternalStore(passages.subscribe, () => passages.draft, () => null);
  const box = useRef<HTMLDivElement>(null);
  const [, start] = useMutation(StartThread);
  const findMentions = useFindMentions(note.id);
  const quote = draft?.quote ?? null;
  useEffect(() => {
    if (quote === null) return;
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector<HTMLElement>('textarea, [contenteditable]')?.focus();
  }, [quote]);
  if (draft === null) return null;
  const send = async (body: string): Promise<string | null> => {
    if (!(await connection.whenSaved(SAVED_WITHIN_MS))) return NOT_SAVED;
    const { data, error } = await start({ input: { subject: note.id, anchor: { kind: 'text', ...draft }, body } });
    const failure = failureOf(error);
    if (failure !== null) return failure.message;
    passages.begin(null);
    passages.choose(data?.startThread.thread.id ?? null);
    return null;
  };
  return (
    <div ref={box} className="thread-draft" role="group" aria-label="A thread on a passage">
      <div className="seen"><blockquote className="serif">{draft.quote}</blockquote></div>
      <Composer label="Comment on the passage" placeholder="What about it?" send="Start thread" findMentions={findMentions} autoFocus onSend={send} onCancel={() => passages.begin(null)} />
    </div>
  );
}
