'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { TellTyping, ThreadTyping } from './thread-documents.ts';

/** Who is not heard of for so long has stopped. */
const STOPPED_AFTER_MS = 5000;
/** Said again no sooner than this. */
const TELL_EVERY_MS = 1500;

export type TypingNames = ReadonlyMap<string, readonly string[]>;
interface Heard { readonly thread: string; readonly name: string; readonly at: number }

/** Who writes in which thread about a subject at this moment, by thread. */
export function useTyping(subject: string): TypingNames {
  const client = useClient();
  const [names, setNames] = useState<TypingNames>(new Map());
  useEffect(() => {
    const heard = new Map<string, Heard>();
    const show = (): void => {
      const now = Date.now();
      for (const [key, { at }] of heard) if (now - at > STOPPED_AFTER_MS) heard.delete(key);
      setNames((before) => (heard.size === 0 && before.size === 0 ? before : new Map([...Map.groupBy(heard.values(), ({ thread }) => thread)].map(([thread, own]) => [thread, own.map(({ name }) => name)]))));
    };
    const line = client.subscription(ThreadTyping, { subject }).subscribe(({ data }) => {
      if (!data) return;
      const { thread, typing, person } = data.threadTyping;
      if (typing) heard.set(`${thread} ${person.id}`, { thread, name: person.name, at: Date.now() });
      else heard.delete(`${thread} ${person.id}`);
      show();
    });
    const timer = setInterval(show, 1000);
    return () => { line.unsubscribe(); clearInterval(timer); };
  }, [client, subject]);
  return names;
}

/** Tells the others that one writes in a thread, now and then while keys are pressed, and that one has stopped. */
export function useTellTyping(thread: string): { readonly onType: () => void; readonly onStop: () => void } {
  const client = useClient();
  const toldAt = useRef(0);
  const onType = useCallback(() => {
    if (Date.now() - toldAt.current < TELL_EVERY_MS) return;
    toldAt.current = Date.now();
    void client.mutation(TellTyping, { input: { thread, typing: true } }).toPromise();
  }, [client, thread]);
  const onStop = useCallback(() => {
    if (toldAt.current === 0) return;
    toldAt.current = 0;
    void client.mutation(TellTyping, { input: { thread, typing: false } }).toPromise();
  }, [client, thread]);
  return { onType, onStop };
}

/** "Grace is writing", "Grace and Ada are writing" */
export function typingWords(names: readonly string[]): string | null {
  const [first, second, ...more] = names;
  if (first === undefined) return null;
  if (second === undefined) return `${first} is writing`;
  return more.length === 0 ? `${first} and ${second} are writing` : `${first} and ${more.length + 1} others are writing`;
}
