'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { TellTyping, ThreadTyping } from './thread-documents.ts';

/** Who is not heard of for so long has stopped. */
const STOPPED_AFTER_MS = 5000;
/** Said again no sooner than this. */
const TELL_EVERY_MS = 1500;

interface Heard { readonly thread: string; readonly name: string; readonly at: number }

/** Who writes in which thread, for lines that listen: not state of the page, which would draw all of it again at each keystroke of anybody. */
export class TypingFeed {
  readonly #heard = new Map<string, Heard>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  namesIn(thread: string): readonly string[] {
    return [...this.#heard.values()].filter((one) => one.thread === thread).map(({ name }) => name);
  }

  hear({ thread, typing, person }: { readonly thread: string; readonly typing: boolean; readonly person: { readonly id: string; readonly name: string } }, at: number): void {
    const key = `${thread} ${person.id}`;
    if (typing) this.#heard.set(key, { thread, name: person.name, at });
    else this.#heard.delete(key);
    this.#tell();
  }

  /** Forgets who is not heard of any more. */
  look(now: number): void {
    const silent = [...this.#heard].filter(([, { at }]) => now - at > STOPPED_AFTER_MS);
    for (const [key] of silent) this.#heard.delete(key);
    if (silent.length > 0) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Who writes about a subject at this moment. */
export function useTyping(subject: string): TypingFeed {
  const client = useClient();
  const [feed] = useState(() => new TypingFeed());
  useEffect(() => {
    const line = client.subscription(ThreadTyping, { subject }).subscribe(({ data }) => { if (data) feed.hear(data.threadTyping, Date.now()); });
    const timer = setInterval(() => feed.look(Date.now()), 1000);
    return () => { line.unsubscribe(); clearInterval(timer); };
  }, [client, feed, subject]);
  return feed;
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
