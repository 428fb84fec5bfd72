'use client';

import { useEffect, useState, type RefObject } from 'react';

/** Tells many elements whether they are in or near the window, with one observer for all of them: a page of thousands stays cheap. */
export class InView {
  readonly #listeners = new Map<Element, (seen: boolean) => void>();
  readonly #margin: string;
  #observer: IntersectionObserver | null = null;

  constructor(margin: string) {
    this.#margin = margin;
  }

  watch(element: Element, listener: (seen: boolean) => void): () => void {
    this.#observer ??= new IntersectionObserver((entries) => {
      for (const entry of entries) this.#listeners.get(entry.target)?.(entry.isIntersecting);
    }, { rootMargin: this.#margin });
    this.#listeners.set(element, listener);
    this.#observer.observe(element);
    return () => {
      this.#listeners.delete(element);
      this.#observer?.unobserve(element);
    };
  }
}

/** Whether the element is in or near the window. One that holds the keyboard stays, wherever the page is scrolled to. */
export function useInView(element: RefObject<HTMLElement | null>, watch: InView): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const box = element.current;
    return box === null ? undefined : watch.watch(box, (now) => setSeen(now || box.contains(document.activeElement)));
  }, [element, watch]);
  return seen;
}
