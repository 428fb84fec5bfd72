'use client';

import { useEffect, useState, type RefObject } from 'react';

/** Tells many elements whether they are in or near the window, with one observer for all of them: a page of thousands stays cheap. */
export class InView {
  readonly #listeners = new Map<Element, (entry: IntersectionObserverEntry) => void>();
  readonly #margin: string;
  #observer: IntersectionObserver | null = null;

  constructor(margin: string) {
    this.#margin = margin;
  }

  watch(element: Element, listener: (entry: IntersectionObserverEntry) => void): () => void {
    this.#observer ??= new IntersectionObserver((entries) => {
      for (const entry of entries) this.#listeners.get(entry.target)?.(entry);
    }, { rootMargin: this.#margin });
    this.#listeners.set(element, listener);
    this.#observer.observe(element);
    return () => {
      this.#listeners.delete(element);
      this.#observer?.unobserve(element);
    };
  }
}

export interface Sight {
  /** Whether it is in or near the window. */
  readonly seen: boolean;
  /** How high it was when it was seen last; null while it never was, and while it is. */
  readonly height: number | null;
}

const NEVER_SEEN: Sight = { seen: false, height: null };

/** Whether the element is in or near the window. One that holds the keyboard stays, wherever the page is scrolled to. */
export function useInView(element: RefObject<HTMLElement | null>, watch: InView): Sight {
  const [sight, setSight] = useState(NEVER_SEEN);
  useEffect(() => {
    const box = element.current;
    return box === null ? undefined : watch.watch(box, ({ isIntersecting, boundingClientRect: { height } }) => {
      const seen = isIntersecting || box.contains(document.activeElement);
      setSight((before) => (before.seen === seen ? before : { seen, height: seen ? null : height }));
    });
  }, [element, watch]);
  return sight;
}
