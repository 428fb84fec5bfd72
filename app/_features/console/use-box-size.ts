'use client';

import { useLayoutEffect, useState, type RefObject } from 'react';

export interface BoxSize { readonly width: number; readonly height: number }

/** What an element has inside its scroll bars, in CSS pixels, kept up to date; nothing until it is on the page. */
export function useBoxSize(element: RefObject<HTMLElement | null>): BoxSize {
  const [size, setSize] = useState<BoxSize>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const measure = (): void => setSize((before) => (before.width === box.clientWidth && before.height === box.clientHeight ? before : { width: box.clientWidth, height: box.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
